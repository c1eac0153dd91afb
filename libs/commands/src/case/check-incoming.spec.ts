import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMemoryLog } from '@iter/event-store/memory';
import { legalWorld } from '../../../../test/support/world.ts';
import type { World } from '../world/index.ts';

const process = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:iter="urn:iter:bpmn:1"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">
  <message id="m_report" name="report"/><message id="m_receipt" name="receipt"/><message id="m_memo" name="memo"/>
  <process id="p" isExecutable="true">
    <startEvent id="start">
      <extensionElements>
        <iter:incoming message="report" label="Segnalazione" form="report"/>
        <iter:refuse code="too-old" when="=seen = &quot;anno scorso&quot;" message="È troppo tardi."/>
      </extensionElements>
      <messageEventDefinition messageRef="m_report"/>
    </startEvent>
    <sequenceFlow id="f1" sourceRef="start" targetRef="either"/>
    <eventBasedGateway id="either"/>
    <sequenceFlow id="f2" sourceRef="either" targetRef="receipt"/>
    <sequenceFlow id="f3" sourceRef="either" targetRef="memo"/>
    <intermediateCatchEvent id="receipt">
      <extensionElements>
        <iter:incoming message="receipt" label="Ricevuta" form="receipt"/>
        <zeebe:ioMapping><zeebe:output source="=receivedAt" target="receivedAt"/><zeebe:output source="=receivedAt" target="deliveredAt"/><zeebe:output source="=incoming.protocolNo" target="no"/></zeebe:ioMapping>
      </extensionElements>
      <messageEventDefinition messageRef="m_receipt"/>
    </intermediateCatchEvent>
    <intermediateCatchEvent id="memo">
      <extensionElements><iter:incoming message="memo" label="Memoria"/></extensionElements>
      <messageEventDefinition messageRef="m_memo"/>
    </intermediateCatchEvent>
    <sequenceFlow id="f4" sourceRef="receipt" targetRef="wait"/>
    <sequenceFlow id="f5" sourceRef="memo" targetRef="wait"/>
    <userTask id="wait"/>
    <sequenceFlow id="f6" sourceRef="wait" targetRef="end"/>
    <endEvent id="end"/>
  </process>
