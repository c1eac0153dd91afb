import { addDays } from '@iter/legal-calendar';
import { demoBodies } from '@iter/registers';
import { collect, pages } from '../../commands/lists.ts';
import type { Remote } from '../../commands/http.ts';
import { WrongInput } from '../../output.ts';
import { references, sizeOf } from '../ground.ts';
import type { Ground } from '../ground.ts';
import { participants, tutors } from '../habits/programme.ts';
import type { Random } from '../random.ts';
import { demoProgramme, demoProvince } from './people.ts';
import type { DemoPeople } from './people.ts';

interface Convention {
  readonly comune: string;
  readonly id: string;
  readonly province: string;
  readonly services: readonly string[];
  readonly serviceModel: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly startsUntil: string | null;
  readonly rulesAct: string | null;
  readonly agreedSanction: boolean;
}

interface ImportReport {
  readonly committed: boolean;
  readonly lines: readonly { readonly why: string | null }[];
}

interface Board {
  readonly members: readonly {
    readonly incompatibilities: readonly { readonly employeeRef: string | null }[];
  }[];
}

/**
 * Makes a demo as large as the scale asks: Comuni with conventions, offices and staff, Provinces of the programme, and Comuni
 * that are to join. All of it goes over HTTP, by the files that people would bring; what is there already stays.
 * @param joining how many Comuni are to come
 */
export async function demoGround(
  people: DemoPeople,
  { scale, today, joining, random }: { scale: number; today: string; joining: number; random: Random },
): Promise<Ground> {
  const [operator, desk] = await Promise.all([people.as('gestore'), people.as('operatore')]);
  const inForce = await served(desk, today);
  const size = sizeOf(scale);
  const own = demoBodies.filter(({ kind }) => kind === 'comune').map(({ ipa }) => ipa);
  const names = [...own, ...numbered('c_sim', 1, size.comuni)].slice(0, size.comuni);
  const comuni = Object.fromEntries(
    names.map((ipa) => [ipa, inForce.get(ipa) ?? (random.chance(0.7) ? 'FULL_UPD' : 'SUPPORT')]),
  );
  const coming = numbered('c_ades', 1 + (await countOf(desk, 'c_ades')), joining);
  const strangers = [...names, ...coming].filter((ipa) => !own.includes(ipa));
  await record(operator, 'bodies', 'ipa;name;kind;province', [
    ...strangers.map((ipa) => `${ipa};Comune di Prova ${ipa.slice(2)};comune;${demoProvince}`),
    ...[...tutors, ...participants].map((ipa) => `${ipa};Provincia di Prova ${ipa.slice(2)};provincia;`),
  ]);
  const unserved = names.filter((ipa) => !inForce.has(ipa));
  // The play begins on a Monday to come, and the desk records staff already now: on the demo's own day they are in force.
  await record(
    operator,
    ...conventions(unserved.map((ipa) => [ipa, `SIM-${ipa}`, comuni[ipa]!, addDays(today, -8)])),
  );
  people.serve(comuni);
  const judged = await namedByBoards(await people.as('responsabile'));
  const staff: Record<string, readonly string[]> = {};
  for (const [at, ipa] of names.entries()) {
    const wanted = references(at * size.staffOfEach + 1, size.staffOfEach);
    const heads = await headsOf(desk, ipa);
    staff[ipa] = await staffOf(desk, ipa, wanted, (ref) => !judged.has(ref) && !heads.has(ref));
  }
  return {
    ...{ province: demoProvince, programme: demoProgramme, comuni, staff, joining: coming, hasPast: false },
    accountOf: (comune) => people.inRole('PARTICIPANT', comune).account,
  };
}

/** Records what a Comune that joins has signed; one that is served then joins by what it has. */
export async function recordConvention(remote: Remote, ipa: string, from: string): Promise<void> {
  if ((await served(remote, from)).has(ipa)) return;
  await record(remote, ...conventions([[ipa, `ADE-${ipa}`, 'FULL_UPD', from]]));
}

