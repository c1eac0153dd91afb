// npm test: installs what is missing, builds what changed, and runs every suite in one jest run.
// Arguments go to jest: `npm test -- libs/engine --selectProjects pure` (what comes after a list of projects is taken for one).
// A few suites of the browser that fail are run once more by themselves, and named (ADR 0047).
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { attempt, requireNode, root, run } from './node.mjs';
import { ensureSystemPackages } from './system.mjs';

ensureInstalled();
ensureSystemPackages();
const node = requireNode();
run(node, ['scripts/build.mjs']);

/** As `test/support/red-suites.mjs` leaves them; nothing of a run that did not come to its end. */
const listOfRed = join(root, 'test-results', 'red-suites.json');
const jest = (args) => {
  rmSync(listOfRed, { force: true });
  return attempt(node, ['node_modules/jest/bin/jest.js', ...args], {
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
  });
};
const redSuites = () => {
  try {
    return JSON.parse(readFileSync(listOfRed, 'utf8'));
  } catch {
    return [];
  }
};

let status = jest(process.argv.slice(2));
const red = redSuites();
if (red.length > 0 && red.length <= 3 && red.every(({ project }) => project === 'e2e')) {
  const files = red.map(({ file }) => file);
  console.error(`\nOnce more by themselves: ${files.join(', ')}\n`);
  status = jest(['--selectProjects', 'e2e', '--runTestsByPath', ...files]);
  if (status === 0)
    console.error(
      `\nUNSTEADY, red among the others and green alone: ${files.join(', ')}. Its failure stands above.`,
    );
}
process.exit(status);
