// node scripts/with-node.mjs FILE ARGS…: runs a script of the project under a Node that is new enough.
import { requireNode, run } from './node.mjs';

run(requireNode(), ['--enable-source-maps', ...process.argv.slice(2)]);
