import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { visibleVariables } from '@iter/engine';
import { createEvaluator } from '@iter/platform/feel';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { parseProcesses } from '@iter/process-model';
import type { Json } from '@iter/process-model';
import { Player, readScenario } from '../apps/cli/src/scenario/index.ts';
import { withCalled } from '../apps/cli/src/world/files.ts';
import { World } from '../apps/cli/src/world/world.ts';

// What scenario files cannot say of selections: what a reply costs, and registers that change while a case runs.

const processes = join(import.meta.dirname, '..', 'processes');
const catalogue = loadCatalogue(processes);

/** Plays a scenario file of a process, as far as a step; registers may be changed afterwards. */
async function begin(process: string, scenario: string, upTo: (element: string | undefined) => boolean) {
  const file = join(processes, process, 'scenarios', `${scenario}.scenario.yaml`);
  const read = readScenario(file, readFileSync(file, 'utf8'));
  const registers = structuredClone(read.registers) as Record<
    string,
    Record<string, Record<string, unknown>>
  >;
  const world = new World(read.clock, catalogue, { registers: registers as never });
  const drawn = readdirSync(join(processes, process)).filter((name) => /\.(bpmn|dmn)$/.test(name));
  const files = drawn.map((name) => join(processes, process, name));
  await world.deploy(withCalled(files, read.with));
  const player = new Player(world);
  const end = read.steps.findIndex(({ complete }) => upTo(complete));
  await player.play({ ...read, steps: end < 0 ? read.steps : read.steps.slice(0, end) });
  expect(player.failures).toEqual([]);
  const complete = async (element: string, variables: object): Promise<readonly string[]> => {
    const next = new Player(world);
    await next.play({ ...read, start: null, steps: [{ complete: element, variables: variables as never }] });
    return next.failures;
  };
  return { world, registers, complete };
}

it('the contract opens with the place and the hours of the need', async () => {
  const { world } = await begin('selection-hiring', 'mobility', (element) => element === 't_prepareContract');
  const { state } = world.case()!;
  const [task] = state.tasks.values();
  expect(visibleVariables(state, task!.key)).toMatchObject({ seat: 'Biblioteca', weeklyHours: 29.9 });
});

it.each([
  [
    'selection-interpello',
    'two-posts-fixed-term',
    't_proposeHire',
    2,
    ['candidateRef', 'accepted', 'answeredAt', 'refusalReason'],
  ],
  ['selection-interpello', 'two-posts-fixed-term', 't_updateList', 2, ['memberChange', 'listUpdatedAt']],
  [
    'selection-single-list',
    's-12-membership',
    't_updateMembers',
    3,
    ['memberOutcome', 'memberNote', 'membersUpdatedAt'],
  ],
  [
    'selection-ranking-use',
    'other-body',
    't_drawNext',
    3,
    ['candidateRef', 'accepted', 'answeredAt', 'refusalReason'],
  ],
])(
  '%s (%s) does not offer in %s what was said of the person before',
  async (process, scenario, task, nth, keys) => {
    let seen = 0;
    const { world } = await begin(process, scenario, (element) => element === task && ++seen === nth);
    const { state } = world.case()!;
    const [open] = [...state.tasks.values()].filter(({ element }) => element === task);
    const offered = visibleVariables(state, open!.key);
    expect(keys.map((key) => offered[key] ?? null)).toEqual(keys.map(() => null));
  },
);

it('lets a board see who is admitted before it declares to be free of conflicts', async () => {
  const scenario = 's-09-s-10-to-the-end-of-the-ranking';
  const { world } = await begin(
    'selection-competition',
    scenario,
    (element) => element === 't_commissionSetup',
  );
  const { state } = world.case()!;
  const [open] = [...state.tasks.values()].filter(({ element }) => element === 't_commissionSetup');
  expect(visibleVariables(state, open!.key)).toMatchObject({ admittedCodes: 'C-001, C-002, C-003' });
});

