// npm start: installs what is missing, builds what changed, and runs everything in one process.
import { ensureInstalled } from './install.mjs';
import { requireNode, run } from './node.mjs';
import { spawn } from 'node:child_process';
import { root } from './node.mjs';

ensureInstalled();
const node = requireNode();
run(node, ['scripts/build.mjs']);

// The child gets Ctrl-C from the terminal itself; this process only waits for its clean shutdown.
const child = spawn(node, ['--enable-source-maps', 'apps/cli/dist/main.js', 'up', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 0 : 1)));
