// npm run conformance -- DIR [--json]: reads every BPMN file below a folder, writes it back, and says what differs,
// which processes the file holds and what the product says about them.
import { buildServer } from '../../scripts/build.mjs';

await buildServer();
const { conformance } = await import('./command.ts');

const isTerminal = process.stderr.isTTY;
// npm runs scripts in the project's folder; a relative path is meant from where the person stands.
process.exitCode = await conformance(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd(), {
  out(line) {
    if (isTerminal) process.stderr.write('\r\x1b[K');
    process.stdout.write(`${line}\n`);
  },
  complain: (line) => process.stderr.write(`${line}\n`),
  progress: (line) => process.stderr.write(isTerminal ? `\r\x1b[K${line}` : `${line}\n`),
});
