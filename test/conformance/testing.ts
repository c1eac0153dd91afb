import fc from 'fast-check';
import { canonical } from './canonical.ts';
import { differences } from './differences.ts';
import type { Difference } from './differences.ts';
import { readXmlTree } from './xml-tree.ts';
import type { XmlElement } from './xml-tree.ts';

/** What two texts do not have in common. */
export const compare = (before: string, after: string): readonly Difference[] =>
  differences(canonical(readXmlTree(before)), canonical(readXmlTree(after)));

/** A file with a bit of everything that is easily lost. */
export const sample = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bioc="http://bpmn.io/schema/bpmn/biocolor/1.0" xmlns:other="urn:other" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:test" exporter="by hand">
  <bpmn:import importType="http://www.omg.org/spec/DMN/20180521/MODEL/" location="rules.dmn" namespace="urn:rules"/>
  <bpmn:itemDefinition id="item" structureRef="other:Thing"/>
  <bpmn:message id="m" name="paid"/>
  <bpmn:process id="p" isExecutable="true">
    <bpmn:documentation>What it is for</bpmn:documentation>
    <bpmn:extensionElements>
      <zeebe:versionTag value="1.0"/>
      <other:note level="2">read <other:b>this</other:b> first</other:note>
    </bpmn:extensionElements>
    <bpmn:startEvent id="s"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="t" name="Check" default="f2">
      <bpmn:extensionElements><zeebe:ioMapping><zeebe:input source="=a" target="b"/><zeebe:input source="=c" target="d"/></zeebe:ioMapping></bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming>
      <bpmn:incoming>f3</bpmn:incoming>
      <bpmn:outgoing>f2</bpmn:outgoing>
      <bpmn:outgoing>f3</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:endEvent id="e"><bpmn:incoming>f2</bpmn:incoming><bpmn:messageEventDefinition messageRef="m"/></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
    <bpmn:sequenceFlow id="f2" sourceRef="t" targetRef="e"/>
    <bpmn:sequenceFlow id="f3" sourceRef="t" targetRef="t"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">again</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:textAnnotation id="a"><bpmn:text>Mind the gap</bpmn:text></bpmn:textAnnotation>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="d1"><bpmndi:BPMNPlane id="p1" bpmnElement="p"><bpmndi:BPMNShape id="s1" bpmnElement="t" bioc:fill="#ffcccc"><dc:Bounds x="10" y="20" width="100" height="80"/></bpmndi:BPMNShape><bpmndi:BPMNEdge id="e1" bpmnElement="f1"><di:waypoint x="0" y="0"/><di:waypoint x="1.5" y="0"/></bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
  <bpmndi:BPMNDiagram id="d2"><bpmndi:BPMNPlane id="p2" bpmnElement="p"/></bpmndi:BPMNDiagram>
</bpmn:definitions>`;

/** Prints a tree in a way that chance chooses, among those that mean the same. */
function print(
  element: XmlElement,
  chance: () => number,
  prefixes: ReadonlyMap<string, string>,
  isRoot = true,
): string {
  const named = ({ uri, local }: { uri: string; local: string }): string =>
    uri === '' ? local : `${prefixes.get(uri)}:${local}`;
  const requalified = (value: string): string =>
    value.replace(/^(\w+):(?=\w)/, (all, prefix: string) => {
      const uri = element.scope.get(prefix);
      return uri === undefined ? all : `${prefixes.get(uri)}:`;
    });
  const attributes = [
    ...element.attributes.map((it) => `${named(it)}="${requalified(it.value).replaceAll('"', '&quot;')}"`),
    ...(isRoot ? [...prefixes].map(([uri, prefix]) => `xmlns:${prefix}="${uri}"`) : []),
  ]
    .map((it) => ({ it, rank: chance() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ it }) => it);
  const blank = (): string =>
    element.content.some((it) => typeof it === 'string' && it.trim() !== '')
      ? ''
      : (['', '\n', ' \t', '\n\n  '][Math.floor(chance() * 4)] ?? '');
  const content = element.content
    .filter((it) => typeof it !== 'string' || it.trim() !== '')
    .map((it) => blank() + (typeof it === 'string' ? it : print(it, chance, prefixes, false)));
  const start = [named(element), ...attributes].join(chance() < 0.2 ? '\n' : ' ');
  if (content.length === 0 && chance() < 0.5) return `<${start}/>`;
  return `<${start}>${content.join('')}${content.length > 0 ? blank() : ''}</${named(element)}>`;
}

const root = readXmlTree(sample);
const uris = [...new Set(root.scope.values())].filter((uri) => !uri.includes('XML/1998'));
const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), {
  minLength: uris.length,
  maxLength: uris.length,
});

/** The sample with other prefixes, blanks and orders of attributes. */
export const rewritings: fc.Arbitrary<string> = fc
  .tuple(names, fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })))
  .map(([prefixes, stream]) => {
    const bound = new Map(uris.map((uri, i) => [uri, `${prefixes[i]}_`]));
    return print(root, () => Number(stream.next().value), bound);
  });