it('gives the tasks of a board to its members, to nobody of another board, and to whom the supervisor names', async () => {
  const { world, complete } = await begin(
    'selection-competition',
    's-09-s-10-to-the-end-of-the-ranking',
    (element) => element === 't_designateCommission',
  );
  const member = (memberRef: string, role: string, sex: string, account: string | null) => ({
    ...{ memberRef, role, sex, account, expertise: 'Esperienza nella materia' },
  });
  const designated = await complete('t_designateCommission', {
    members: [
      member('Anna Verdi', 'PRESIDENT', 'F', 'anna'),
      member('Bruno Neri', 'MEMBER', 'M', null),
      member('Dario Bianchi', 'SECRETARY', 'M', 'dario'),
    ],
  });
  expect(designated).toEqual([]);
  expect(
    await complete('t_appointCommission', { appointmentRef: 'DD 1', appointedAt: '2026-10-15' }),
  ).toEqual([]);
  expect(await complete('t_sendParity', { paritySentAt: '2026-10-15', parityProtocolNo: '1/2026' })).toEqual(
    [],
  );
  const it = world.case()!;
  const created = it.events.findLast(({ type }) => type === 'UserTaskCreated')!;
  expect(created.data).toMatchObject({ element: 't_commissionSetup', candidateUsers: ['anna', 'dario'] });
  const { key } = created.data as unknown as { key: string };
  const by = (account: string) => ({ ...world.inRole('COMMISSION', it.state.comune), account });
  const claim = (account: string) => world.execute(it, by(account), { type: 'ClaimUserTask', key });
  // That the case is there is none of her business either.
  expect(await claim('estranea')).toMatchObject({ done: false, code: 'case-not-found' });
  const supervisor = world.inRole('DESK_SUPERVISOR', it.state.comune);
  expect(
    await world.execute(it, supervisor, { type: 'AssignUserTask', key, to: 'commission' }),
  ).toMatchObject({
    done: true,
  });
  expect(await world.execute(it, by('commission'), { type: 'ReleaseUserTask', key })).toMatchObject({
    done: true,
  });
  expect(await claim('dario')).toMatchObject({ done: true });
});

it('offers the board of a competition who passed, by their marks, and says of nobody that they have won', async () => {
  const scenario = 's-09-s-10-to-the-end-of-the-ranking';
  const { world } = await begin('selection-competition', scenario, (element) => element === 't_ranking');
  const { state } = world.case()!;
  const [open] = [...state.tasks.values()].filter(({ element }) => element === 't_ranking');
  const { rankingMerit, rankingFinal } = visibleVariables(state, open!.key);
  const first = { position: 1, candidateRef: 'C-001', testScore: 30 };
  const second = { position: 2, candidateRef: 'C-002', testScore: 29.9 };
  expect(rankingMerit).toEqual([first, second]);
  const undecided = { titleScore: null, preference: null, birthDate: null, outcome: null };
  expect(rankingFinal).toEqual([
    { ...first, ...undecided },
    { ...second, ...undecided },
  ]);
});

it('marks two thousand within the steps of one command, names who is left out, and counts nobody who has withdrawn', async () => {
  const file = join(processes, 'selection-tests', 'selection-tests.bpmn');
  const { models } = await parseProcesses(readFileSync(file, 'utf8'));
  const { inputs, outputs, refusals } = models[0]!.nodes.get('t_mark')!;
  const ref = (n: number): string => `C-${n}`;
  const everybody = Array.from({ length: 2_000 }, (_, n) => ({ candidateRef: ref(n), conditional: false }));
  const admitted = everybody.slice(100);
  const withdrawn = everybody
    .slice(0, 100)
    .map(({ candidateRef }) => ({ candidateRef, receivedOn: '2026-11-01' }));
  const given = { admitted, withdrawn, courtOrder: false, tests: [{ kind: 'WRITTEN', minScore: 21 }] };
  const command = (): ReturnType<typeof createEvaluator> =>
    createEvaluator({ now: '2026-11-20T08:00:00.000Z', budgetMs: 60_000 });
  const valueOf = (
    source: Parameters<ReturnType<typeof command>>[0],
    seen: Record<string, Json>,
    by = command(),
  ) => {
    const answer = by(source, seen);
    if (!answer.ok) throw new Error(answer.code);
    return answer.value;
  };
  const opened = inputs.find(({ target }) => target === 'results')!;
  expect(valueOf(opened.source, given)).toHaveLength(1_900);

  const mark = ({ candidateRef }: { candidateRef: string }, n: number): Json =>
    n % 3 === 0
      ? { candidateRef, mark: null, absent: true, passed: null }
      : { candidateRef, mark: 18 + (n % 10), absent: false, passed: 18 + (n % 10) >= 21 };
  const broken = (results: readonly Json[]): Readonly<Record<string, Json>> => {
    const by = command();
    return Object.fromEntries(
      refusals.flatMap(({ code, when, message }) => {
        const seen = { ...given, results };
        const answer = by(when, seen);
        return answer.ok && answer.value !== true ? [] : [[code, valueOf(message, seen)]];
      }),
    );
  };
  const results = everybody.map(mark);
  expect(broken(results)).toEqual({});
  expect(broken(results.slice(0, -2))).toEqual({
    'mark-missing':
      'Manca l’esito di C-1998, C-1999: a ciascun candidato ammesso un punteggio, oppure assente.',
  });
  expect(broken(results.slice(0, 1_950))['mark-missing']).toMatch(/C-1969 e di altri 30: /);
  expect(Object.keys(broken([...results, mark({ candidateRef: 'X-1' }, 1)]))).toEqual(['unknown-candidate']);
  const kept = outputs.find(({ target }) => target === 'results')!;
  expect(valueOf(kept.source, { ...given, results })).toHaveLength(1_900);
});

