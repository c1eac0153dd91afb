import { describe, expect, it } from '@jest/globals';
import { readDefinitions, writeDefinitions } from '@iter/process-model/xml';
import fc from 'fast-check';
import { compare, rewritings, sample } from './testing.ts';
import { bpmnSchema } from './xml-schema.ts';
import type { SchemaType } from './xml-schema.ts';
import { readXmlTree } from './xml-tree.ts';
import type { XmlElement } from './xml-tree.ts';

const namespaces =
  'xmlns:tns="urn:t" xmlns:a="urn:a" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"';

const file = (content: string, attributes = ''): string =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" ${namespaces} targetNamespace="urn:t" ${attributes}>${content}</definitions>`;
const inProcess = (content: string, attributes = ''): string =>
  file(`<process id="p" ${attributes}>${content}</process>`);
const inExtension = (content: string): string =>
  inProcess(`<extensionElements>${content}</extensionElements>`);

async function roundTrip(xml: string): Promise<{ written: string; losses: readonly string[] }> {
  const definitions = await readDefinitions(xml);
  return { written: writeDefinitions(definitions), losses: definitions.losses };
}

/** Elements whose children do not stand as the schema's sequence wants them. */
function outOfOrder(element: XmlElement, type: SchemaType | string | null): readonly string[] {
  const schema = bpmnSchema();
  const nested = element.content.filter((it) => typeof it !== 'string');
  if (type === null || typeof type === 'string') return [];
  const places = nested.map((it) => schema.placeOf(it, type)).filter((place) => place !== -1);
  const below = nested.flatMap((it) => outOfOrder(it, schema.typeOfChild(it, type)));
  return places.every((place, i) => i === 0 || place >= (places[i - 1] ?? 0))
    ? below
    : [element.local, ...below];
}

