import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of this release. */
export const productVersion = (
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as { version: string }
).version;
