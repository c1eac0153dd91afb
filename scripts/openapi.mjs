// npm run openapi: writes the API's contract to where the desk's types are made from.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { buildServer } from './build.mjs';
import { root } from './node.mjs';

await buildServer();
const { openApiDocument } = await import('../apps/api/dist/openapi.js');
const { version } = JSON.parse(readFileSync(join(root, 'apps', 'api', 'package.json'), 'utf8'));
const target = join(root, 'apps', 'desk', 'src', 'api', 'openapi.json');
const text = await format(JSON.stringify(await openApiDocument(version)), {
  parser: 'json',
  printWidth: 110,
});
writeFileSync(target, text);
console.log(`wrote ${target}`);
