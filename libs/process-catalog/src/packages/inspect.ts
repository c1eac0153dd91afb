import type { Problem } from '@iter/process-model';
import type { ReadCatalogueFile } from '../catalogue/index.ts';
import { checkEach } from '../compile.ts';
import type { KnownTerms } from '../compile.ts';
import { openArchive } from './archive.ts';
import type { ArchiveProblem, OpenedPackage } from './archive.ts';
import { findPersonalData } from './personal-data.ts';
import type { PersonalFinding } from './personal-data.ts';

/** What keeps an archive from being taken in; a package that is whole and has none of the last two is fit. */
export interface Inspection {
  /** Null: it is not whole, and nothing else of it was looked at. */
  readonly opened: OpenedPackage | null;
  readonly broken: readonly ArchiveProblem[];
  readonly personalData: readonly PersonalFinding[];
  /** Errors by which the process would not be deployed. */
  readonly errors: readonly Problem[];
}

export interface InspectionPorts {
  /** Reads a file of the catalogue of terms. */
  read(text: string, file: string): ReadCatalogueFile;
  /** The terms that are there already; the package brings its own. */
  readonly terms: KnownTerms;
}

/** Files that may say something in words, hence about somebody. */
export const isText = (path: string): boolean => /\.(bpmn|dmn|json|form|md|ya?ml)$/.test(path);

/** What is deployed: diagrams and tables, and forms and templates beside them. */
const isDeployed = (path: string): boolean =>
  /^processes\/[^/]+\/(?:[^/]+\.(?:bpmn|dmn)|forms\/[^/]+\.(?:json|form)|acts\/[^/]+\.md)$/.test(path);

/** Looks at an archive as whoever adopts it would: whether it is whole, about nobody, and could be deployed. */
export async function inspectArchive(archive: Uint8Array, ports: InspectionPorts): Promise<Inspection> {
  const opened = openArchive(archive);
  if (!('manifest' in opened)) return { opened: null, broken: opened, personalData: [], errors: [] };
  const texts = [...opened.files]
    .filter(([path]) => isText(path))
    .map(([name, content]) => ({ name, text: new TextDecoder().decode(content) }));
  return {
    opened,
    broken: [],
    personalData: texts.flatMap(({ name, text }) => findPersonalData(name, text)),
    errors: await errorsIn(opened.manifest.key, texts, ports),
  };
}

interface Text {
  readonly name: string;
  readonly text: string;
}

async function errorsIn(
  key: string,
  texts: readonly Text[],
  { read, terms }: InspectionPorts,
): Promise<readonly Problem[]> {
  const diagram = `processes/${key}/${key}.bpmn`;
  if (!texts.some(({ name }) => name === diagram)) {
    const message = `Il pacchetto non contiene ${diagram}.`;
    return [
      {
        severity: 'error',
        file: diagram,
        line: 1,
        column: 1,
        element: key,
        rule: 'process-missing',
        message,
        language: 'it',
      },
    ];
  }
  const catalogue = texts
    .filter(({ name }) => /^(?:terms|ladders)\//.test(name))
    .map(({ name, text }) => read(text, name));
  const checked = await checkEach(
    texts.filter(({ name }) => isDeployed(name)),
    'error',
    together(terms, catalogue),
  );
  return [...catalogue.flatMap(({ problems }) => problems), ...[...checked.values()].flat()].filter(
    ({ severity }) => severity === 'error',
  );
}

/** The terms that are known, and those that come with the package. */
function together(known: KnownTerms, files: readonly ReadCatalogueFile[]): KnownTerms {
  const terms = files.flatMap((file) => file.terms);
  const ladders = new Set(files.flatMap((file) => file.ladders).map(({ name }) => name));
  return {
    hasTerm: (key) => known.hasTerm(key) || terms.some((term) => term.key === key),
    hasLadder: (name) => known.hasLadder(name) || ladders.has(name),
    hasBase: (key, name) =>
      known.hasBase(key, name) ||
      terms.some((term) => term.key === key && term.bases.some((base) => base.name === name)),
  };
}
