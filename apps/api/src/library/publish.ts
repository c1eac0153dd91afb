import { createHash } from 'node:crypto';
import type { Label } from '@iter/platform/words';
import { wordsOf } from '@iter/process-model';
import type { Said } from '@iter/process-model';
import { mayAct } from '@iter/access';
import type { Principal } from '@iter/access';
import type { Inspection, OpenedPackage, PersonalFinding } from '@iter/process-catalog/packages';
import { itemKeyOf, maxArchiveBytes } from '@iter/registers/library';
import type { LibraryOutcome, PackageFacts } from '@iter/registers/library';
import type { InspectionProblemDto } from '../dto/library.ts';
import type { Asked } from '../http/asked.ts';
import type { ProblemCode } from '../problems/catalogue.ts';
import { Problem } from '../problems/problem.ts';
import type { ApiPorts } from '../ports.ts';
import { allow, allowSomewhere } from '../session/allow.ts';

/** What keeps an archive from being published, before it is known who reads it; what it says itself is in its own words. */
export interface ProblemFound extends Pick<InspectionProblemDto, 'code' | 'place'> {
  readonly message: Said;
}

/** An archive with what keeps it from being published. */
export interface Judged {
  /** Null: it is not whole. */
  readonly facts: PackageFacts | null;
  readonly key: string | null;
  readonly problems: readonly ProblemFound[];
  /** The code with which it would be refused; null: with none. */
  readonly refusal: ProblemCode | null;
}

type Ports = Pick<ApiPorts, 'packages' | 'contents' | 'library'>;

const mostProblems = 200;

/** @throws Problem 403 when whoever asks publishes for nobody */
export function allowPublishing(principal: Principal): void {
  allowSomewhere(principal, 'PublishInLibrary');
}

/** Looks at an archive; nothing is kept. */
export async function judgeArchive({ packages }: Ports, archive: Uint8Array): Promise<Judged> {
  if (archive.byteLength > maxArchiveBytes) {
    const most = `${maxArchiveBytes / 1024 / 1024} MB`;
    const message = { it: `L’archivio supera ${most}.`, en: `The archive is larger than ${most}.` };
    const problems = [{ code: 'archive-too-large', place: '', message }];
    return { facts: null, key: null, problems, refusal: 'package-invalid' };
  }
  const inspection = await packages.inspect(archive);
  const { opened } = inspection;
  return {
    facts: opened && factsOf(opened, archive),
    key: opened && itemKeyOf(opened.manifest.origin.body, opened.manifest.key),
    problems: problemsOf(inspection).slice(0, mostProblems),
    refusal: refusalOf(inspection),
  };
}

/** The same, and that whoever asks may not publish for its origin. */
export function withRight(judged: Judged, principal: Principal): Judged {
  const { facts, problems, refusal } = judged;
  if (facts === null) return judged;
  const decision = mayAct(principal, 'PublishInLibrary', { body: facts.origin.body });
  if (decision.allowed) return judged;
  const { name } = facts.origin;
  const message = {
    it: `È un pacchetto di ${name}: lo pubblica chi ne fa parte, o la redazione.`,
    en: `It is a package of ${name}: who belongs there publishes it, or the editors.`,
  };
  const problem = { code: 'not-authorised', place: '', message };
  return { ...judged, problems: [problem, ...problems], refusal: refusal ?? 'not-authorised' };
}

function refusalOf({ broken, personalData, errors }: Inspection): ProblemCode | null {
  if (broken.length > 0) return 'package-invalid';
  if (personalData.length > 0) return 'package-personal-data';
  return errors.length > 0 ? 'package-not-deployable' : null;
}

const findings: Readonly<Record<PersonalFinding['kind'], Label>> = {
  'codice-fiscale': { it: 'Sembra un codice fiscale.', en: 'It looks like a tax code.' },
  iban: { it: 'Sembra un IBAN.', en: 'It looks like an IBAN.' },
  email: { it: 'Sembra l’indirizzo di posta di qualcuno.', en: 'It looks like somebody’s mail address.' },
  phone: { it: 'Sembra un numero di cellulare.', en: 'It looks like a mobile number.' },
};

const problemsOf = ({ broken, personalData, errors }: Inspection): ProblemFound[] => [
  ...broken.map(({ code, message }) => ({ code, place: '', message: { it: message, en: null } })),
  ...personalData.map(({ path, line, kind }) => ({
    ...{ code: 'personal-data', place: `${path}:${line}`, message: findings[kind] },
  })),
  ...errors.map((problem) => ({
    code: problem.rule,
    place: `${problem.file ?? ''}:${problem.line} ${problem.element}`.trim(),
    message: wordsOf(problem),
  })),
];

/** With its place in front. */
const placed = ({ place, message: { it, en } }: ProblemFound): Said => {
  const at = place === '' ? '' : `${place}: `;
  return { it: at + it, en: en && at + en };
};

function factsOf({ manifest, fingerprint }: OpenedPackage, archive: Uint8Array): PackageFacts {
  const { version, name, summary, licence, origin, authors, basedOn, processes, contentHash } = manifest;
  return {
    ...{ version, name, summary, licence, origin, authors, basedOn, processes, contentHash, fingerprint },
    archive: createHash('sha256').update(archive).digest('hex'),
    sizeBytes: archive.byteLength,
  };
}

/**
 * Publishes an archive: only a package that is whole, about nobody and fit to be deployed, for its origin.
 * @throws Problem with the place of each fault in `errors`, or when it is another's
 */
export async function publishArchive(
  ports: Ports,
  { principal, route, idempotencyKey }: Asked,
  archive: Uint8Array,
): Promise<{ readonly key: string; readonly version: string; readonly outcome: LibraryOutcome }> {
  const { facts, key, problems, refusal } = await judgeArchive(ports, archive);
  if (refusal !== null || facts === null || key === null) {
    throw new Problem(refusal ?? 'package-invalid', {
      errors: problems.map((it) => ({ pointer: '/file', code: it.code, message: placed(it) })),
    });
  }
  allow(principal, 'PublishInLibrary', { body: facts.origin.body });
  // The content first: a fact without its archive would promise what is not there.
  await ports.contents.put(facts.archive, archive);
  const outcome = await ports.library.execute({
    ...{ key, principal, route, idempotencyKey },
    command: { type: 'PublishPackage', facts },
  });
  return { key, version: facts.version, outcome };
}
