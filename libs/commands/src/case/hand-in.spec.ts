import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Grant, Principal } from '@iter/access';
import { createMemoryLog } from '@iter/event-store/memory';
import { legalWorld } from '../../../../test/support/world.ts';
import type { Outcome } from '../outcome.ts';
import type { World } from '../world/index.ts';
import { createCaseCommands } from './commands.ts';

const process = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:iter="urn:iter:bpmn:1"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">
  <message id="m_names" name="names"/><message id="m_note" name="note"/>
  <process id="p" isExecutable="true">
    <startEvent id="start"/>
    <sequenceFlow id="f1" sourceRef="start" targetRef="either"/>
    <eventBasedGateway id="either"/>
    <sequenceFlow id="f2" sourceRef="either" targetRef="names"/>
    <sequenceFlow id="f3" sourceRef="either" targetRef="note"/>
    <intermediateCatchEvent id="names">
      <extensionElements>
        <iter:incoming message="names" label="Nomi" form="names" servedForm="own"/>
        <iter:deadline id="DL" term="disciplinary.report"><iter:base name="report" value="=string(today())"/></iter:deadline>
        <zeebe:ioMapping><zeebe:output source="={by: servedBody, names: people.ref}" target="given"/></zeebe:ioMapping>
      </extensionElements>
      <messageEventDefinition messageRef="m_names"/>
    </intermediateCatchEvent>
    <intermediateCatchEvent id="note">
      <extensionElements><iter:incoming message="note" label="Nota"/></extensionElements>
      <messageEventDefinition messageRef="m_note"/>
    </intermediateCatchEvent>
    <sequenceFlow id="f4" sourceRef="names" targetRef="wait"/>
    <sequenceFlow id="f5" sourceRef="note" targetRef="wait"/>
    <userTask id="wait"/>
    <sequenceFlow id="f6" sourceRef="wait" targetRef="end"/>
    <endEvent id="end"/>
  </process>
