import { describe } from '@jest/globals';
import {
  among,
  around,
  bpmn,
  caught,
  element,
  message,
  speech,
  start,
  task,
  terminate,
  timer,
  user,
} from '../testing/bpmn.ts';
import { refuses } from '../testing/parsing.ts';

/** Two pools: the process `p`, and `q` which only explains. */
const pools = (messageFlows: string, inside = ''): string =>
  around(inside)
    .replace(
      '<bpmn:process id="p"',
      `<bpmn:collaboration id="c"><bpmn:participant id="P" processRef="p"/><bpmn:participant id="Q" processRef="q"/><bpmn:participant id="R"/>${messageFlows}</bpmn:collaboration><bpmn:process id="p"`,
    )
    .replace(
      '</bpmn:definitions>',
      `<bpmn:process id="q">${task('v')}${start('qs')}${element('endEvent', 'qe')}${element('exclusiveGateway', 'qg')}</bpmn:process></bpmn:definitions>`,
    );
const messageFlow = (source: string, target: string): string =>
  `<bpmn:messageFlow id="f" sourceRef="${source}" targetRef="${target}"/>`;
const wrong = (source: string, target: string, ...rules: readonly string[]) =>
  [
    `not from ${source} to ${target}`,
    pools(messageFlow('t', 'v')),
    pools(messageFlow(source, target)),
    rules.map((rule) => `f ${rule}`),
  ] as const;

describe('a message flow leads from one participant to another', () => {
  refuses([
    wrong('t', 'e', 'message-flow-same-pool', 'message-flow-end'),
    wrong('t', 's', 'message-flow-same-pool'),
    wrong('P', 't', 'message-flow-same-pool'),
    wrong('P', 'qe', 'message-flow-end'),
    wrong('qs', 't', 'message-flow-end'),
    wrong('qg', 't', 'message-flow-end'),
    [
      'and an empty pool may be an end',
      pools(messageFlow('R', 'v')),
      pools(messageFlow('R', 'qg')),
      ['f message-flow-end'],
    ],
    [
      'from events of messages only',
      pools(messageFlow('v', 'i'), caught('i', message('m')))
        .replace('<bpmn:process id="p"', `${speech}<bpmn:process id="p"`)
        .replace(
          '</bpmn:process>',
          '<bpmn:sequenceFlow id="ti" sourceRef="t" targetRef="i"/><bpmn:sequenceFlow id="ie" sourceRef="i" targetRef="e"/></bpmn:process>',
        ),
      pools(messageFlow('v', 'i'), caught('i', timer('Duration', 'P1D'))).replace(
        '</bpmn:process>',
        '<bpmn:sequenceFlow id="ti" sourceRef="t" targetRef="i"/><bpmn:sequenceFlow id="ie" sourceRef="i" targetRef="e"/></bpmn:process>',
      ),
      ['f message-flow-end'],
    ],
  ]);
});

describe('a reference', () => {
  refuses([
    [
      'leads to what it wants',
      among(speech, caught('i', message('m')), 't -> i -> e'),
      among(speech, caught('i', message('er')), 't -> i -> e'),
      ['i reference-type', 'i message-missing'],
    ],
    [
      'leads somewhere',
      among(speech, caught('i', message('m')), 't -> i -> e'),
      among(speech, caught('i', message('gone')), 't -> i -> e'),
      ['i dangling-reference', 'i message-missing'],
    ],
    [
      'to a data object leads to one',
      around('<bpmn:dataObject id="o"/><bpmn:dataObjectReference id="r" dataObjectRef="o"/>'),
      around('<bpmn:dataObject id="o"/><bpmn:dataObjectReference id="r" dataObjectRef="t"/>'),
      ['r reference-type'],
    ],
  ]);
});

describe('a lane', () => {
  const lanes = (...held: readonly (readonly string[])[]): string =>
    `<bpmn:laneSet id="ls">${held.map((ids, i) => `<bpmn:lane id="l${i}">${ids.map((id) => `<bpmn:flowNodeRef>${id}</bpmn:flowNodeRef>`).join('')}</bpmn:lane>`).join('')}</bpmn:laneSet>`;
  const other = (xml: string): string =>
    xml.replace('</bpmn:definitions>', `<bpmn:process id="q">${task('v')}</bpmn:process></bpmn:definitions>`);
  refuses([
    [
      'holds elements of its own process',
      other(around(lanes(['t'], ['s', 'e']))),
      other(around(lanes(['t', 'v'], ['s', 'e']))),
      ['l0 lane-node'],
    ],
    [
      'shares no element with another',
      around(lanes(['t'], ['s', 'e'])),
      around(lanes(['t'], ['s', 't'])),
      ['t lane-node'],
    ],
    [
      'may show its elements also in lanes inside it',
      around(
        '<bpmn:laneSet id="ls"><bpmn:lane id="a"><bpmn:flowNodeRef>t</bpmn:flowNodeRef><bpmn:childLaneSet id="cs"><bpmn:lane id="b"><bpmn:flowNodeRef>t</bpmn:flowNodeRef></bpmn:lane><bpmn:lane id="bb"/></bpmn:childLaneSet></bpmn:lane></bpmn:laneSet>',
      ),
      around(
        '<bpmn:laneSet id="ls"><bpmn:lane id="a"><bpmn:childLaneSet id="cs"><bpmn:lane id="b"><bpmn:flowNodeRef>t</bpmn:flowNodeRef></bpmn:lane><bpmn:lane id="bb"><bpmn:flowNodeRef>t</bpmn:flowNodeRef></bpmn:lane></bpmn:childLaneSet></bpmn:lane></bpmn:laneSet>',
      ),
      ['t lane-node'],
    ],
  ]);
});

describe('a file', () => {
  const extension = (attributes: string): string =>
    bpmn(
      [
        start(),
        user('t'),
        element('endEvent', 'e', terminate),
        '<bpmn:sequenceFlow id="a" sourceRef="s" targetRef="t"/><bpmn:sequenceFlow id="b" sourceRef="t" targetRef="e"/>',
      ].join(''),
      `<bpmn:extension ${attributes}/>`,
    );
  refuses([
    [
      'is not read without what it says must be understood',
      extension('definition="other:x"').replace(' definition="other:x"', ''),
      extension('mustUnderstand="true"'),
      ['definitions unsupported-extension'],
    ],
  ]);
});
