import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMemoryLog } from '@iter/event-store/memory';
import { legalWorld } from '../../../../test/support/world.ts';
import type { World } from '../world/index.ts';

const process = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:iter="urn:iter:bpmn:1"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">
  <process id="p" isExecutable="true">
    <startEvent id="start">
      <extensionElements>
        <zeebe:formDefinition formId="opening"/>
        <iter:refuse code="nothing-to-do" when="=reason = &quot;nulla&quot;" message="Non c’è nulla da fare."/>
      </extensionElements>
    </startEvent>
    <sequenceFlow id="f1" sourceRef="start" targetRef="task"/>
    <userTask id="task">
      <extensionElements>
        <zeebe:formDefinition formId="summons"/>
        <iter:refuse code="without-board" when="=count(members) = 0" message="Manca la commissione."/>
      </extensionElements>
    </userTask>
    <sequenceFlow id="f2" sourceRef="task" targetRef="end"/>
    <endEvent id="end"/>
  </process>
</definitions>`;
const opening = {
  id: 'opening',
  components: [{ type: 'textfield', key: 'reason', label: 'Motivo', validate: { required: true } }],
};
const summons = {
  id: 'summons',
  components: [
    { type: 'datetime', key: 'receiptAt', dateLabel: 'Ricevuta attesa' },
    {
      type: 'datetime',
      key: 'hearingAt',
      dateLabel: 'Audizione',
      properties: { notBefore: '=first lawful day("disciplinary.hearing-notice", receiptAt)' },
    },
    {
      type: 'dynamiclist',
      path: 'members',
      label: 'Membri',
      components: [{ type: 'textfield', key: 'name', label: 'Nome', validate: { required: true } }],
    },
  ],
};

describe('values that are only asked about', () => {
  const log = createMemoryLog();
  let world: World;
  let caseId = '';
  let key = '';

  beforeAll(async () => {
    world = legalWorld(log);
    await world.deploy([
      { name: 'p.bpmn', text: process },
      ...[opening, summons].map((form) => ({ name: `forms/${form.id}.json`, text: JSON.stringify(form) })),
    ]);
    const started = await world.cases.start({
      ...{ process: 'p', comune: 'c_mondo', variables: { reason: 'prova' } },
      ...{ principal: world.inRole('DESK_OPERATOR'), route: 'test', idempotencyKey: '0' },
    });
    if (started.outcome !== 'done') throw new Error(JSON.stringify(started));
    caseId = started.caseId;
    const read = await world.cases.readState({ caseId, principal: world.inRole('DESK_OPERATOR') });
    if (read.outcome !== 'read') throw new Error(JSON.stringify(read));
    key = [...read.state.tasks.keys()][0] ?? '';
  });
  afterAll(() => world.close());

  const ofTask = (variables: object, role: Parameters<World['inRole']>[0] = 'DESK_OPERATOR', of = key) =>
    world.cases.checkTask({ caseId, key: of, principal: world.inRole(role), variables: variables as never });
  const ofStart = (variables: object, role: Parameters<World['inRole']>[0] = 'DESK_OPERATOR') =>
    world.cases.checkStart({
      ...{ process: 'p', comune: 'c_mondo', variables: variables as never },
      principal: world.inRole(role),
    });
  const members = [{ name: 'Ada' }];

  it('are judged by form and calendar: the first lawful day stands beside the field', async () => {
    expect(await ofTask({ receiptAt: '2026-04-07', hearingAt: '2026-04-20', members })).toEqual({
      outcome: 'read',
      errors: [
        {
          pointer: '/variables/hearingAt',
          code: 'too-early',
          message: {
            it: '«Audizione» non può essere prima del 2026-04-27.',
            en: '“Audizione” cannot be before 2026-04-27.',
          },
        },
      ],
      terms: [],
    });
    expect(await ofTask({ members: [{ name: '' }, { name: 'Ada' }] })).toMatchObject({
      errors: [
        { pointer: '/variables/members/0/name', code: 'required' },
        { pointer: '/variables/members/0' },
      ],
    });
  });

  it('are judged by the rules of the process, as completing would', async () => {
    const verdict = await ofTask({ members: [] });
    expect(verdict).toMatchObject({
      outcome: 'read',
      errors: [
        { pointer: '/variables', code: 'without-board', message: { it: 'Manca la commissione.', en: null } },
      ],
    });
    expect(await ofStart({ reason: 'nulla' })).toMatchObject({ errors: [{ code: 'nothing-to-do' }] });
  });

  it('leave nothing behind, right or wrong', async () => {
    const position = await log.lastPosition();
    expect(await ofTask({ members })).toEqual({ outcome: 'read', errors: [], terms: [] });
    expect(await ofStart({ reason: 'prova' })).toEqual({ outcome: 'read', errors: [], terms: [] });
    expect(await ofStart({})).toMatchObject({ errors: [{ pointer: '/variables/reason', code: 'required' }] });
    expect(await log.lastPosition()).toEqual(position);
  });

  it('are bounded, and asked by whoever may hand them in', async () => {
    expect(await ofTask({ members }, 'COMUNE_HR')).toMatchObject({ outcome: 'rejected' });
    expect(await ofStart({ reason: 'prova' }, 'AUDITOR')).toMatchObject({
      outcome: 'rejected',
      rejection: { code: 'not-authorised' },
    });
    expect(await ofTask({ members }, 'DESK_OPERATOR', 'unknown')).toMatchObject({
      outcome: 'rejected',
      rejection: { code: 'task-not-found' },
    });
    expect(await ofTask({ a: 'x'.repeat(600_000) })).toMatchObject({
      outcome: 'read',
      errors: [{ code: 'too-large' }],
    });
  });
});