</definitions>`;

const list = (properties: object) => ({
  type: 'dynamiclist',
  path: 'people',
  label: 'Persone',
  components: [{ type: 'textfield', key: 'ref', label: 'Matricola', validate: { required: true } }],
  properties: { minRows: 1, uniqueBy: 'ref', ...properties },
});
const forms = [
  { id: 'names', components: [list({})] },
  { id: 'own', components: [list({ noneOf: '=known[of = servedBody]' })] },
];

describe('what a body that is served hands in for itself', () => {
  let world: World;
  let cases: ReturnType<typeof createCaseCommands>;
  let turn = 0;
  const erased = new Set<string>();

  beforeAll(async () => {
    world = legalWorld(createMemoryLog());
    cases = createCaseCommands({
      ...world.ports,
      bodies: {
        ...world.ports.bodies,
        isServedBy: (body, province) =>
          ['c_borgo', 'c_valle'].includes(body)
            ? province === 'p_mondo'
            : body === 'c_lontano' && province === 'p_altra',
      },
      erasures: {
        find: (caseId: string) => (erased.has(caseId) ? {} : null),
        onOrdered: () => () => {},
      } as never,
    });
    await world.deploy([
      { name: 'p.bpmn', text: process },
      ...forms.map((form) => ({ name: `forms/${form.id}.json`, text: JSON.stringify(form) })),
    ]);
  });
  afterAll(() => world.close());

  const asked = () => ({ route: 'test', idempotencyKey: String(turn++) });
  const person = (role: Grant['role'], body: string): Principal => ({
    ...{ account: `${role}-${body}`, displayName: role, grants: [{ role, body }], serves: {} },
  });
  const begun = async (): Promise<string> => {
    const outcome = await cases.start({
      ...{ process: 'p', comune: 'p_mondo', principal: world.inRole('DESK_OPERATOR', 'p_mondo'), ...asked() },
      variables: { known: [{ ref: '12', of: 'c_valle' }] },
    });
    if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
    return outcome.caseId;
  };
  const handIn = (
    caseId: string,
    { principal = person('COMUNE_HR', 'c_borgo'), body = 'c_borgo', message = 'names', refs = ['12'] } = {},
    more: object = {},
  ) => {
    const variables = { people: refs.map((ref) => ({ ref })), ...more };
    return cases.execute({
      caseId,
      principal,
      ...asked(),
      command: { type: 'HandIn', body, message, variables },
    });
  };
  const told = (outcome: Outcome): string =>
    outcome.outcome === 'rejected' ? outcome.rejection.code : outcome.outcome;

  it('moves the case, which learns of whom it is by itself and knows who did it', async () => {
    const caseId = await begun();
    const outcome = await handIn(caseId, { refs: ['12', '13'] });
    expect(told(outcome)).toBe('done');
    const [correlated] = outcome.outcome === 'done' ? outcome.events : [];
    expect(correlated).toMatchObject({
      type: 'MessageCorrelated',
      actor: { account: 'COMUNE_HR-c_borgo', role: 'COMUNE_HR', body: 'c_borgo' },
    });
    const read = await cases.readState({ caseId, principal: world.inRole('DESK_OPERATOR', 'p_mondo') });
    expect(read.outcome === 'read' && read.state.root.variables['given']).toEqual({
      ...{ by: 'c_borgo', names: ['12', '13'] },
    });
  });

  it('is judged by what the case knows of that body, and by nothing of another', async () => {
    const caseId = await begun();
    const valle = { principal: person('COMUNE_HR', 'c_valle'), body: 'c_valle' };
    const refused = await handIn(caseId, valle);
    expect(refused).toMatchObject({
      rejection: {
        code: 'form-invalid',
        errors: [{ pointer: '/variables/people/0/ref', code: 'already-there' }],
      },
    });
    expect(told(await handIn(caseId))).toBe('done');
  });

  it('never speaks for another: what says whose it is cannot be handed in', async () => {
    const caseId = await begun();
    expect(told(await handIn(caseId, {}, { servedBody: 'c_valle' }))).toBe('form-invalid');
  });

  it.each([
    ['of another body', { principal: person('COMUNE_HR', 'c_valle') }, 'not-authorised'],
    ['without the office', { principal: person('STRUCTURE_HEAD', 'c_borgo') }, 'not-authorised'],
    [
      'of a body that another Province serves',
      { principal: person('COMUNE_HR', 'c_lontano'), body: 'c_lontano' },
      'case-not-found',
    ],
    [
      'of a body that nobody serves',
      { principal: person('SEGRETARIO', 'c_solo'), body: 'c_solo' },
      'case-not-found',
    ],
    ['what bodies do not hand in', { message: 'note' }, 'message-not-awaited'],
    ['what is not awaited', { message: 'other' }, 'message-not-awaited'],
  ] as const)('is refused %s', async (_, how, code) => {
    const caseId = await begun();
    expect(told(await handIn(caseId, { ...how }))).toBe(code);
    const principal = 'principal' in how ? how.principal : person('COMUNE_HR', 'c_borgo');
    const body = 'body' in how ? how.body : 'c_borgo';
    const message = 'message' in how ? how.message : 'names';
    const checked = await cases.checkHandIn({
      ...{ caseId, principal, body, message },
      variables: { people: [{ ref: '1' }] },
    });
    expect(checked.outcome === 'rejected' && checked.rejection.code).toBe(code);
  });

  it('does not show the case, but what may be handed in to it, as long as it may', async () => {
    const caseId = await begun();
    const principal = person('COMUNE_HR', 'c_borgo');
    const before = await cases.readHandIns({ caseId, principal, body: 'c_borgo' });
    expect(
      before.outcome === 'read' && before.messages.map(({ name, servedForm }) => [name, servedForm]),
    ).toEqual([['names', 'own']]);
    expect((await cases.readState({ caseId, principal })).outcome).toBe('rejected');
    await handIn(caseId);
    const after = await cases.readHandIns({ caseId, principal, body: 'c_borgo' });
    expect(after).toMatchObject({ outcome: 'read', messages: [] });
    expect(told(await handIn(caseId, { refs: ['14'] }))).toBe('message-not-awaited');
    const none = await cases.readHandIns({
      caseId: '0190b2c4-7e1c-5cc3-9a51-6d1f0c9d2b10',
      principal,
      body: 'c_borgo',
    });
    expect(none).toMatchObject({ rejection: { code: 'case-not-found' } });
  });

  it('is told of a case that was erased like of one that never was', async () => {
    const caseId = await begun();
    erased.add(caseId);
    for (const body of ['c_borgo', 'c_lontano'])
      expect(told(await handIn(caseId, { principal: person('COMUNE_HR', body), body }))).toBe(
        'case-not-found',
      );
  });

  it('says what would be taken, and takes nothing', async () => {
    const caseId = await begun();
    const principal = person('COMUNE_HR', 'c_valle');
    const check = (ref: string) =>
      cases.checkHandIn({
        ...{ caseId, principal, body: 'c_valle', message: 'names', variables: { people: [{ ref }] } },
      });
    expect(await check('12')).toMatchObject({ outcome: 'read', errors: [{ code: 'already-there' }] });
    expect(await check('13')).toEqual({ outcome: 'read', errors: [], terms: [] });
    expect(told(await handIn(caseId, { principal, body: 'c_valle', refs: ['13'] }))).toBe('done');
  });
});
