import { describe } from '@jest/globals';
import { around, flows, start, sub, user } from '../testing/bpmn.ts';
import { refuses } from '../testing/parsing.ts';

const shape = (id: string, attributes = ''): string =>
  `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}" ${attributes}><dc:Bounds x="0" y="0" width="1" height="1"/></bpmndi:BPMNShape>`;
const edge = (id: string): string =>
  `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}"><di:waypoint x="0" y="0"/><di:waypoint x="1" y="1"/></bpmndi:BPMNEdge>`;
/** The process `p` with `inside`, drawn by these shapes. */
const drawn = (inside: string, lines: readonly string[], ...shapes: readonly string[]): string =>
  around(inside, ...lines)
    .replace(
      'xmlns:other="urn:other"',
      'xmlns:other="urn:other" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"',
    )
    .replace(
      '</bpmn:definitions>',
      `<bpmndi:BPMNDiagram id="di"><bpmndi:BPMNPlane id="plane" bpmnElement="p">${shapes.join('')}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>`,
    );
const all = [shape('s'), shape('t'), shape('e'), edge('s_t'), edge('t_e')];
const inner = sub('x', start('a') + user('u') + flows('a -> u'));

describe('a diagram shows', () => {
  refuses([
    [
      'every element',
      drawn('', [], ...all),
      drawn('', [], ...all.filter((it) => !it.includes('"t"'))),
      ['t diagram-incomplete'],
    ],
    [
      'every flow',
      drawn('', [], ...all),
      drawn('', [], ...all.filter((it) => !it.includes('"t_e"'))),
      ['t_e diagram-incomplete'],
    ],
    [
      'elements where they are',
      drawn('', [], ...all),
      drawn('', [], shape('s').replace(/<dc:Bounds[^>]*>/, ''), ...all.slice(1)),
      ['s diagram-incomplete'],
    ],
    [
      'the inside of a sub-process that is open',
      drawn(
        inner,
        ['t -> x'],
        ...all,
        edge('t_x'),
        shape('x', 'isExpanded="true"'),
        shape('a'),
        shape('u'),
        edge('a_u'),
      ),
      drawn(inner, ['t -> x'], ...all, edge('t_x'), shape('x', 'isExpanded="true"')),
      ['a diagram-incomplete', 'u diagram-incomplete', 'a_u diagram-incomplete'],
    ],
    [
      'not what a closed sub-process keeps to itself',
      drawn(inner, ['t -> x'], ...all, edge('t_x'), shape('x')),
      drawn(inner, ['t -> x'], ...all, edge('t_x'), shape('x'), shape('a')),
      ['u diagram-incomplete', 'a_u diagram-incomplete'],
    ],
    [
      'elements that exist',
      drawn('', [], ...all),
      drawn('', [], ...all, shape('gone')),
      ['gone_di dangling-reference'],
    ],
  ]);
});
