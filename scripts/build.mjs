// Compiles the workspaces from TypeScript to JavaScript, file by file, and only what changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { root } from './node.mjs';

/** Every file below a folder, as paths relative to it. */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

const isSource = (file) => /\.ts$/.test(file) && !/\.(spec|d)\.ts$/.test(file);

/** The sources whose output is missing or older than they are, and the outputs whose source is gone. */
function findWork() {
  const stale = [];
  const orphans = [];
  for (const group of ['libs', 'apps']) {
    for (const name of readdirSync(join(root, group))) {
      if (name === 'desk') continue;
      const src = join(root, group, name, 'src');
      const dist = join(root, group, name, 'dist');
      const outputs = new Set();
      for (const file of filesBelow(src)) {
        const isAsset = /\.(json|sql|yaml)$/.test(file);
        if (!isSource(file) && !isAsset) continue;
        const output = join(dist, isAsset ? file : file.replace(/\.ts$/, '.js'));
        outputs.add(output);
        const written = existsSync(output) ? statSync(output).mtimeMs : 0;
        if (written < statSync(join(src, file)).mtimeMs)
          stale.push({ source: join(src, file), output, isAsset });
      }
      for (const file of filesBelow(dist)) {
        const output = join(dist, file);
        if (!outputs.has(output.replace(/\.map$/, ''))) orphans.push(output);
      }
    }
  }
  return { stale, orphans };
}

/** Compiles what is stale and deletes what is orphaned. */
export async function buildServer() {
  const { stale, orphans } = findWork();
  for (const file of orphans) rmSync(file);
  if (stale.length === 0) return 0;
  const { transformFile } = await import('@swc/core');
  await Promise.all(
    stale.map(async ({ source, output, isAsset }) => {
      mkdirSync(dirname(output), { recursive: true });
      if (isAsset) return writeFileSync(output, readFileSync(source));
      const { code, map } = await transformFile(source, { cwd: root, sourceFileName: source });
      writeFileSync(`${output}.map`, map);
      writeFileSync(output, `${code}\n//# sourceMappingURL=${output.split(/[\\/]/).at(-1)}.map\n`);
    }),
  );
  return stale.length;
}

/** Bundles the desk with Vite when any of its sources changed since the last time. */
export async function buildDesk() {
  const desk = join(root, 'apps', 'desk');
  const inputs = ['index.html', 'vite.config.mjs', 'package.json'].concat(
    ...['src', 'public'].map((folder) => filesBelow(join(desk, folder)).map((file) => join(folder, file))),
  );
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const file of inputs.sort()) {
    if (existsSync(join(desk, file))) hash.update(file).update(readFileSync(join(desk, file)));
  }
  const stamp = join(desk, 'dist', '.inputs');
  const now = hash.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return false;
  const { build } = await import('vite');
  await build({ root: desk, configFile: join(desk, 'vite.config.mjs'), logLevel: 'warn' });
  compressBelow(join(desk, 'dist', 'assets'));
  writeFileSync(stamp, now);
  return true;
}

/** Puts what compresses well beside itself as `.br` and `.gz`, so that serving it costs nothing. */
function compressBelow(folder) {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  for (const file of filesBelow(folder).filter((name) => /\.(js|css|svg|json)$/.test(name))) {
    const bytes = readFileSync(join(folder, file));
    if (bytes.length < 1_000) continue;
    writeFileSync(join(folder, `${file}.br`), brotliCompressSync(bytes, quality));
    writeFileSync(join(folder, `${file}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildServer();
  await buildDesk();
}
