// node deploy/image/rehearse.mjs: does what the Dockerfile says in clean folders, without a container, and starts what comes of
// it: projector and worker first, as containers start in any order, then the API, on an empty database of its own.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { startEmbeddedPostgres, temporaryHome } from '../../libs/platform/dist/embedded-postgres/index.js';

const root = join(import.meta.dirname, '..', '..');
const scratch = temporaryHome('iter-image');
const fail = (why) => {
  throw new Error(why);
};

/** Lines of the Dockerfile as [instruction, rest], continued lines joined. */
export const instructions = () =>
  readFileSync(join(import.meta.dirname, 'Dockerfile'), 'utf8')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.split(' ', 1)[0], line.slice(line.indexOf(' ') + 1)]);

/** The context: what is tracked, of what .dockerignore lets in. */
function tracked() {
  const { stdout } = spawnSync('git', ['ls-files', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const allowed = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  return stdout
    .split('\0')
    .filter((file) => allowed.some((top) => file === top || file.startsWith(`${top}/`)))
    .filter((file) => !file.endsWith('.spec.ts'));
}

/** @returns the folder of the last stage, and what it would be started with */
function play() {
  const stages = new Map();
  let [stage, cwd, env] = ['', '', {}];
  const at = (path) => (path.startsWith('/') ? join(stage, path) : join(cwd, path));
  const put = (source, to, many) => {
    const target = many || to.endsWith('/') ? join(at(to), basename(source)) : at(to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(source, target, { recursive: true, verbatimSymlinks: true });
  };
  const context = tracked();
  for (const [instruction, rest] of instructions()) {
    if (instruction === 'FROM') {
      stage = mkdtempSync(join(scratch, 'stage-'));
      stages.set(rest.split(' AS ')[1] ?? 'last', stage);
      env = {};
    } else if (instruction === 'WORKDIR') mkdirSync((cwd = join(stage, rest)), { recursive: true });
    else if (instruction === 'ENV')
      env = { ...env, ...Object.fromEntries(rest.split(' ').map((it) => it.split('='))) };
    else if (instruction === 'COPY') {
      const words = rest.split(' ');
      const from = words.find((word) => word.startsWith('--from='))?.slice(7);
      const sources = words.filter((word) => !word.startsWith('--'));
      const to = sources.pop();
      for (const source of sources) {
        if (from) put(join(stages.get(from), source), to, sources.length > 1);
        else {
          const files = context.filter((file) => file === source || file.startsWith(`${source}/`));
          if (files.length === 0) fail(`COPY ${source}: the context has no such file.`);
          for (const file of files)
            put(join(root, file), to === './' ? to : join(to, file.slice(source.length)), false);
        }
      }
    } else if (instruction === 'RUN') {
      console.log(`RUN ${rest}`);
      const path = `${dirname(process.execPath)}:${process.env.PATH}`;
      const { status } = spawnSync('sh', ['-c', rest], {
        cwd,
        stdio: 'inherit',
        env: { ...process.env, PATH: path },
      });
      if (status !== 0) fail(`RUN ${rest}: ended with ${status}.`);
    }
  }
  return { cwd, env };
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(String(port)));
    });
  });

const json = (name) => JSON.parse(instructions().find(([instruction]) => instruction === name)[1]);

async function start({ cwd, env }) {
  const home = join(scratch, 'home');
  const server = await startEmbeddedPostgres({ home: join(scratch, 'postgres'), onProgress: console.log });
  const settings = {
    ...{ PATH: process.env.PATH, ...env, ITER_HOME: home, HOST: '127.0.0.1', PORT: await freePort() },
    ...{ ITER_DEMO: '0', DATABASE_URL: server.url, ITER_LOG_LEVEL: 'warn' },
  };
  const said = {};
  const children = [];
  const up = (role) => {
    const [, ...entry] = json('ENTRYPOINT');
    const child = spawn(process.execPath, [...entry, ...json('CMD'), '--roles', role], {
      cwd,
      env: settings,
    });
    said[role] = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said[role] += text));
    children.push(child);
    return child;
  };
  /** Once a second, for two minutes. */
  const until = async (what, isSo) => {
    for (let n = 0; n < 120; n += 1) {
      const ended = children.find(({ exitCode }) => exitCode !== null);
      if (ended) fail(`a role ended with ${ended.exitCode}: ${JSON.stringify(said, null, 1)}`);
      if (await isSo()) return console.log(`ok: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    fail(`${what}: not within two minutes. ${JSON.stringify(said, null, 1)}`);
  };
  const answers = async (path) =>
    fetch(`http://127.0.0.1:${settings.PORT}${path}`).then(
      ({ ok }) => ok,
      () => false,
    );
  try {
    for (const role of ['projector', 'worker']) {
      up(role);
      await until(`${role} runs`, () => said[role].includes(`Iter runs ${role}`));
    }
    up('api');
    await until('the API is ready', () => answers('/health/ready'));
    await until('the API tells the first password', () => said.api.includes('Primo accesso'));
    await until('the desk is served', () => answers('/'));
    await until('figures are told', () => answers('/metrics'));
    const check = instructions().find(([instruction]) => instruction === 'HEALTHCHECK')[1];
    const [, ...args] = JSON.parse(check.slice(check.indexOf('CMD ') + 4));
    const { status } = spawnSync(process.execPath, args, { env: settings });
    if (status !== 0) fail(`HEALTHCHECK ended with ${status}.`);
    console.log('ok: HEALTHCHECK');
    const ends = children.map((child) => new Promise((resolve) => child.on('exit', resolve)));
    for (const child of children) child.kill('SIGTERM');
    const codes = await Promise.all(ends);
    if (codes.some((code) => code !== 0))
      fail(`after SIGTERM the roles ended with ${codes}: ${JSON.stringify(said)}`);
    console.log('ok: all end cleanly');
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await server.stop();
  }
}

try {
  await start(play());
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
