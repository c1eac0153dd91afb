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
  readonly province: string;
  readonly serviceModel: string;
  readonly validFrom: string;
  readonly validTo: string | null;
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
  await record(operator, 'bodies', ['ipa;name;kind;province'], [
    ...[...names, ...coming].map((ipa) => (own.includes(ipa) ? '' : `${ipa};Comune di ${ipa};comune;${demoProvince}`)),
    ...[...tutors, ...participants].map((ipa) => `${ipa};Provincia di ${ipa};provincia;`),
  ]); // prettier-ignore
  await record(
    operator,
    'conventions',
    [conventionColumns],
    names.map((ipa) =>
      inForce.has(ipa) ? '' : conventionLine(ipa, `SIM-${ipa}`, comuni[ipa]!, addDays(today, -1)),
    ),
  );
  people.serve(comuni);
  const untouchable = await namedByBoards(await people.as('responsabile'));
  const staff: Record<string, readonly string[]> = {};
  for (const [at, ipa] of names.entries()) {
    const wanted = references(at * size.staffOfEach + 1, size.staffOfEach);
    staff[ipa] = (await staffOf(desk, ipa, wanted)).filter((ref) => !untouchable.has(ref));
  }
  return {
    ...{ province: demoProvince, programme: demoProgramme, comuni, staff, joining: coming, hasPast: false },
    accountOf: (comune) => people.inRole('PARTICIPANT', comune).account,
  };
}

const conventionColumns = 'comune;id;province;services;serviceModel;validFrom;validTo;rulesAct';
const conventionLine = (ipa: string, id: string, model: string, from: string): string =>
  `${ipa};${id};${demoProvince};disciplina+selezione+formazione+adesione;${model};${from};;Giunta n. ${id}`;

/** Records what a Comune that joins has signed. */
export const recordConvention = (remote: Remote, ipa: string, from: string): Promise<void> =>
  record(remote, 'conventions', [conventionColumns], [conventionLine(ipa, `ADE-${ipa}`, 'FULL_UPD', from)]);

/** The Comuni that the demo's Province serves today, with the model of each. */
async function served(desk: Remote, today: string): Promise<ReadonlyMap<string, string>> {
  const all = await collect(pages<Convention>(desk, '/registers/conventions', {}));
  return new Map(
    all
      .filter((it) => it.validFrom <= today && (it.validTo === null || it.validTo >= today))
      .map((it) => [it.comune, it.serviceModel]),
  );
}

/** Fills up the staff of a Comune. @returns as many references as are wanted */
async function staffOf(desk: Remote, ipa: string, wanted: readonly string[]): Promise<readonly string[]> {
  const found = await collect(pages<{ employeeRef: string }>(desk, `/registers/staff/${ipa}`, {}));
  const there = new Set(found.map(({ employeeRef }) => employeeRef));
  const lacking = wanted.filter((ref) => !there.has(ref)).slice(0, Math.max(0, wanted.length - there.size));
  const lines = lacking.map((ref) => `${ref};UFF;ISTRUTTORI;2015-03-01;`);
  await record(desk, 'offices', ['code;name;head;parent;from;to'], ['UFF;Uffici;;;2005-01-01;'], ipa);
  for (let at = 0; at < lines.length; at += linesAtOnce)
    await record(desk, 'staff', ['employeeRef;office;area;hiredOn;leftOn'], lines.slice(at, at + linesAtOnce), ipa); // prettier-ignore
  return [...there, ...lacking].slice(0, wanted.length);
}

const linesAtOnce = 1_000;

/** Employees whom somebody of the boards may not judge: a demo has no second person for each office. */
async function namedByBoards(supervisor: Remote): Promise<ReadonlySet<string | null>> {
  const boards = await collect(pages<Board>(supervisor, `/registers/boards/${demoProvince}`, {}));
  const members = boards.flatMap((board) => board.members);
  return new Set(members.flatMap((it) => it.incompatibilities.map(({ employeeRef }) => employeeRef)));
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
  header: readonly string[],
  lines: readonly string[],
  body?: string,
): Promise<void> {
  const given = lines.filter((line) => line !== '');
  if (given.length === 0) return;
  const csv = [...header, ...given].join('\n');
  const report = await remote.post<{ committed: boolean; lines: readonly { why?: string | null }[] }>(
    `/registers/${register}/import`,
    { csv, commit: true, ...(body !== undefined && { body }) },
  );
  if (report.committed) return;
  const why = report.lines.find((line) => line.why)?.why ?? '';
  throw new WrongInput(`the register ${register} refuses what the play needs: ${why}`);
}
