// npm run check: format, lint, types and boundaries; each is run to its end, all findings are shown.
import { spawnSync } from 'node:child_process';
import { ensureInstalled } from './install.mjs';
import { requireNode, root } from './node.mjs';

ensureInstalled();
const node = requireNode();
const bin = (name) => `node_modules/${name}`;
const steps = [
  ['format', bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'],
  ['lint', bin('eslint/bin/eslint.js'), '--max-warnings=0', '.'],
  ['types', bin('typescript/bin/tsc'), '-p', 'tsconfig.json'],
  ['types of the desk', bin('typescript/bin/tsc'), '-p', 'apps/desk', '--noEmit'],
  [
    'boundaries',
    bin('dependency-cruiser/bin/dependency-cruiser.mjs'),
    '--config',
    '.dependency-cruiser.mjs',
    'apps',
    'libs',
  ],
];

const failed = steps.filter(([name, ...args]) => {
  const { status } = spawnSync(node, args, { cwd: root, stdio: 'inherit' });
  console.error(`${status === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  return status !== 0;
});
process.exit(failed.length > 0 ? 1 : 0);