</definitions>`;
const report = {
  id: 'report',
  components: [{ type: 'textfield', key: 'seen', label: 'Visto', validate: { required: true } }],
};
const receipt = {
  id: 'receipt',
  components: [
    {
      type: 'datetime',
      key: 'receivedAt',
      dateLabel: 'Consegnato il',
      validate: { required: true },
      properties: { notAfter: '=string(today())' },
    },
  ],
};

describe('what people register as having arrived', () => {
  const log = createMemoryLog();
  let world: World;
  let turn = 0;

  beforeAll(async () => {
    world = legalWorld(log);
    await world.deploy([
      { name: 'p.bpmn', text: process },
      ...[report, receipt].map((form) => ({ name: `forms/${form.id}.json`, text: JSON.stringify(form) })),
    ]);
  });
  afterAll(() => world.close());

  const asked = () => ({
    principal: world.inRole('DESK_OPERATOR'),
    ...{ route: 'test', idempotencyKey: String(turn++) },
  });
  const asStart = (variables: object) =>
    ({ process: 'p', comune: 'c_mondo', message: 'report', variables: variables as never }) as const;
  const begun = async (): Promise<string> => {
    const outcome = await world.cases.start({ ...asStart({ seen: 'ieri' }), ...asked() });
    if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome));
    return outcome.caseId;
  };
  const register = (caseId: string, variables: object, message = 'receipt') =>
    world.cases.execute({
      caseId,
      ...asked(),
      command: {
        ...{ type: 'RegisterIncoming', message, protocolNo: '7/2026', receivedOn: '2026-03-10' },
        ...{ sender: 'M-1', documents: [], note: '', variables: variables as never },
      },
    });
  const variablesOf = async (caseId: string) => {
    const read = await world.cases.readState({ caseId, principal: world.inRole('DESK_OPERATOR') });
    return read.outcome === 'read' ? read.state.root.variables : null;
  };

  it('is corrected as its form would have it', async () => {
    const caseId = await begun();
    const correct = (variables: object) =>
      world.cases.execute({
        caseId,
        ...asked(),
        principal: world.inRole('DESK_SUPERVISOR'),
        command: { type: 'RectifyCase', variables: variables as never, reason: 'errore di battitura' },
      });
    const refused = (pointer: string, code: string) => ({
      outcome: 'rejected',
      rejection: { code: 'form-invalid', errors: [{ pointer, code }] },
    });
    expect(await correct({ seen: '' })).toMatchObject(refused('/variables/seen', 'required'));
    expect(await correct({ seen: 'ieri l’altro' })).toMatchObject({ outcome: 'done' });
    await register(caseId, { receivedAt: '2026-03-09' });
    for (const [receivedAt, code] of [
      ['2026-03-11', 'too-late'],
      ['ieri', 'not-a-date'],
    ] as const)
      expect(await correct({ receivedAt })).toMatchObject(refused('/variables/receivedAt', code));
    expect(await correct({ receivedAt: '2026-03-08' })).toMatchObject({ outcome: 'done' });
    expect(await variablesOf(caseId)).toMatchObject({ seen: 'ieri l’altro', receivedAt: '2026-03-08' });
  });

  it('is judged by the form of the message, and nothing happens when it is wrong', async () => {
    const caseId = await begun();
    for (const [given, pointer, code] of [
      [{}, '/variables/receivedAt', 'required'],
      [{ receivedAt: '2026-03-11' }, '/variables/receivedAt', 'too-late'],
      [{ receivedAt: '2026-03-09', more: 1 }, '/variables/more', 'field-unknown'],
    ] as const) {
      expect(await register(caseId, given)).toMatchObject({
        outcome: 'rejected',
        rejection: { code: 'form-invalid', errors: [{ pointer, code }] },
      });
    }
    expect(await variablesOf(caseId)).toEqual({ seen: 'ieri' });
    expect(await register(caseId, { receivedAt: '2026-03-09' })).toMatchObject({ outcome: 'done' });
    expect(await variablesOf(caseId)).toMatchObject({ deliveredAt: '2026-03-09', no: '7/2026' });
  });

  it('brings what is given where the process declares no form', async () => {
    const caseId = await begun();
    expect(await register(caseId, { anything: 1 }, 'memo')).toMatchObject({ outcome: 'done' });
    expect(await variablesOf(caseId)).toMatchObject({ anything: 1 });
  });

  it('begins a case only when its form and the rules of the process would have it', async () => {
    const start = (variables: object, isRegistered: boolean) =>
      world.cases.start({ ...asStart(variables), isRegistered, ...asked() });
    expect(await start({}, true)).toMatchObject({
      rejection: { code: 'form-invalid', errors: [{ pointer: '/variables/seen', code: 'required' }] },
    });
    expect(await start({ seen: 'anno scorso' }, true)).toMatchObject({
      rejection: { code: 'refused-by-process' },
    });
    expect(await start({ seen: 'ieri' }, true)).toMatchObject({ outcome: 'done' });
    // What another system sends is typed in by nobody.
    expect(await start({ other: 1 }, false)).toMatchObject({ outcome: 'done' });
  });

  it('begins none by a message that is sent either, whether it is for one process or published', async () => {
    const send = (variables: object, correlationKey: string | null, timeToLive?: string) =>
      world.messages.send({
        ...{ name: 'report', comune: 'c_mondo', correlationKey, variables: variables as never, ...asked() },
        ...(timeToLive !== undefined && { timeToLive }),
      });
    const wrong = {
      rejection: { code: 'form-invalid', errors: [{ pointer: '/variables/seen', code: 'required' }] },
    };
    const position = await log.lastPosition();
    for (const key of [null, 'C-1']) expect(await send({}, key)).toMatchObject(wrong);
    expect(await log.lastPosition()).toEqual(position);
    expect(await send({ seen: 'ieri' }, null)).toMatchObject({ outcome: 'done' });
    expect(await send({ seen: 'ieri' }, 'C-1')).toMatchObject({ outcome: 'published' });
  });

  it('is kept for a time that can be read, also where a case is named', async () => {
    const send = (timeToLive: string) =>
      begun().then((caseId) =>
        world.messages.send({
          ...{ name: 'memo', caseId, correlationKey: null, variables: {}, timeToLive, ...asked() },
        }),
      );
    expect(await send('soon')).toMatchObject({ rejection: { code: 'date-invalid' } });
    expect(await send('PT0S')).toMatchObject({ outcome: 'done' });
  });

  it('can be asked about first: the same judge, and nothing is appended', async () => {
    const caseId = await begun();
    const position = await log.lastPosition();
    const principal = world.inRole('DESK_OPERATOR');
    const check = (variables: object, message = 'receipt', by = principal, cover = {}) =>
      world.cases.checkIncoming({
        ...{ caseId, principal: by, message, cover, variables: variables as never },
      });
    expect(await check({})).toMatchObject({
      errors: [{ pointer: '/variables/receivedAt', code: 'required' }],
    });
    expect(await check({ receivedAt: '2026-03-09' })).toEqual({ outcome: 'read', errors: [], terms: [] });
    expect(
      await check({ receivedAt: '2026-03-09' }, 'receipt', principal, { receivedOn: '2026-03-12' }),
    ).toMatchObject({ errors: [{ pointer: '/receivedOn', code: 'date-in-the-future' }] });
    expect(await check({}, 'never')).toMatchObject({ rejection: { code: 'message-not-awaited' } });
    expect(await check({}, 'receipt', world.inRole('AUDITOR'))).toMatchObject({ outcome: 'rejected' });
    expect(await world.cases.checkStart({ ...asStart({}), isRegistered: true, principal })).toMatchObject({
      errors: [{ pointer: '/variables/seen' }],
    });
    expect(await log.lastPosition()).toEqual(position);
  });
});
