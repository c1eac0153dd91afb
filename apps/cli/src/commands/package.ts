import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprintOf, isFingerprint, signJson } from '@iter/platform/signatures';
import { checkEach } from '@iter/process-catalog';
import { knownTerms, loadCatalogue } from '@iter/process-catalog/catalogue';
import {
  comparePackages,
  compareThree,
  findPersonalData,
  isText,
  openArchive,
  packArchive,
} from '@iter/process-catalog/packages';
import type {
  FileChange,
  OpenedPackage,
  PackageFiles,
  Section,
  SidedChange,
  Tree,
} from '@iter/process-catalog/packages';
import { wordsOf } from '@iter/process-model';
import { complain, print, printJson, WrongInput } from '../output.ts';
import type { ExitStatus } from '../output.ts';
import { adopt } from '../packages/adopt.ts';
import { collect } from '../packages/collect.ts';
import { keyFile, signingKey } from '../packages/keys.ts';
import { catalogueFolder, withNeighbours } from '../world/files.ts';

export interface ExportOptions {
  readonly out?: string;
  readonly key?: string;
  readonly unsigned?: boolean;
  readonly json?: boolean;
}

/**
 * Packs the process of a folder, with all that belongs to it, as one signed archive; `1` when it says something that seems to
 * be about a real person, or would not be deployed.
 */
export async function exportPackage(folder: string, options: ExportOptions): Promise<ExitStatus> {
  const { manifest, files } = await collect(folder);
  const findings = [...files].flatMap(([path, content]) =>
    isText(path) ? findPersonalData(path, Buffer.from(content).toString('utf8')) : [],
  );
  const errors = await problemsOf(join(folder, `${manifest.key}.bpmn`));
  if (findings.length + errors.length > 0) {
    if (options.json) printJson({ packed: null, personalData: findings, errors });
    for (const { path, line, kind } of findings)
      complain(`${path}:${line} ${findingNames[kind]}: un pacchetto non porta dati personali`);
    for (const error of errors) complain(error);
    return 1;
  }
  const signature = options.unsigned ? null : signJson(manifest, signingKey(options.key ?? keyFile()));
  const out = options.out ?? `${manifest.key}-${manifest.version}.zip`;
  const archive = packArchive(manifest, files, signature);
  writeFileSync(out, archive);
  const said = {
    packed: out,
    sizeBytes: archive.byteLength,
    files: files.size,
    contentHash: manifest.contentHash,
    fingerprint: signature && fingerprintOf(signature),
  };
  if (options.json) printJson(said);
  else {
    print(`${out}: ${files.size} file, ${manifest.processes.join(', ')}`);
    print(`contenuto ${manifest.contentHash}`);
    print(signature ? `firmato da ${fingerprintOf(signature)}` : 'non firmato');
  }
  return 0;
}

const findingNames = {
  'codice-fiscale': 'codice fiscale',
  iban: 'IBAN',
  email: 'indirizzo di posta',
  phone: 'numero di telefono',
} as const;

async function problemsOf(diagram: string): Promise<readonly string[]> {
  const catalogue = loadCatalogue(catalogueFolder([diagram]));
  const checked = await checkEach(withNeighbours([diagram]), 'error', knownTerms(catalogue));
  return [...checked].flatMap(([file, problems]) =>
    problems
      .filter(({ severity }) => severity === 'error')
      .map((problem) => `${file}:${problem.line} ${problem.element} ${wordsOf(problem).it}`),
  );
}

export interface ImportOptions {
  readonly into: string;
  readonly trust?: string;
  readonly replace?: boolean;
  readonly json?: boolean;
}

/**
 * Checks an archive and puts it among the processes of a folder; `1` when it is not whole, is signed by another than who is
 * trusted, would not be deployed, or files that differ were left as they are.
 */
export async function importPackage(file: string, options: ImportOptions): Promise<ExitStatus> {
  const opened = open(file);
  const fail = (messages: readonly string[]): ExitStatus => {
    if (options.json) printJson({ imported: null, problems: messages });
    for (const message of messages) complain(message);
    return 1;
  };
  if (!('manifest' in opened)) return fail(opened.map(({ code, message }) => `${code}: ${message}`));
  const { manifest, fingerprint } = opened;
  if (options.trust !== undefined && !(fingerprint && isFingerprint(fingerprint, options.trust))) {
    return fail([
      `signature-invalid: il pacchetto è ${fingerprint ? `firmato da ${fingerprint}` : 'senza firma'}, non da chi si è indicato.`,
    ]);
  }
  const errors = await rehearse(opened, options.into);
  if (errors.length > 0) return fail(errors);
  const { written, same, kept } = adopt(opened, options.into, options.replace ?? false);
  if (options.json)
    printJson({ imported: manifest.key, version: manifest.version, fingerprint, written, same, kept });
  else {
    print(`${manifest.key} ${manifest.version}, di ${manifest.origin.name} (${manifest.licence})`);
    print(fingerprint ? `firmato da ${fingerprint}` : 'senza firma: chi lo ha fatto non è provato');
    print(`scritti ${written.length}, uguali ${same.length}, diversi e lasciati come sono ${kept.length}`);
    for (const path of kept)
      complain(`diverso: ${path} (iter package diff dice come; --replace lo sostituisce)`);
  }
  return kept.length > 0 ? 1 : 0;
}