describe('what is written back', () => {
  it.each<[string, string]>([
    ['a bit of everything', sample],
    [
      'defaults that the file repeats',
      inProcess('<task id="t" startQuantity="1" isForCompensation="false"/>'),
    ],
    [
      'references to what is elsewhere',
      file('<message id="m" itemRef="tns:i"/><itemDefinition id="i" structureRef="xsd:string"/>'),
    ],
    [
      'a list of references, one of them to nowhere',
      inProcess(
        '<task id="t"><incoming>f</incoming><incoming>gone</incoming><incoming>g</incoming></task><sequenceFlow id="f" sourceRef="t" targetRef="t"/><sequenceFlow id="g" sourceRef="t" targetRef="t"/>',
      ),
    ],
    [
      'true written as 1',
      inProcess('<startEvent id="s" isInterrupting=" 0 " parallelMultiple="1"/>', 'isExecutable="1"'),
    ],
    ['1 that is no boolean', inExtension('<a:x isExecutable="1"/>')],
    ['attributes of other namespaces', file('', 'a:x="1" a:y="&#10;&#13;&#9;&lt;&quot;\'&amp;&#x1F600;"')],
    ['blanks in attributes', inProcess('', 'name="two\r\nlines"')],
    [
      'imports, extensions and relationships',
      file(
        '<import namespace="urn:z" location="z" importType="urn:i"/><extension definition="a:e" mustUnderstand="1"><documentation>why</documentation></extension><relationship type="r" direction="None"><source>tns:a</source><target>tns:b</target></relationship>',
      ),
    ],
    [
      'text among elements',
      inExtension('<a:x>one<a:b/> <a:b>two</a:b>three &amp; <![CDATA[<four>]]><a:c> </a:c></a:x>'),
    ],
    ['text that is split', inExtension('<a:x><![CDATA[a ]]]]><![CDATA[> b]]> <!-- c --> d</a:x>')],
    ['text of a no-break space', inExtension('<a:x>&#160;</a:x>')],
    [
      'documentation with markup',
      inProcess(
        '<documentation textFormat="text/html" id="doc">See <h:b xmlns:h="urn:h">bold <h:i>it</h:i></h:b> and &lt;on&gt;</documentation>',
      ),
    ],
    [
      'a prefix of two namespaces',
      inExtension(
        '<a:x k="1"><a:y xmlns:a="urn:b" xmlns:b="urn:a" a:z="2" t:k="3" xmlns:t="urn:t2">x<t:b b:k="4"/><b:c/></a:y></a:x>',
      ),
    ],
    ['a default namespace, and none', inExtension('<x xmlns="urn:x" k="1"><y>1</y><z xmlns=""><w/></z></x>')],
    [
      'elements inside extensions that are called as ours',
      inExtension('<a:x><task name="t">text<userTask/></task></a:x>'),
    ],
    ['empty extension elements', inExtension('')],
    [
      'typed expressions',
      inProcess(
        '<task id="t"><standardLoopCharacteristics testBefore="1" loopMaximum="5"><loopCondition xsi:type="tFormalExpression" language="urn:l">x</loopCondition></standardLoopCharacteristics></task>',
      ),
    ],
    [
      'an expression under its own name',
      inProcess(
        '<userTask id="t"><potentialOwner><resourceAssignmentExpression><formalExpression>x</formalExpression></resourceAssignmentExpression></potentialOwner></userTask>',
      ),
    ],
    [
      'an expression under the general name',
      inProcess(
        '<userTask id="t"><potentialOwner><resourceAssignmentExpression><expression xsi:type="tFormalExpression">x</expression></resourceAssignmentExpression></potentialOwner></userTask>',
      ),
    ],
    [
      'text beside documentation',
      inProcess(
        '<sequenceFlow id="f"><conditionExpression>x > <documentation>why</documentation>1</conditionExpression></sequenceFlow>',
      ),
    ],
    [
      'prefixes that an expression mentions',
      inProcess(
        '<sequenceFlow id="f"><conditionExpression>tns:ready(a:x)</conditionExpression></sequenceFlow>',
      ),
    ],
    [
      'conversations',
      file(
        '<endPoint id="ep"/><collaboration id="c"><participant id="p1"><endPointRef>ep</endPointRef><participantMultiplicity minimum="2"/></participant><participant id="p2"/><messageFlow id="mf" sourceRef="p1" targetRef="p2"/><participantAssociation id="pa"><innerParticipantRef>p1</innerParticipantRef><outerParticipantRef>p2</outerParticipantRef></participantAssociation><conversation id="cv"><participantRef>p1</participantRef><participantRef>p2</participantRef><messageFlowRef>mf</messageFlowRef><correlationKey id="ck"/></conversation></collaboration>',
      ),
    ],
    [
      'global tasks and their bindings',
      file(
        '<interface id="if" name="i"><operation id="op" name="o"><inMessageRef>m</inMessageRef></operation></interface><globalScriptTask id="gs"><supportedInterfaceRef>if</supportedInterfaceRef><ioSpecification><dataInput id="in"/><inputSet id="is"/><outputSet id="os"><dataOutputRefs>x</dataOutputRefs><optionalOutputRefs>y</optionalOutputRefs><inputSetRefs>is</inputSetRefs></outputSet></ioSpecification><ioBinding id="iob" operationRef="op" inputDataRef="is" outputDataRef="os"><documentation>d</documentation></ioBinding><script>x</script></globalScriptTask>',
      ),
    ],
    [
      'what is not in the order of the schema',
      inProcess(
        '<dataObjectReference id="d"><auditing id="au"/><dataState name="s"/></dataObjectReference><intermediateThrowEvent id="l"><linkEventDefinition id="le" name="x"><source>l</source><target>le</target></linkEventDefinition></intermediateThrowEvent>',
      ),
    ],
    [
      'extensions of diagrams',
      file(
        '<bpmndi:BPMNDiagram id="D"><bpmndi:BPMNPlane id="P" bpmnElement="tns:p"><di:extension><a:e>1</a:e></di:extension><bpmndi:BPMNEdge id="e" bpmnElement="f" messageVisibleKind="initiating" a:z="1"><di:waypoint xsi:type="dc:Point" x="1e2" y="30.50"/></bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>',
      ),
    ],
  ])('says the same: %s', async (_, xml) => {
    const { written, losses } = await roundTrip(xml);
    expect(compare(xml, written)).toEqual([]);
    expect(losses).toEqual([]);
    const root = readXmlTree(written);
    expect(outOfOrder(root, bpmnSchema().typeOfRoot(root))).toEqual([]);
    // Written again, it is the very same.
    expect((await roundTrip(written)).written).toBe(written);
  });

  it('says the same however it was put', async () => {
    await fc.assert(
      fc.asyncProperty(rewritings, async (rewritten) => {
        expect(compare(sample, (await roundTrip(rewritten)).written)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('says what it left out', async () => {
    const xml = inExtension('<zeebe:notThere/>');
    const { written, losses } = await roundTrip(xml);
    expect(losses).toEqual([expect.stringContaining('unknown type <zeebe:NotThere>')]);
    expect(compare(xml, written)).toEqual([expect.objectContaining({ name: 'zeebe:notThere' })]);
  });
});
