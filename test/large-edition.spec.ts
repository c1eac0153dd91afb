import { expect, it } from '@jest/globals';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagramsFor } from '../apps/cli/src/commands/test.ts';
import { Player, readScenario, variablesOf } from '../apps/cli/src/scenario/index.ts';
import type { Scenario } from '../apps/cli/src/scenario/index.ts';
import { withCalled } from '../apps/cli/src/world/files.ts';
import { World } from '../apps/cli/src/world/world.ts';

// What one command may compute is bounded in steps and in size: every rule over the people of an edition is linear in
// them, or a large course for everybody stops half way.

const processes = join(import.meta.dirname, '..', 'processes');

type Step = Scenario['steps'][number];

const refs = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `M-${String(from + at).padStart(5, '0')}`);

const times = (count: number, step: Step): readonly Step[] => Array.from({ length: count }, () => step);

const isOfEachComune = ({ complete }: Step): boolean =>
  complete === 't_signCertificates' || complete === 't_handCertificates';

/** They come from sixty Comuni in turn. */
const person = (employeeRef: string) => ({
  ...{ employeeRef, employer: `c_a${Number(employeeRef.slice(2)) % 60}` },
  account: `nome.cognome.${employeeRef}`,
});

it('an edition of 2,000, one of them from the waiting list, goes from the enrolment to the certificates', async () => {
  const file = join(processes, 'training-course/scenarios/t-04-threshold.scenario.yaml');
  const scenario = readScenario(file, readFileSync(file, 'utf8'));
  const enrolled = (people: readonly string[]): Step => ({
    ...{ message: 'enrolled', correlationKey: 'FOR-2026-001', variables: { people: people.map(person) } },
  });
  const batches = [0, 500, 1_000, 1_500].map((from) => enrolled(refs(from, from + 500)));
  // Two too many, the first of whom takes the place of who withdraws; whoever is in already stays where they are.
  const more: readonly Step[] = [
    enrolled([...refs(1_900, 2_002)]),
    { message: 'withdrawn', correlationKey: 'FOR-2026-001', variables: { employeeRef: 'M-00007' } },
  ];
  const convened = [...refs(0, 7), ...refs(8, 2_001)];
  const minutes = convened.map((employeeRef, at) => ({ employeeRef, minutes: at % 10 === 0 ? 200 : 360 }));
  const isEnrolment = ({ message }: Step) => message === 'enrolled';
  const steps = scenario.steps
    .filter(
      (step) => step.expect === undefined && (!isEnrolment(step) || step.variables?.['employeeRef'] === 'A'),
    )
    .flatMap((step): readonly Step[] => {
      if (isEnrolment(step)) return [...batches, ...more];
      // The scenario has two Comuni.
      if (isOfEachComune(step)) return times(30, step);
      if (step.complete === 't_publishEdition')
        return [{ ...step, variables: { ...step.variables, maxSeats: 2_000, seatsPerComune: 34 } }];
      return [
        step.complete === 't_recordAttendance'
          ? { ...step, variables: { ...step.variables, minutes } }
          : step,
      ];
    });
  const world = new World(scenario.clock, loadCatalogue(processes), { registers: scenario.registers });
  await world.deploy(withCalled(diagramsFor(file), scenario.with));
  const player = new Player(world);
  await player.play({ ...scenario, steps: [...steps, { expect: { state: 'completed' } }] });

  expect(player.failures).toEqual([]);
  const variables = variablesOf(world.cases[0]!);
  const of = (name: string) => variables[name] as unknown as readonly { employeeRef: string }[];
  expect(of('participants').map(({ employeeRef }) => employeeRef)).toEqual(convened);
  expect(of('waiting')).toMatchObject([{ employeeRef: 'M-02001' }]);
  expect(of('certificates')).toHaveLength(1_800);
  expect(of('certificates').at(-1)).toMatchObject({
    certificateNo: 'FOR-2026-001/1800',
    employeeRef: 'M-02000',
  });
});

