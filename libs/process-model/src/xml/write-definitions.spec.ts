import { describe, expect, it } from '@jest/globals';
import { readDefinitions } from './read-definitions.ts';
import { writeDefinitions } from './write-definitions.ts';

const rewrite = async (xml: string): Promise<string> => writeDefinitions(await readDefinitions(xml));

// That all is written back is proven in test/conformance, by a reader of its own; here, how it is set.
describe('writing definitions', () => {
  it('sets elements on lines of their own, in the order of the schema, and keeps text as it is', async () => {
    const written = await rewrite(
      `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:a="urn:a" targetNamespace="urn:t" a:x='"&#10;'>
         <process isExecutable="1" id="p"><task id="t" startQuantity="1">
           <outgoing>f</outgoing><extensionElements><a:x>one <a:b/>two</a:x></extensionElements></task>
           <sequenceFlow id="f" sourceRef="t" targetRef="gone"><conditionExpression xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="tExpression">a &lt; b</conditionExpression></sequenceFlow>
         </process></definitions>`,
    );
    expect(written).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:a="urn:a" targetNamespace="urn:t" a:x="&quot;&#10;">
  <process id="p" isExecutable="true">
    <task id="t" startQuantity="1">
      <extensionElements>
        <a:x>one <a:b/>two</a:x>
      </extensionElements>
      <outgoing>f</outgoing>
    </task>
    <sequenceFlow id="f" sourceRef="t" targetRef="gone">
      <conditionExpression xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="tExpression">a &lt; b</conditionExpression>
    </sequenceFlow>
  </process>
</definitions>
`);
  });

  it('declares the prefixes that a change brings', async () => {
    const definitions = await readDefinitions(
      '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:t"><process id="p"><extensionElements/></process></definitions>',
    );
    const [process] = definitions.root['rootElements'] as [{ extensionElements: { values: unknown[] } }];
    const model = definitions.root.$model as unknown as {
      create(type: string, properties: object): unknown;
    };
    process.extensionElements.values = [model.create('zeebe:VersionTag', { value: '2' })];
    expect(writeDefinitions(definitions)).toContain(
      '<zeebe:versionTag xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" value="2"/>',
    );
  });

  it.each([
    ['another vocabulary', '<definitions xmlns="urn:other"/>'],
    ['no XML', 'BPMN'],
  ])('has nothing to write of %s', async (_, xml) => {
    await expect(readDefinitions(xml)).rejects.toThrow();
  });
});
