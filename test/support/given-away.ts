import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

export interface Ran {
  readonly status: number;
  readonly said: string;
}

/** A folder of a Province with a process of the house, which it changes and packs with the tool as people do. */
export class GivenAway {
  readonly #home = mkdtempSync(join(tmpdir(), 'iter-given-away-'));

  /** @param by the origin that the package names: code and name of a body */
  constructor(
    readonly process: string,
    by: { readonly body: string; readonly name: string },
  ) {
    for (const part of ['terms', 'ladders', 'schemas', process])
      cpSync(join(root, 'processes', part), join(this.#home, 'processes', part), { recursive: true });
    this.change('package.yaml', (text) =>
      text.replace(/^origin: .*$/m, `origin: { body: ${by.body}, name: ${by.name} }`),
    );
  }

  path(name: string): string {
    return join(this.#home, name);
  }

  /** Changes a file of the process; a change that changes nothing is a fault of the test. */
  change(file: string, how: (text: string) => string): void {
    const place = this.path(join('processes', this.process, file));
    const before = readFileSync(place, 'utf8');
    const after = how(before);
    if (after === before) throw new Error(`${file} is as it was`);
    writeFileSync(place, after);
  }

  /** The archive of the process as it is now, signed by the Province. @param version instead of the one before */
  async pack(version: string): Promise<{ readonly file: string; readonly content: Buffer }> {
    const file = this.path(`${version}.zip`);
    const place = this.path(join('processes', this.process, 'package.yaml'));
    writeFileSync(place, readFileSync(place, 'utf8').replace(/^version: .*$/m, `version: ${version}`));
    const { status, said } = await this.run(
      'package',
      'export',
      join('processes', this.process),
      '--out',
      file,
    );
    if (status !== 0) throw new Error(said);
    return { file, content: readFileSync(file) };
  }

  /** Runs the tool in the Province's folder. */
  run(...args: readonly string[]): Promise<Ran> {
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [join(root, 'apps', 'cli', 'dist', 'main.js'), ...args],
        { cwd: this.#home, env: { ...process.env, NODE_OPTIONS: '', ITER_HOME: this.#home } },
        (error, stdout, stderr) =>
          resolve({ status: error ? Number(error.code ?? 1) : 0, said: `${stdout}${stderr}` }),
      );
    });
  }

  remove(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }
}
