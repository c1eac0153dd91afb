import { describe, expect, it } from '@jest/globals';
import { createMemoryLog } from '@iter/event-store/memory';
import { createProcessCatalog } from './catalog.ts';
import { checkEach } from './compile.ts';

const diagram = (mapping: string, form = 'report') => ({
  name: 'p.bpmn',
  text: `<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:iter="urn:iter:bpmn:1"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="x">
  <bpmn:message id="m" name="report"/>
  <bpmn:process id="p" isExecutable="true">
    <bpmn:startEvent id="s"><bpmn:extensionElements>${mapping}
      <iter:incoming message="report" label="Segnalazione" form="${form}"/></bpmn:extensionElements>
      <bpmn:messageEventDefinition id="e" messageRef="m"/></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="t"/><bpmn:userTask id="t"/>
  </bpmn:process>
</bpmn:definitions>`,
});
const output = (source: string) =>
  `<zeebe:ioMapping><zeebe:output source="${source}" target="known"/></zeebe:ioMapping>`;
const form = {
  name: 'forms/report.json',
  text: JSON.stringify({
    ...{ type: 'default', id: 'report' },
    components: [
      { type: 'textfield', key: 'employeeRef', label: 'Dipendente' },
      { type: 'textfield', key: 'protocolNo', label: 'Protocollo' },
    ],
  }),
};

describe('the form of what people register', () => {
  const found = async (files: Parameters<typeof checkEach>[0], rule: string) =>
    [...(await checkEach(files, 'warning')).values()].flat().filter((it) => it.rule === rule);

  it('must be among the files', async () => {
    expect(await found([diagram(''), form], 'form-missing')).toEqual([]);
    expect(await found([diagram('', 'other'), form], 'form-missing')).toEqual([
      expect.objectContaining({ severity: 'warning', element: 's', file: 'p.bpmn' }),
    ]);
  });

  it('is deployed with the process', async () => {
    const catalog = createProcessCatalog({
      log: createMemoryLog(),
      clock: { now: () => '2026-03-06T08:00:00.000Z' },
    });
    const actor = { account: 'gestore', role: 'SYSTEM_OPERATOR', body: 'p_demo' };
    const deployed = await catalog.deploy({ files: [diagram(''), form], actor, tenant: 'p_demo' });
    expect(deployed.deployed).toBe(true);
    expect(catalog.readForm(catalog.find('p')!.hash, 'report')?.fields).toHaveLength(2);
    const missing = await catalog.deploy({ files: [diagram('', 'other')], actor, tenant: 'p_demo' });
    expect(missing).toMatchObject({
      deployed: false,
      problems: expect.arrayContaining([
        expect.objectContaining({ rule: 'form-missing', severity: 'error' }),
      ]),
    });
    await catalog.close();
  });

  it('asks for nothing that the mappings of the event would drop', async () => {
    const lost = async (mapping: string) =>
      (await found([diagram(mapping), form], 'incoming-field-lost')).map(
        ({ severity, element, message }) => `${severity} ${element} ${/«(.*?)»/.exec(message)?.[1]}`,
      );
    expect(await lost('')).toEqual([]);
    expect(await lost(output('=employeeRef'))).toEqual(['warning s protocolNo']);
    expect(await lost(output('={who: employeeRef, no: protocolNo}'))).toEqual([]);
  });
});