/** Lets no case of a body begin after a day, by what is in force then; what has begun goes on. */
export async function stopStarts(remote: Remote, ipa: string, on: string): Promise<void> {
  const found = await collect(pages<Convention>(remote, '/registers/conventions', { text: ipa }));
  const taking = found.filter(
    ({ comune, validFrom, validTo, startsUntil }) =>
      comune === ipa && validFrom <= on && (startsUntil ?? validTo ?? '9999') > on,
  );
  await record(
    remote,
    'conventions',
    'comune;id;province;services;serviceModel;validFrom;validTo;startsUntil;rulesAct;agreedSanction',
    taking.map((it) =>
      [
        ...[
          ipa,
          it.id,
          it.province,
          it.services.join('+'),
          it.serviceModel,
          it.validFrom,
          it.validTo ?? '',
          on,
        ],
        // Free text, as somebody wrote it.
        ...[`"${(it.rulesAct ?? '').replaceAll('"', '""')}"`, it.agreedSanction ? 'yes' : 'no'],
      ].join(';'),
    ),
  );
}

/** The file of conventions about all services. */
const conventions = (
  all: readonly (readonly [ipa: string, id: string, model: string, from: string])[],
): readonly [register: string, header: string, lines: readonly string[]] => [
  'conventions',
  'comune;id;province;services;serviceModel;validFrom;validTo;rulesAct',
  all.map(
    ([ipa, id, model, from]) =>
      `${ipa};${id};${demoProvince};disciplina+selezione+formazione+adesione;${model};${from};;Giunta n. ${id}`,
  ),
];

/** The Comuni that the demo's Province serves on a day, with the model of each. */
async function served(desk: Remote, on: string): Promise<ReadonlyMap<string, string>> {
  const all = await collect(pages<Convention>(desk, '/registers/conventions', {}));
  return new Map(
    all
      .filter((it) => it.validFrom <= on && (it.validTo === null || it.validTo >= on))
      .map((it) => [it.comune, it.serviceModel]),
  );
}

/** Fills up the staff of a Comune. @returns as many references that fit as are wanted */
async function staffOf(
  desk: Remote,
  ipa: string,
  wanted: readonly string[],
  fits: (employeeRef: string) => boolean,
): Promise<readonly string[]> {
  const found = await collect(pages<{ employeeRef: string }>(desk, `/registers/staff/${ipa}`, {}));
  const there = new Set(found.map(({ employeeRef }) => employeeRef).filter(fits));
  const lacking = wanted.filter((ref) => !there.has(ref)).slice(0, Math.max(0, wanted.length - there.size));
  const lines = lacking.map((ref) => `${ref};UFF;ISTRUTTORI;2015-03-01;`);
  await record(desk, 'offices', 'code;name;head;parent;from;to', ['UFF;Uffici;;;2005-01-01;'], ipa);
  for (let at = 0; at < lines.length; at += linesAtOnce)
    await record(desk, 'staff', staffHeader, lines.slice(at, at + linesAtOnce), ipa);
  return [...there, ...lacking].slice(0, wanted.length);
}

const staffHeader = 'employeeRef;office;area;hiredOn;leftOn';
const linesAtOnce = 1_000;

/** Employees whom somebody of the boards may not judge: a demo has no second person for each office. */
async function namedByBoards(supervisor: Remote): Promise<ReadonlySet<string | null>> {
  const boards = await collect(pages<Board>(supervisor, `/registers/boards/${demoProvince}`, {}));
  const members = boards.flatMap((board) => board.members);
  return new Set(members.flatMap((it) => it.incompatibilities.map(({ employeeRef }) => employeeRef)));
}

/** Employees who head an office themselves: above many of them is the Segretario, and heads of structure begin these cases. */
async function headsOf(desk: Remote, ipa: string): Promise<ReadonlySet<string | null>> {
  const offices = await collect(pages<{ head: string | null }>(desk, `/registers/offices/${ipa}`, {}));
  return new Set(offices.map(({ head }) => head));
}

async function countOf(desk: Remote, text: string): Promise<number> {
  return (await collect(pages(desk, '/registers/bodies', { text }))).length;
}

const numbered = (prefix: string, first: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}${String(first + at).padStart(2, '0')}`);

/** Brings a file to a register. @throws WrongInput when a line of it is refused */
async function record(
  remote: Remote,
  register: string,
  header: string,
  lines: readonly string[],
  body?: string,
): Promise<void> {
  if (lines.length === 0) return;
  const report = await remote.post<ImportReport>(`/registers/${register}/import`, {
    csv: [header, ...lines].join('\n'),
    commit: true,
    ...(body !== undefined && { body }),
  });
  if (report.committed) return;
  const why = report.lines.find((line) => line.why !== null)?.why ?? '';
  throw new WrongInput(`the register ${register} refuses what the play needs: ${why}`);
}
