#!/usr/bin/env node
// The tool `iter`. Plain JavaScript for Node 20 and later: finds a Node that is new enough, and in a clone compiles what
// changed, which takes milliseconds when nothing did.
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const cli = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));
const root = dirname(dirname(cli));
const main = join(cli, 'dist', 'main.js');
const scripts = join(root, 'scripts');

if (existsSync(scripts)) {
  const { requireNode } = await import(pathToFileURL(join(scripts, 'node.mjs')).href);
  const node = requireNode();
  if (node !== process.execPath) {
    const { status } = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
      stdio: 'inherit',
    });
    process.exit(status ?? 1);
  }
  const { buildServer } = await import(pathToFileURL(join(scripts, 'build.mjs')).href);
  await buildServer();
}
await import(pathToFileURL(main).href);