it('ranks a thousand who passed within the steps of one command, and misses the one who is left out', async () => {
  const file = join(processes, 'selection-competition', 'selection-competition.bpmn');
  const { models } = await parseProcesses(readFileSync(file, 'utf8'));
  const { inputs, refusals } = models[0]!.nodes.get('t_ranking')!;
  const results = Array.from({ length: 1_000 }, (_, n) => ({
    ...{ candidateRef: `C-${n}`, mark: 21 + (n % 10), passed: true },
  }));
  const given = { oralForeseen: true, results, oralResults: results, posts: 1, courtOrder: null };
  // Steps are the same on every machine; the time that they take is not.
  const command = (): ReturnType<typeof createEvaluator> =>
    createEvaluator({ now: '2027-02-01T08:00:00.000Z', budgetMs: 60_000 });

  const opened: Record<string, Json> = { ...given, rankingMerit: null, rankingFinal: null };
  const opening = command();
  for (const { source, target } of inputs) {
    const answer = opening(source, opened);
    expect(answer).toMatchObject({ ok: true });
    if (answer.ok) opened[target] = answer.value;
  }
  const merit = opened['rankingMerit'] as readonly Json[];
  expect(merit).toHaveLength(1_000);
  expect(merit[0]).toEqual({ position: 1, candidateRef: 'C-9', testScore: 60 });

  const born = (birthDate: string) => (row: Json) => ({ ...(row as object), birthDate });
  const equals = (opened['rankingFinal'] as readonly Json[]).map(born('1990-01-01'));
  const broken = (rankingMerit: readonly Json[], rankingFinal: readonly Json[] = equals) => {
    const completing = command();
    const seen = { ...opened, rankingMerit, rankingFinal, eligibleCap: null };
    return refusals.flatMap(({ code, when }) => {
      const answer = completing(when, seen);
      return answer.ok && answer.value !== true ? [] : [code];
    });
  };
  expect(broken(merit)).toEqual([]);
  expect(broken(merit.slice(1), [])).toEqual(['left-out']);
  // The last of those with the same points is younger than the one before.
  expect(broken(merit, [...equals.slice(0, -1), born('1990-01-02')(equals.at(-1)!)])).toEqual([
    'younger-first',
  ]);
});

