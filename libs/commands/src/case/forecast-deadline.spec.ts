import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMemoryLog } from '@iter/event-store/memory';
import { legalWorld } from '../../../../test/support/world.ts';
import type { World } from '../world/index.ts';
import type { DeadlineCommand } from './forecast-deadline.ts';

const process = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:iter="urn:iter:bpmn:1" targetNamespace="t">
  <process id="p" isExecutable="true">
    <startEvent id="start"/>
    <sequenceFlow id="f1" sourceRef="start" targetRef="task"/>
    <userTask id="task">
      <extensionElements>
        <iter:deadline id="DL_X" term="disciplinary.contestation" opens="activation">
          <iter:base name="reportReceived" value="=received"/>
        </iter:deadline>
      </extensionElements>
    </userTask>
    <sequenceFlow id="f2" sourceRef="task" targetRef="end"/>
    <endEvent id="end"/>
  </process>
</definitions>`;

describe('the forecast of an operation on a deadline', () => {
  const log = createMemoryLog();
  let world: World;
  let caseId = '';
  let deadline = '';

  beforeAll(async () => {
    world = legalWorld(log);
    await world.deploy([{ name: 'p.bpmn', text: process }]);
    const started = await world.cases.start({
      ...{ process: 'p', comune: 'c_mondo', variables: { received: '2026-03-06' } },
      ...{ principal: world.inRole('DESK_OPERATOR'), route: 'test', idempotencyKey: '0' },
    });
    if (started.outcome !== 'done') throw new Error(JSON.stringify(started));
    caseId = started.caseId;
    const read = await world.cases.readState({ caseId, principal: world.inRole('UPD') });
    if (read.outcome !== 'read') throw new Error(JSON.stringify(read));
    deadline = [...read.state.deadlines.keys()][0] ?? '';
  });
  afterAll(() => world.close());

  const ask = (command: DeadlineCommand, role: Parameters<World['inRole']>[0] = 'UPD', of = caseId) =>
    world.cases.forecastDeadline({ caseId: of, principal: world.inRole(role), command });
  const extend = (days = 7): DeadlineCommand => ({ type: 'ExtendDeadline', deadline, days, reason: 'x' });

  it('tells the dates before and after, as the command itself then makes them, and adds nothing', async () => {
    const position = await log.lastPosition();
    const forecast = await ask(extend());
    expect(forecast).toMatchObject({
      outcome: 'read',
      before: { status: 'open', plan: { legalDueDate: '2026-04-07', safeActionDate: '2026-04-03' } },
      after: { status: 'open', plan: { legalDueDate: '2026-04-13', safeActionDate: '2026-04-10' } },
      refusal: null,
    });
    expect(await ask(extend())).toEqual(forecast);
    expect(await log.lastPosition()).toBe(position);
  });

  it.each<[string, DeadlineCommand]>([
    ['limit-exceeded', { type: 'ExtendDeadline', deadline: '', days: 5_000, reason: 'x' }],
    ['deadline-not-suspended', { type: 'ResumeDeadline', deadline: '', on: '2026-03-10', reason: 'x' }],
    ['date-in-the-future', { type: 'SuspendDeadline', deadline: '', on: '2026-03-11', reason: 'x' }],
    ['base-not-found', { type: 'ProveDeadline', deadline: '', baseName: 'nothing', proof: '1' }],
  ])('tells why it would be refused: %s', async (code, command) => {
    expect(await ask({ ...command, deadline })).toMatchObject({
      outcome: 'read',
      before: { status: 'open' },
      after: null,
      refusal: { code },
    });
  });

  it('is for who may do it, and for nobody of another case', async () => {
    expect(await ask(extend(), 'DESK_OPERATOR')).toMatchObject({ rejection: { code: 'not-authorised' } });
    expect(await ask(extend(), 'TRAINER')).toMatchObject({ rejection: { code: 'case-not-found' } });
    expect(await ask(extend(), 'UPD', '0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39')).toMatchObject({
      rejection: { code: 'case-not-found' },
    });
    expect(await ask({ ...extend(), deadline: 'none' })).toMatchObject({
      before: null,
      refusal: { code: 'deadline-not-found' },
    });
  });
});
