import { describe } from '@jest/globals';
import {
  around,
  bpmn,
  element,
  end,
  escalation,
  eventSub,
  flows,
  loop,
  speech,
  start,
  sub,
  task,
  times,
  user,
} from '../testing/bpmn.ts';
import { refuses, warns } from '../testing/parsing.ts';

const repeated = (inside: string): string => around(user('u', inside), 't -> u');
const items = (attributes: string): string =>
  loop(`<bpmn:extensionElements><zeebe:loopCharacteristics ${attributes}/></bpmn:extensionElements>`);
const standard = (inside: string, attributes = ''): string =>
  `<bpmn:standardLoopCharacteristics ${attributes}>${inside}</bpmn:standardLoopCharacteristics>`;
const condition = (text: string): string => `<bpmn:loopCondition>${text}</bpmn:loopCondition>`;
const quantity = (attributes: string): string => around(user('u', '', attributes), 't -> u');

describe('a quantity', () => {
  refuses([
    [
      'of tokens to begin with is at least 1',
      quantity('startQuantity="2"'),
      quantity('startQuantity="0"'),
      ['u quantity'],
    ],
    [
      'of tokens at the end is at least 1',
      quantity('completionQuantity="3"'),
      quantity('completionQuantity="-1"'),
      ['u quantity'],
    ],
    [
      'is a whole number',
      quantity('startQuantity="1"'),
      quantity('startQuantity="2x"'),
      ['u attribute-value'],
    ],
  ]);
});

describe('a loop', () => {
  refuses([
    ['has an end', repeated(standard(condition('x &lt; 3'))), repeated(standard('')), ['u loop-endless']],
    [
      'has an end when its condition always holds',
      repeated(standard(condition('true'), 'loopMaximum="3"')),
      repeated(standard(condition('true'))),
      ['u loop-endless'],
    ],
    [
      'goes round as often as its maximum',
      repeated(standard('', 'loopMaximum="0"')),
      repeated(standard('', 'loopMaximum="-1"')),
      ['u loop-maximum'],
    ],
    [
      'has a condition that is true or false',
      repeated(standard(condition('x'))),
      repeated(standard(condition('3'))),
      ['u constant-type'],
    ],
    [
      'does not stand on an event sub-process',
      bpmn([start(), user('t'), flows('s -> t'), eventSub('x', escalation('esc'))].join(''), speech),
      bpmn(
        [
          start(),
          user('t'),
          flows('s -> t'),
          sub(
            'x',
            `${loop(times('2'))}${start('a', escalation('esc'))}${user('v')}${flows('a -> v')}`,
            'triggeredByEvent="true"',
          ),
        ].join(''),
        speech,
      ),
      ['x loop-not-allowed'],
    ],
  ]);
});

describe('a multi-instance activity', () => {
  refuses([
    ['says how many', repeated(loop(times('n'))), repeated(loop('')), ['u loop-cardinality']],
    ['is not negative', repeated(loop(times('0'))), repeated(loop(times('-1'))), ['u loop-cardinality']],
    ['is a whole number', repeated(loop(times('3'))), repeated(loop(times('2.5'))), ['u loop-cardinality']],
    [
      'is not without measure',
      repeated(loop(times('10000'))),
      repeated(loop(times('1000000000'))),
      ['u loop-cardinality'],
    ],
    [
      'goes by a number or by a collection',
      repeated(items('inputCollection="=xs"')),
      repeated(items('inputCollection="=xs"').replace('</bpmn:multi', `${times('3')}</bpmn:multi`)),
      ['u loop-cardinality'],
    ],
    [
      'goes through a list',
      repeated(items('inputCollection="=xs" inputElement="x"')),
      repeated(items('inputCollection="xs" inputElement="x"')),
      ['u loop-collection'],
    ],
    [
      'takes items from a collection',
      repeated(items('inputCollection="=xs" inputElement="x"')),
      repeated(items('inputElement="x"').replace('</bpmn:multi', `${times('3')}</bpmn:multi`)),
      ['u loop-collection'],
    ],
    [
      'collects something',
      repeated(items('inputCollection="=xs" outputCollection="ys" outputElement="=y"')),
      repeated(items('inputCollection="=xs" outputCollection="ys"')),
      ['u loop-output'],
    ],
    [
      'names its item as a variable',
      repeated(items('inputCollection="=xs" inputElement="x"')),
      repeated(items('inputCollection="=xs" inputElement="x.y"')),
      ['u variable-name'],
    ],
    [
      'throws under conditions what its behaviour names',
      repeated(loop(times('3'), 'behavior="All"')),
      repeated(loop(times('3'), 'behavior="Complex"')),
      ['u loop-behavior'],
    ],
    [
      'behaves in one of four ways',
      repeated(loop(times('3'), 'behavior="All"')),
      repeated(loop(times('3'), 'behavior="Some"')),
      ['u attribute-value'],
    ],
    [
      'says its items once',
      repeated(items('inputCollection="=xs" inputElement="x"')),
      repeated(
        items('inputCollection="=xs"').replace(
          '</bpmn:multi',
          '<bpmn:inputDataItem id="di" name="x"/></bpmn:multi',
        ),
      ),
      ['u loop-ambiguous'],
    ],
  ]);
  warns([
    [
      'names what one instance throws',
      repeated(loop(times('3'), 'behavior="All"')),
      repeated(loop(times('3'), 'behavior="One"')),
      ['u loop-behavior'],
    ],
    [
      'names what every instance throws',
      repeated(loop(times('3'), 'behavior="All"')),
      repeated(loop(times('3'), 'behavior="None"')),
      ['u loop-behavior'],
    ],
  ]);
});