describe('the interpello', () => {
  it('keeps of each reply what it adds: the four hundredth costs what the twentieth did', async () => {
    const { world } = await begin('selection-interpello', 'four-hundred-replies', () => false);
    const replies: number[] = [];
    for (const { type, data } of world.case()?.events ?? []) {
      if (type === 'MessageCorrelated') replies.push(0);
      if (replies.length > 0) replies[replies.length - 1]! += JSON.stringify(data).length;
    }
    expect(replies).toHaveLength(400);
    expect(replies[398]).toBeLessThan(replies[19]! * 1.1);
    expect(replies[398]).toBeLessThan(1_500);
  });

  it('hires nobody for a post that was filled by another way meanwhile', async () => {
    const { registers, complete, world } = await begin(
      'selection-interpello',
      'one-available',
      (element) => element === 't_proposeHire',
    );
    registers['needs']!['N-1']!['postsLeft'] = 0;
    const offer = { candidateRef: 'K-02', answeredAt: '2026-09-22' };
    expect(await complete('t_proposeHire', { ...offer, accepted: true })).toEqual([
      expect.stringContaining('Nel fabbisogno non restano posti'),
    ]);
    expect(
      await complete('t_proposeHire', { ...offer, accepted: false, refusalReason: 'Posto coperto.' }),
    ).toEqual([]);
    expect(world.cases.map(({ process }) => process)).toEqual(['selection-interpello']);
  });

  it('is not sent to a list that was closed or has emptied meanwhile', async () => {
    const { registers, complete } = await begin(
      'selection-interpello',
      'one-available',
      (element) => element === 't_sendInterpello',
    );
    const list = registers['eligibility-list']!['L-1']!;
    const members = list['members'];
    list['members'] = [];
    expect(await complete('t_sendInterpello', { sentAt: '2026-09-10' })).toEqual([
      expect.stringContaining('non c’è più nessuno'),
    ]);
    registers['eligibility-list'] = {};
    expect(await complete('t_sendInterpello', { sentAt: '2026-09-10' })).toEqual([
      expect.stringContaining('refused-by-process'),
    ]);
    registers['eligibility-list'] = { 'L-1': { ...list, members } };
    expect(await complete('t_sendInterpello', { sentAt: '2026-09-10' })).toEqual([]);
  });
});

describe('the single list', () => {
  it('has met its yearly update with the next edition', async () => {
    const { world } = await begin('selection-single-list', 's-12-membership', () => false);
    const fates = (world.case()?.events ?? [])
      .filter(({ data }) => 'id' in data && data.id === 'DL_LIST_UPDATE')
      .map(({ type }) => type)
      .filter((type) => type !== 'LadderStepReached');
    expect(fates).toEqual(['DeadlineOpened', 'DeadlineMet', 'DeadlineOpened', 'DeadlineClosed']);
  });
});

describe('the use of a ranking', () => {
  const drawing = () => begin('selection-ranking-use', 'own-ranking', (element) => element === 't_drawNext');
  const answered = { answeredAt: '2027-02-01' };

  it('goes on after those whom another Comune has called meanwhile', async () => {
    const { registers, complete, world } = await drawing();
    registers['ranking']!['G-1']!['drawn'] = 2;
    expect(await complete('t_drawNext', { candidateRef: 'C-02', accepted: true, ...answered })).toEqual([
      expect.stringContaining('il prossimo è C-03'),
    ]);
    expect(await complete('t_drawNext', { candidateRef: 'C-03', accepted: true, ...answered })).toEqual([]);
    expect(world.case()?.state.root.variables).toMatchObject({
      postsLeft: 1,
      candidatesLeft: 1,
      position: 4,
    });
  });

  it('ends when others have called all that were left', async () => {
    const { registers, complete, world } = await drawing();
    registers['ranking']!['G-1']!['drawn'] = 4;
    expect(await complete('t_drawNext', { candidateRef: 'C-02', accepted: true, ...answered })).toEqual([
      expect.stringContaining('altri l’hanno usata'),
    ]);
    const over = { accepted: false, refusalReason: 'Graduatoria finita.', ...answered };
    expect(await complete('t_drawNext', over)).toEqual([]);
    expect(world.case()?.state.root.variables).toMatchObject({
      caseOutcome: 'rankingExhausted',
      postsLeft: 2,
    });
  });

  it('hires nobody for a post that was filled by another way meanwhile', async () => {
    const { registers, complete, world } = await drawing();
    world.record({ needs: { 'N-2': { ...registers['needs']!['N-2']!, postsLeft: 0 } } });
    expect(await complete('t_drawNext', { candidateRef: 'C-02', accepted: true, ...answered })).toEqual([
      expect.stringContaining('Nel fabbisogno non restano posti'),
    ]);
  });
});
