import { describe, expect, it } from '@jest/globals';
import {
  among,
  around,
  boundary,
  caught,
  element,
  end,
  eventSub,
  gateway,
  signal,
  speech,
  timer,
  user,
} from '../testing/bpmn.ts';
import { problemsOf, refuses, warns } from '../testing/parsing.ts';

const later = (kind: 'Date' | 'Duration' | 'Cycle', value: string): string =>
  around(caught('i', timer(kind, value)), 't -> i -> e');
const cycle = (value: string): string =>
  around(boundary('b', 't', timer('Cycle', value), 'cancelActivity="false"'), 'b -> e');

describe('a timer', () => {
  refuses([
    ...(
      [
        ['Date', '2026-04-15', '2026-02-30'],
        ['Date', '2026-04-15T10:00:00+02:00', '2026-04-15T24:00:00Z'],
        ['Date', '2026-04-15T10:00:00', 'tomorrow'],
        ['Duration', 'P15D', 'P'],
        ['Duration', 'PT2H30M', 'P-1D'],
        ['Duration', '=if x then "P1D" else "P2D"', '15 days'],
        ['Duration', 'P99Y', 'P9999Y'],
      ] as const
    ).map(
      ([kind, sound, broken]) =>
        [
          `${kind} ${sound}, not ${broken}`,
          later(kind, sound),
          later(kind, broken),
          ['i timer-value'],
        ] as const,
    ),
    ...(
      [
        ['R3/P1D', 'R3'],
        ['R/P1D', 'R/PT1S'],
        ['R5/PT1S', 'R5/PT0S'],
        ['R10000/PT1M', 'R1000000/PT1M'],
        ['R3/2026-04-15T10:00:00Z/P1D', 'R3/soon/P1D'],
        ['R1/P5D', 'R0/P5D'],
        ['=rhythm', 'every day'],
      ] as const
    ).map(
      ([sound, broken]) =>
        [`cycle ${sound}, not ${broken}`, cycle(sound), cycle(broken), ['b timer-value']] as const,
    ),
    [
      'says a time',
      later('Date', '=x'),
      around(caught('i', '<bpmn:timerEventDefinition/>'), 't -> i -> e'),
      ['i timer-value'],
    ],
    [
      'among several events is judged as well',
      among(speech, caught('i', signal('sig') + timer('Duration', 'P1D')), 't -> i -> e'),
      among(speech, caught('i', signal('sig') + timer('Duration', 'soon')), 't -> i -> e'),
      ['i timer-value'],
    ],
  ]);
  warns([
    [
      'that happens once needs no cycle',
      later('Duration', 'P1D'),
      later('Cycle', 'R3/P1D'),
      ['i timer-kind'],
    ],
    [
      'that interrupts needs no cycle',
      cycle('R3/P1D'),
      around(boundary('b', 't', timer('Cycle', 'R3/P1D')), 'b -> e'),
      ['b timer-kind'],
    ],
    [
      'of an event sub-process repeats when it does not interrupt',
      around(eventSub('x', timer('Cycle', 'R3/P1D'), 'isInterrupting="false"')),
      around(eventSub('x', timer('Cycle', 'R3/P1D'))),
      ['x_s timer-kind'],
    ],
  ]);
});

describe('what is written out', () => {
  const choice = (condition: string): string =>
    around(gateway('exclusive', 'g') + user('a') + user('b'), `t -> g -> a if ${condition}`, 'g -> b if y');
  const scheduled = (attributes: string): string =>
    around(user('u', `+<zeebe:taskSchedule ${attributes}/>`), 't -> u');
  const priority = (value: string): string =>
    around(user('u', `+<zeebe:priorityDefinition priority="${value}"/>`), 't -> u');
  refuses([
    ['as a condition is true or false', choice('=true'), choice('3'), ['g_a constant-type']],
    [
      'as a name is a text',
      among('<bpmn:signal id="x" name="=&quot;a&quot;"/>', caught('i', signal('x')), 't -> i -> e'),
      among('<bpmn:signal id="x" name="=5"/>', caught('i', signal('x')), 't -> i -> e'),
      ['i constant-type'],
    ],
    [
      'as a due date is a date',
      scheduled('dueDate="2026-04-15T10:00:00Z"'),
      scheduled('dueDate="friday"'),
      ['u constant-type'],
    ],
    [
      'as a follow-up date is a date',
      scheduled('followUpDate="=x"'),
      scheduled('followUpDate="=3"'),
      ['u constant-type'],
    ],
    ['as a priority is 0 to 100', priority('70'), priority('101'), ['u constant-type']],
  ]);
});

describe('an expression', () => {
  const script = (expression: string): string =>
    around(
      element('scriptTask', 'a', `+<zeebe:script expression="${expression}" resultVariable="x"/>`),
      't -> a',
    );
  const condition = (text: string): string => around(end('f'), `t -> f if ${text}`);
  refuses([
    ['is FEEL', script('=1 + a'), script('=1 +'), ['a feel-syntax']],
    ['calls what exists', script('=abs(a)'), script('=uuid()'), ['a feel-unknown-function']],
    ['says something', script('=1'), script('='), ['a expression-empty']],
    ['is short enough', script('=a'), script(`=&quot;${'x'.repeat(2_001)}&quot;`), ['a expression-too-long']],
    [
      'is simple enough',
      script('=((1))'),
      script(`=${'('.repeat(500)}1${')'.repeat(500)}`),
      ['a expression-too-complex'],
    ],
    [
      'is in no other language',
      condition('x'),
      condition('x').replace(
        '<bpmn:conditionExpression',
        '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="groovy"',
      ),
      ['t_f expression-language'],
    ],
    ['is not of Camunda 7', condition('x > 3'), condition('${x > 3}'), ['t_f juel-expression']],
  ]);
  warns([
    [
      'without a result variable gives a context',
      around(element('scriptTask', 'a', '<bpmn:script>{ x: 1 }</bpmn:script>'), 't -> a'),
      around(element('scriptTask', 'a', '<bpmn:script>1</bpmn:script>'), 't -> a'),
      ['a script-result'],
    ],
  ]);

  it('of Camunda 7 is named with its form in FEEL', async () => {
    const [problem] = (await problemsOf(condition('${x > 3 && !done}'))).filter(
      ({ severity }) => severity === 'error',
    );
    expect(problem?.message).toBe(
      'Condition: ${x > 3 && !done} is JUEL, the language of Camunda 7: in FEEL it is "=x > 3 and not(done)".',
    );
  });
});