describe('an ad-hoc sub-process', () => {
  const adHoc = (inside: string): string => around(element('adHocSubProcess', 'x', inside), 't -> x');
  refuses([
    ['holds an activity', adHoc(task('a')), adHoc(''), ['x ad-hoc-content']],
    [
      'has no start event',
      adHoc(task('a')),
      adHoc(task('a') + start('b') + flows('b -> a')),
      ['b ad-hoc-content'],
    ],
    [
      'has no end event',
      adHoc(task('a')),
      adHoc(task('a') + end('b') + flows('a -> b')),
      ['b ad-hoc-content'],
    ],
    [
      'orders its activities in one of two ways',
      adHoc(task('a')),
      adHoc(task('a')).replace('id="x"', 'id="x" ordering="Any"'),
      ['x attribute-value'],
    ],
  ]);
});

describe('what is called', () => {
  const call = (inside: string, attributes = ''): string =>
    around(element('callActivity', 'c', inside, attributes), 't -> c');
  const decide = (inside: string): string => around(element('businessRuleTask', 'c', inside), 't -> c');
  refuses([
    ['has a name', call('', 'calledElement="q"'), call(''), ['c called-element-missing']],
    [
      'is named by a text',
      call('+<zeebe:calledElement processId="=p"/>'),
      call('+<zeebe:calledElement processId="=3"/>'),
      ['c constant-type'],
    ],
    [
      'is bound in one of three ways',
      call('+<zeebe:calledElement processId="q" bindingType="deployment"/>'),
      call('+<zeebe:calledElement processId="q" bindingType="newest"/>'),
      ['c attribute-value'],
    ],
    [
      'is bound to a tag that is given',
      call('+<zeebe:calledElement processId="q" bindingType="versionTag" versionTag="v1"/>'),
      call('+<zeebe:calledElement processId="q" bindingType="versionTag"/>'),
      ['c version-tag'],
    ],
    [
      'has no business id of its own',
      call('+<zeebe:calledElement processId="q"/>'),
      call('+<zeebe:calledElement processId="q" businessId="=b"/>'),
      ['c unsupported-extension'],
    ],
    [
      'is a decision, or work',
      decide('+<zeebe:calledDecision decisionId="d1" resultVariable="r"/>'),
      decide(''),
      ['c decision-missing'],
    ],
    [
      'is not a decision and work',
      decide('+<zeebe:taskDefinition type="rules"/>'),
      decide(
        '+<zeebe:taskDefinition type="rules"/><zeebe:calledDecision decisionId="d1" resultVariable="r"/>',
      ),
      ['c decision-missing'],
    ],
    [
      'is a decision with an id',
      decide('+<zeebe:calledDecision decisionId="d1" resultVariable="r"/>'),
      decide('+<zeebe:calledDecision resultVariable="r"/>'),
      ['c decision-missing'],
    ],
    [
      'is a decision whose outcome goes somewhere',
      decide('+<zeebe:calledDecision decisionId="d1" resultVariable="r"/>'),
      decide('+<zeebe:calledDecision decisionId="d1"/>'),
      ['c decision-result'],
    ],
  ]);
});
