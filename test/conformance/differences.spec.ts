import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compare, rewritings, sample } from './testing.ts';
import { NotXml, readXmlTree } from './xml-tree.ts';

/** The sample with one place written otherwise. */
function changed(from: string | RegExp, to: string): string {
  const after = sample.replace(from, to);
  if (after === sample) throw new Error(`The sample has no ${String(from)}.`);
  return after;
}

describe('what differs', () => {
  it('is nothing between a file and itself', () => expect(compare(sample, sample)).toEqual([]));

  it.each<[string, string | RegExp, string, string, string]>([
    ['an attribute changed', 'name="Check"', 'name="Chck"', 'attribute-changed', '@name'],
    ['an attribute lost', ' exporter="by hand"', '', 'attribute-missing', '@exporter'],
    ['an attribute added', 'id="s"', 'id="s" name="new"', 'attribute-added', '@name'],
    ['a reference turned', 'targetRef="e"', 'targetRef="s"', 'attribute-changed', '@targetRef'],
    ['the default flow lost', ' default="f2"', '', 'attribute-missing', '@default'],
    ['an id lost', '<bpmn:message id="m"', '<bpmn:message', 'attribute-missing', '@id'],
    [
      'an attribute away from its default',
      'id="t"',
      'id="t" startQuantity="2"',
      'attribute-changed',
      '@startQuantity',
    ],
    ['an element lost', /<bpmn:textAnnotation.*/, '', 'element-missing', 'bpmn:textAnnotation#a'],
    ['an element of another type', /userTask/g, 'manualTask', 'element-missing', 'bpmn:userTask#t'],
    [
      'an element added',
      '<bpmn:endEvent',
      '<bpmn:task id="x"/><bpmn:endEvent',
      'element-added',
      'bpmn:task#x',
    ],
    [
      'an event definition lost',
      '<bpmn:messageEventDefinition messageRef="m"/>',
      '',
      'element-missing',
      'bpmn:messageEventDefinition',
    ],
    ['an import lost', /<bpmn:import .*/, '', 'element-missing', 'bpmn:import'],
    [
      'a reference to elsewhere lost',
      ' structureRef="other:Thing"',
      '',
      'attribute-missing',
      '@structureRef',
    ],
    [
      'a prefix bound to another namespace',
      'xmlns:other="urn:other"',
      'xmlns:other="urn:another"',
      'attribute-changed',
      '@structureRef',
    ],
    [
      'the type of a condition lost',
      ' xsi:type="bpmn:tFormalExpression"',
      '',
      'attribute-missing',
      '@xsi:type',
    ],
    ['the text of a condition', '>again<', '>Again<', 'text-changed', 'text'],
    ['documentation', 'What it is for', 'What it is  for', 'text-changed', 'text'],
    [
      'the order of incoming flows',
      /(<bpmn:incoming>f1<.*)\n\s*(<bpmn:incoming>f3<.*)/,
      '$2$1',
      'order-changed',
      'children',
    ],
    [
      'the order of flow nodes',
      /(<bpmn:startEvent[\s\S]*<\/bpmn:startEvent>)([\s\S]*<\/bpmn:userTask>)/,
      '$2$1',
      'order-changed',
      'children',
    ],
    [
      'the order of extensions',
      /(<zeebe:input .*\/>)(<zeebe:input .*?\/>)/,
      '$2$1',
      'order-changed',
      'children',
    ],
    ['an extension lost', '<zeebe:versionTag value="1.0"/>', '', 'element-missing', 'zeebe:versionTag'],
    ['an extension’s value: no number to us', 'value="1.0"', 'value="1"', 'attribute-changed', '@value'],
    ['the text of an extension', ' first<', ' last<', 'text-changed', 'text'],
    [
      'text that left its place',
      'read <other:b>this</other:b> first',
      'read  first<other:b>this</other:b>',
      'text-changed',
      'text',
    ],
    ['a blank between words', '</other:b> first', '</other:b>first', 'text-changed', 'text'],
    ['an attribute of an extension', ' level="2"', '', 'attribute-missing', '@level'],
    [
      'a colour',
      ' bioc:fill="#ffcccc"',
      '',
      'attribute-missing',
      '@{http://bpmn.io/schema/bpmn/biocolor/1.0}fill',
    ],
    ['the second diagram', /<bpmndi:BPMNDiagram id="d2".*/, '', 'element-missing', 'bpmndi:BPMNDiagram#d2'],
    ['a place', 'x="10"', 'x="11"', 'attribute-changed', '@x'],
    [
      'the order of waypoints',
      /(<di:waypoint.*\/>)(<di:waypoint.*?\/>)/,
      '$2$1',
      'order-changed',
      'children',
    ],
  ])('finds %s', (_, from, to, kind, name) => {
    expect(compare(sample, changed(from, to))).toContainEqual(expect.objectContaining({ kind, name }));
  });

  it('says where, and what it was', () => {
    expect(compare(sample, changed('name="Check"', 'name="Chck"'))).toEqual([
      {
        kind: 'attribute-changed',
        path: '/bpmn:definitions#d/bpmn:process#p/bpmn:userTask#t',
        name: '@name',
        before: 'Check',
        after: 'Chck',
      },
    ]);
  });

  it('reads the prefixes that an expression mentions', () => {
    const file = (uri: string): string => changed('>again<', '>other:ready()<').replace('urn:other', uri);
    expect(compare(file('urn:other'), file('urn:another')).map(({ kind }) => kind)).toContain('text-changed');
  });

  it.each<[string, string | RegExp, string]>([
    ['a repeated default', 'id="t"', 'id="t" startQuantity="1" isForCompensation="false"'],
    ['another form of true', 'isExecutable="true"', 'isExecutable=" 1 "'],
    ['another form of a number', 'x="10"', 'x="10.0"'],
    ['an exponent', 'x="10"', 'x="1e1"'],
    ['another kind of quotes', 'name="Check"', "name='Check'"],
    ['a character reference', 'Mind the gap', 'Mind&#x20;the g&#97;p'],
    ['CDATA', 'Mind the gap', '<![CDATA[Mind ]]>the gap'],
    ['a comment', 'Mind the', 'Mind <!-- ! -->the'],
    ['an end of line in an attribute, which XML reads as a blank', 'by hand', 'by\r\nhand'],
    [
      'the order of what the schema orders',
      /(<bpmn:incoming>f1[\s\S]*?)(<bpmn:outgoing>f2.*\s*<bpmn:outgoing>f3.*)/,
      '$2$1',
    ],
    [
      'the type that a condition would have anyhow',
      '<di:waypoint x="0"',
      '<di:waypoint xsi:type="dc:Point" x="0"',
    ],
  ])('does not mind %s', (_, from, to) => expect(compare(sample, changed(from, to))).toEqual([]));
});

