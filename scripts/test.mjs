// npm test: installs what is missing, builds what changed, and runs every suite in one jest run.
// Arguments go to jest: `npm test -- --selectProjects pure libs/engine`.
import { ensureInstalled } from './install.mjs';
import { requireNode, run } from './node.mjs';
import { ensureSystemPackages } from './system.mjs';

ensureInstalled();
ensureSystemPackages();
const node = requireNode();
run(node, ['scripts/build.mjs']);
run(node, ['node_modules/jest/bin/jest.js', ...process.argv.slice(2)], {
  NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
});