/** Whether it would be deployed where it is going: tried in a copy, so that nothing half done is left behind. */
async function rehearse(opened: OpenedPackage, into: string): Promise<readonly string[]> {
  const copy = mkdtempSync(join(tmpdir(), 'iter-package-'));
  try {
    for (const part of livingIn(into)) cpSync(join(into, part), join(copy, part), { recursive: true });
    adopt(opened, copy, true);
    const { key } = opened.manifest;
    return (await problemsOf(join(copy, key, `${key}.bpmn`))).map((it) => it.replaceAll(`${copy}/`, ''));
  } catch (error) {
    return [error instanceof Error ? error.message.replaceAll(`${copy}/`, '') : String(error)];
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** What is there already: the catalogue, and the processes, which may call the one that comes or be called by it. */
function livingIn(into: string): readonly string[] {
  if (!existsSync(into)) return [];
  return readdirSync(into).filter(
    (name) => ['terms', 'ladders', 'schemas'].includes(name) || existsSync(join(into, name, `${name}.bpmn`)),
  );
}

function open(file: string) {
  if (!existsSync(file)) throw new WrongInput(`${file} does not exist`);
  return openArchive(readFileSync(file));
}

/** The files of an archive, or of a process as it lies in its folder. */
async function filesOf(place: string): Promise<PackageFiles> {
  if (!existsSync(place)) throw new WrongInput(`${place} does not exist`);
  if (statSync(place).isDirectory()) return (await collect(place)).files;
  const opened = open(place);
  if ('manifest' in opened) return opened.files;
  throw new WrongInput(`${place} is no whole package: ${opened.map(({ message }) => message).join(' ')}`);
}

export interface DiffOptions {
  readonly base?: string;
  readonly json?: boolean;
}

/** Says what differs between two packages; with `base`, whose change each is. `1` when something differs. */
export async function diffPackages(before: string, after: string, options: DiffOptions): Promise<ExitStatus> {
  const [a, b] = [await filesOf(before), await filesOf(after)];
  if (options.base !== undefined) {
    const changes = await compareThree(await filesOf(options.base), a, b);
    if (options.json) printJson({ changes });
    else for (const change of changes) printSided(change);
    return changes.length > 0 ? 1 : 0;
  }
  const changes = await comparePackages(a, b);
  if (options.json) printJson({ changes });
  else for (const change of changes) printChange(change, '');
  return changes.length > 0 ? 1 : 0;
}

function printSided({ side, ours, theirs }: SidedChange): void {
  if (side !== 'conflict') printChange((ours ?? theirs)!, `${sides[side]} `);
  else {
    printChange(ours!, `${sides.conflict}, noi: `);
    printChange(theirs!, `${sides.conflict}, loro: `);
  }
}

const sides = { ours: 'nostro', theirs: 'loro', both: 'uguale', conflict: 'CONFLITTO' } as const;

const sectionNames: Readonly<Record<Section, string>> = {
  drawing: 'disegno',
  forms: 'modulo',
  decisions: 'tabella',
  acts: 'atto',
  terms: 'termine',
  ladders: 'solleciti',
  scenarios: 'scenario',
  texts: 'testo',
};
const kindNames = { added: 'aggiunto', removed: 'tolto', changed: 'cambiato' } as const;

function printChange({ section, file, path, kind, before, after, patch }: FileChange, side: string): void {
  const values = before !== undefined && after !== undefined ? `: ${shown(before)} → ${shown(after)}` : '';
  print(
    `${side}${sectionNames[section]} ${kindNames[kind]} ${file}${path === '' ? '' : ` ${path}`}${values}`,
  );
  if (patch !== undefined)
    for (const line of patch.split('\n').slice(2)) if (line !== '') print(`    ${line}`);
}

function shown(value: Tree): string {
  const text = JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 97)}…` : text;
}