/** Every Comune numbers its people alike, and nobody has an account: where there is a test, the trainer records it. */
async function held(
  people: number,
  sessions: number,
  { testRequired = false, comuni = 60 } = {},
): Promise<{ failures: string; world: World }> {
  const file = join(processes, 'training-course/scenarios/t-04-threshold.scenario.yaml');
  const scenario = readScenario(file, readFileSync(file, 'utf8'));
  const steps: readonly Step[] = scenario.steps;
  const published = steps[0]!;
  const of = (element: string): Step => steps.find(({ complete }) => complete === element)!;
  const enrolled = steps.find(({ message }) => message === 'enrolled')!;
  const everybody = Array.from({ length: people }, (_, at) => ({
    ...{ employeeRef: `M-${Math.floor(at / comuni)}`, employer: `c_a${at % comuni}`, account: null },
  }));
  const hours = 6 * sessions;
  const testRows = everybody
    .slice(2)
    .map(({ employeeRef, employer }, at) => ({ employeeRef, employer, score: at % 10 === 0 ? 59.5 : 83.33 }));
  const days = Array.from({ length: sessions }, (_, at) => `2026-11-${String(at + 4).padStart(2, '0')}`);
  const world = new World(scenario.clock, loadCatalogue(processes), { registers: scenario.registers });
  await world.deploy(withCalled(diagramsFor(file), scenario.with));
  const player = new Player(world);
  await player.play({
    ...scenario,
    start: scenario.start && {
      ...scenario.start,
      variables: { ...scenario.start.variables, testRequired },
    },
    steps: [
      {
        ...published,
        variables: {
          ...published.variables,
          ...{ hours, maxSeats: people, seatsPerComune: people, minSeats: 1 },
          // Ten days in a row: one is a Sunday.
          dayOffMeant: true,
          ...(testRequired && { passMarkPct: 60 }),
          sessions: days.map((day, at) => ({
            sessionRef: `L${at + 1}`,
            startsAt: `${day}T09:00:00+01:00`,
            endsAt: `${day}T15:00:00+01:00`,
          })),
        },
      },
      { ...enrolled, variables: { people: everybody } },
      { ...enrolled, message: 'withdrawn', variables: { people: everybody.slice(0, 2) } },
      ...steps.filter(({ advance, complete }) => advance || complete === 't_convene').slice(0, 2),
      ...days.flatMap((day): Step[] => [
        { ...steps.find(({ advance }) => advance)!, advance: { to: `${day}T16:00:00+01:00` } as never },
        {
          ...of('t_recordAttendance'),
          variables: {
            ...{ held: true, attendanceFiledAt: day, importSource: 'file' },
            minutes: everybody
              .slice(2)
              .map(({ employeeRef, employer }) => ({ employeeRef, employer, minutes: 360 })),
          },
        },
      ]),
      steps.find(({ completeJob }) => completeJob === 'send_level1Tokens')!,
      ...(testRequired
        ? [{ ...of('t_recordAttendance'), complete: 't_recordTest', variables: { testRows } }]
        : []),
      { ...steps.findLast(({ advance }) => advance)!, advance: { to: '2026-12-31T10:00:00+01:00' } as never },
      steps.find(({ completeJob }) => completeJob === 'svc_collectLevel1')!,
      {
        ...of('t_closeEdition'),
        variables: { ...of('t_closeEdition').variables, closedAt: '2026-12-31' },
      },
      ...times(comuni, { ...of('t_signCertificates'), variables: { certificatesSignedOn: '2026-12-31' } }),
      ...times(comuni, of('t_handCertificates')),
    ],
  });
  return { failures: player.failures.join('\n'), world };
}

it('an edition of 500 in ten sessions goes as far, with the same references in all Comuni', async () => {
  const { failures, world } = await held(500, 10);
  expect(failures).toBe('');
  const [edition] = world.cases;
  expect(edition?.state.status).toBe('completed');
  expect((edition?.state.root.variables['certificates'] as unknown[]).length).toBe(498);
});

it('an edition of 2,000 without accounts goes as far, by one list of outcomes that the trainer records', async () => {
  const { failures, world } = await held(2_000, 1, { testRequired: true });
  expect(failures).toBe('');
  const [edition] = world.cases;
  const variables = variablesOf(edition!);
  expect(variables['level2']).toHaveLength(1_998);
  expect((variables['certificates'] as unknown[]).length).toBe(1_798);
  // Three for each of the sixty Comuni, of its convocation and its certificates; else as many as in a small edition.
  expect(edition?.events.filter(({ type }) => type === 'UserTaskCreated')).toHaveLength(3 * 60 + 5);
});

it('each of the 300 Comuni of a large Province has a convocation and certificates of its own, of 2,000 people', async () => {
  const { failures, world } = await held(2_000, 1, { comuni: 300 });
  expect(failures).toBe('');
  const [edition] = world.cases;
  expect(edition?.state.status).toBe('completed');
  const drafted = (element: string) =>
    edition?.events.filter(
      ({ type, data }) => type === 'ActDrafted' && 'element' in data && data.element === element,
    );
  expect(edition?.events.filter(({ type }) => type === 'IncidentRaised')).toEqual([]);
  expect(drafted('t_handConvocation')).toHaveLength(300);
  expect(drafted('t_signCertificates')).toHaveLength(300);
});