describe('in general', () => {
  it('nothing differs after any change of prefixes, blanks and the order of attributes', () => {
    fc.assert(
      fc.property(rewritings, (rewritten) => expect(compare(sample, rewritten)).toEqual([])),
      { numRuns: 100 },
    );
  });

  it('each attribute, element and text that is lost is found', () => {
    const spare = [
      ...Array.from(sample.matchAll(/ (?!xmlns)[\w:]+="[^"]*"/g)),
      ...Array.from(sample.matchAll(/<[\w:]+[^<>]*\/>/g)),
      ...Array.from(sample.matchAll(/<bpmn:(?:incoming|outgoing|text|documentation)>.*?<\/[^>]*>/g)),
      ...Array.from(sample.matchAll(/(?<=>)[^<>\s][^<>]*(?=<)/g)),
    ].filter(({ index }) => index > sample.indexOf('xmlns:xsi'));
    expect(spare.length).toBeGreaterThan(70);
    for (const { 0: lost, index } of spare) {
      const after = sample.slice(0, index) + sample.slice(index + lost.length);
      expect({ lost, found: compare(sample, after).length > 0 }).toEqual({ lost, found: true });
    }
  });
});

describe('the independent reader', () => {
  it.each([
    ['an unclosed element', '<a><b></a>'],
    ['an undeclared prefix', '<a:b/>'],
    ['an undeclared prefix of an attribute', '<a b:c="1"/>'],
    ['an undeclared entity', '<a>&nbsp;</a>'],
    ['an entity with a name that JavaScript knows', '<a>&constructor;</a>'],
    ['a lone ampersand', '<a b="x & y"/>'],
    ['an attribute given twice', '<a b="1" b="2"/>'],
    ['a document type', '<!DOCTYPE a><a/>'],
    ['nothing', ''],
  ])('refuses %s', (_, xml) => expect(() => readXmlTree(xml)).toThrow(NotXml));

  it('reads characters of any width, and blanks of attributes as XML says', () => {
    const { attributes, content } = readXmlTree('<a b="1\n2&#10;3">&#x1F600;\r\n<![CDATA[&amp;]]></a>');
    expect(attributes[0]?.value).toBe('1 2\n3');
    expect(content).toEqual(['😀\n&amp;']);
  });
});
