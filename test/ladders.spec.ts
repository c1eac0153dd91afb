import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { systemPrincipal } from '@iter/access';
import type { CaseState } from '@iter/engine';
import { addDays, atRome } from '@iter/legal-calendar';
import type { Term } from '@iter/legal-calendar';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { World } from '../apps/cli/src/world/world.ts';

// Each ladder is played on a deadline that nothing meets: when its steps are told, and that each of them can be.

const catalogue = loadCatalogue(join(import.meta.dirname, '..', 'processes'));

/** A process that opens one deadline and waits. */
function waiting({ key, bases, ...term }: Term): string {
  const end = 'until' in term ? 'until="=end"' : '';
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
    xmlns:iter="urn:iter:bpmn:1" id="d" targetNamespace="t">
  <bpmn:process id="waiting" isExecutable="true">
    <bpmn:startEvent id="start">
      <bpmn:extensionElements>
        <iter:deadline id="DL_X" term="${key}" ${end}><iter:base name="${bases[0]?.name}" value="=base"/></iter:deadline>
      </bpmn:extensionElements>
      <bpmn:outgoing>f</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:sequenceFlow id="f" sourceRef="start" targetRef="wait"/>
    <bpmn:userTask id="wait">
      <bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements>
      <bpmn:incoming>f</bpmn:incoming>
    </bpmn:userTask>
  </bpmn:process>
</bpmn:definitions>`;
}

interface Played {
  readonly state: CaseState;
  /** Step and time in Rome, each step once. */
  readonly told: readonly string[];
}

/** Opens a deadline of a term on a morning and lets time pass until well after it. */
async function play(
  key: string,
  variables: { base: string; end?: string },
  opened?: string,
): Promise<Played> {
  const day = (opened ?? variables.base).slice(0, 10);
  const term = catalogue.term(key, day)!;
  const world = new World(variables.base.length > 10 ? variables.base : atRome(day, '07:00'), catalogue);
  const problems = await world.deploy([{ name: 'waiting.bpmn', text: waiting(term) }]);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  await world.start('waiting', systemPrincipal, { ...variables });
  const it = world.case()!;
  const [deadline] = it.state.deadlines.values();
  if (!deadline) throw new Error(`${key} was not opened: ${[...it.state.incidents.values()][0]?.code}`);
  await world.advance(atRome(addDays(deadline.plan.legalDueDate.slice(0, 10), 100), '12:00'));
  const told = it.events.flatMap(({ recordedAt, type, data }) =>
    type === 'LadderStepReached' && data.round === 1 ? [`${data.step} ${inRome(recordedAt)}`] : [],
  );
  return { state: it.state, told };
}

const inRome = (instant: string): string =>
  new Date(instant).toLocaleString('sv-SE', { timeZone: 'Europe/Rome' }).slice(0, 16);

describe('the steps of a ladder are told', () => {
  it.each([
    // D-2: five days before the safe Friday 3 April is a Sunday.
    [
      'disciplinary.contestation',
      { base: '2026-03-06' },
      'reminder-1 2026-03-19 08:00, reminder-2 2026-03-24 08:00, alarm 2026-03-27 08:00, call 2026-04-01 08:00, last-day 2026-04-07 08:00, after 2026-04-08 08:00',
    ],
    // LC-47: five days before Thursday 30 July is a Saturday.
    [
      'disciplinary.conclusion',
      { base: '2026-04-01' },
      'reminder-1 2026-05-29 08:00, reminder-2 2026-06-30 08:00, alarm-1 2026-07-15 08:00, alarm-2 2026-07-24 08:00, alarm-3 2026-07-28 08:00, last-day 2026-07-30 08:00, after 2026-07-31 08:00',
    ],
    // LC-35: the clocks change within the 48 hours.
    [
      'disciplinary.suspension-48h',
      { base: '2026-03-28T10:30:00+01:00' },
      'h12 2026-03-28 22:30, h24 2026-03-29 11:30, h36 2026-03-29 23:30, h42 2026-03-30 05:30, h46 2026-03-30 09:30, after 2026-03-30 13:00, assess 2026-03-30 13:00',
    ],
    // D-13: the first day counts; the readmission is called for before the measure has ended.
    [
      'disciplinary.precautionary-suspension',
      { base: '2026-05-14' },
      'reminder-1 2026-06-01 08:00, reminder-2 2026-06-05 08:00, alarm 2026-06-10 08:00, last-day 2026-06-12 08:00, after 2026-06-12 23:59',
    ],
    // S-1: the wait is over on Monday; one may act on Tuesday. LC-51, S-1 with 45 days would say Monday for Saturday.
    ['selection.34bis', { base: '2026-04-07' }, 'may-act 2026-04-28 08:00'],
    // A wait that ends on a Friday: lawful on Saturday, told on Monday and not on Friday.
    ['selection.34bis', { base: '2026-04-04' }, 'may-act 2026-04-27 08:00'],
    // S-4: the window closes on Monday at 23:59; the import a quarter of an hour later, whatever day it is.
    [
      'selection.apply',
      { base: '2026-09-04' },
      'two-days 2026-10-02 08:00, three-hours 2026-10-05 20:59, closed 2026-10-06 00:14',
    ],
    // S-5: the extension that the desk proposes.
    [
      'selection.outage',
      { base: '2026-10-14T23:59:59+02:00', end: '2026-10-16T23:59:59+02:00' },
      'two-days 2026-10-14 23:59, three-hours 2026-10-16 20:59, closed 2026-10-16 23:59',
    ],
    // S-13.
    [
      'selection.parity',
      { base: '2026-11-03' },
      'opening 2026-11-03 07:00, reminder 2026-11-05 08:00, last-day 2026-11-06 08:00',
    ],
    // T-8: two days before is a Saturday.
    [
      'training.survey',
      { base: '2026-10-05' },
      'reminder-1 2026-10-19 08:00, reminder-2 2026-10-23 08:00, last-day 2026-10-26 08:00',
    ],
    // O-1: the posting of the Province; the tenth day is a Sunday and does not shift.
    ['onboarding.executive', { base: '2026-09-24' }, 'may-act 2026-10-05 08:00'],
    // O-11: 45 and 75 days after the check.
    ['onboarding.council', { base: '2026-07-01' }, 'reminder 2026-08-14 08:00, last-day 2026-09-14 08:00'],
  ])('of %s from %o', async (key, variables, expected) => {
    expect((await play(key, variables)).told.join(', ')).toBe(expected);
  });

  it('before the end of a convention as many months as the page says (O-2)', async () => {
    const { told } = await play('onboarding.renewal', { base: '2029-12-31' }, '2026-01-07');
    expect(told.map((one) => one.slice(0, -6))).toEqual([
      'nine-months 2029-03-30',
      'six-months 2029-06-30',
      'three-months 2029-09-28',
    ]);
  });
});

describe('what steps say', () => {
  it('names no tomorrow: a step before its day is told on the last working day up to then', () => {
    const named = new Set(catalogue.terms().flatMap(({ ladder }) => ladder ?? []));
    const early = [...named]
      .flatMap((name) => catalogue.ladder(name)?.steps ?? [])
      .filter((step) => step.from === 'safe' && (step.days ?? 0) < 0);
    expect(early.length).toBeGreaterThan(50);
    expect(early.filter(({ label }) => /domani|tomorrow|si perde/i.test(label.it + label.en))).toEqual([]);
  });

  it('calls nobody here for what binds an employee or a candidate, and the law ends by itself', () => {
    const ofOthers = catalogue
      .terms()
      .filter(
        ({ binds, nature }) => nature === 'PEREMPTORY' && (binds === 'employee' || binds === 'candidate'),
      );
    const calls = ofOthers.flatMap(({ key, ladder }) =>
      (ladder === null ? catalogue.defaultLadder('PEREMPTORY') : catalogue.ladder(ladder))?.steps.some(
        ({ does }) => does === 'escalation',
      )
        ? [key]
        : [],
    );
    expect(ofOthers.map(({ key }) => key)).toContain('disciplinary.reopen-request');
    expect(calls).toEqual([]);
  });
});

describe('no step is written in vain', () => {
  const keys = [...new Set(catalogue.terms().map(({ key }) => key))];

  it.each(keys)('of the ladder of %s', async (key) => {
    const term = catalogue.term(key, '2026-01-07')!;
    const isBackward = term.direction === 'backward';
    const base = isBackward
      ? '2028-03-15'
      : 'unit' in term && term.unit === 'h'
        ? '2026-01-07T09:00:00+01:00'
        : '2026-01-07';
    const isInstant = 'until' in term && term.until === 'instant';
    const { state, told } = await play(
      key,
      isInstant
        ? { base: '2026-01-07T23:59:00+01:00', end: '2026-01-20T23:59:00+01:00' }
        : { base, ...('until' in term && { end: '2026-12-15' }) },
      isBackward ? '2026-01-07' : undefined,
    );
    const [deadline] = state.deadlines.values();
    const ladder =
      term.ladder === null ? catalogue.defaultLadder(term.nature) : catalogue.ladder(term.ladder);
    const written = ladder?.steps.filter(
      ({ from }) => from !== 'earliest' || deadline?.plan.earliestActionDate,
    );
    expect(told.map((one) => one.split(' ')[0]).sort()).toEqual(written?.map(({ id }) => id).sort());
  });
});
