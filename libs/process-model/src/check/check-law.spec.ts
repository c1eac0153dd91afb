import { describe, expect, it } from '@jest/globals';
import { among, around, element, flows, message, start, sub, timer, user } from '../testing/bpmn.ts';
import { modelOf, refuses, warns } from '../testing/parsing.ts';
import { foreignDeadlines } from './check-deadlines.ts';

const base = '<iter:base name="x" value="=y"/>';
const bearing = (inside: string, attributes = 'id="DL_A" term="a.b"', more = ''): string =>
  around(user('u', `+<iter:deadline ${attributes}>${inside}</iter:deadline>${more}`), 't -> u');
const changing = (attributes: string): string =>
  bearing(base, undefined, `<iter:deadlineChange ${attributes}/>`);
const sound = bearing(base);

describe('a deadline', () => {
  refuses([
    ['runs from something', sound, bearing(''), ['u deadline-base']],
    ['runs from something with a value', sound, bearing('<iter:base name="x"/>'), ['u deadline-base']],
    ['tells its bases apart', sound, bearing(base + base), ['u deadline-base']],
    [
      'has a length or an end set by an act, not both',
      bearing(base, 'id="DL_A" term="a.b" amount="=n"'),
      bearing(base, 'id="DL_A" term="a.b" amount="=n" until="=d"'),
      ['u attribute-value'],
    ],
    ['has a term', sound, bearing(base, 'id="DL_A"'), ['u deadline-term']],
    ['has a name that conditions can read', sound, bearing(base, 'id="DL-A" term="a"'), ['u deadline-id']],
    [
      'is declared once on an element',
      sound,
      bearing(base, undefined, `<iter:deadline id="DL_A" term="a.b">${base}</iter:deadline>`),
      ['u deadline-id'],
    ],
    [
      'is met by an element',
      bearing(`${base}<iter:met by="t"/>`),
      bearing(`${base}<iter:met by="z"/>`),
      ['u deadline-met-by'],
    ],
    [
      'is met by an element of what is called',
      around(
        user('u', `+<iter:deadline id="DL_A" term="a.b">${base}<iter:met by="q/z"/></iter:deadline>`) +
          element('callActivity', 'c', '', 'calledElement="q"'),
        't -> u -> c',
      ),
      bearing(`${base}<iter:met by="q/z"/>`),
      ['u deadline-met-by'],
    ],
    [
      'is changed in one of several ways',
      changing('ref="DL_A" kind="close"'),
      changing('ref="DL_A" kind="stretch"'),
      ['u attribute-value'],
    ],
    [
      'is changed somehow',
      changing('ref="DL_A" kind="close"'),
      changing('ref="DL_A"'),
      ['u deadline-change-kind'],
    ],
    [
      'is changed by its name',
      changing('ref="DL_A" kind="close"'),
      changing('kind="close"'),
      ['u deadline-change-ref'],
    ],
    [
      'is extended by days',
      changing('ref="DL_A" kind="extend" by="=3"'),
      changing('ref="DL_A" kind="extend"'),
      ['u deadline-change-by'],
    ],
    [
      'runs by one term wherever it is declared',
      around(
        user('a', `+<iter:deadline id="DL_A" term="a">${base}</iter:deadline>`) +
          user('b', `+<iter:deadline id="DL_A" term="a">${base}</iter:deadline>`),
        't -> a -> b',
      ),
      around(
        user('a', `+<iter:deadline id="DL_A" term="a">${base}</iter:deadline>`) +
          user('b', `+<iter:deadline id="DL_A" term="b">${base}</iter:deadline>`),
        't -> a -> b',
      ),
      ['b deadline-term'],
    ],
  ]);

  it('that a process does not declare may be declared by its caller', async () => {
    const model = await modelOf(
      around(
        user('a', '+<iter:deadlineChange ref="DL_X" kind="close"/>'),
        't -> a if deadlines.DL_Y.state = "met"',
      ),
    );
    expect(
      foreignDeadlines(model).map(({ element: id, id: deadline, rule }) => [id, deadline, rule]),
    ).toEqual([
      ['a', 'DL_X', 'deadline-change-ref'],
      ['t_a', 'DL_Y', 'deadline-unknown'],
    ]);
    expect(foreignDeadlines(await modelOf(sound))).toEqual([]);
  });
});

describe('who acts', () => {
  const lanes = (role: string, held = 't'): string =>
    `<bpmn:laneSet id="ls"><bpmn:lane id="l">${role}<bpmn:flowNodeRef>${held}</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>`;
  const role = (code: string): string =>
    `<bpmn:extensionElements><iter:role code="${code}"/></bpmn:extensionElements>`;
  refuses([
    ['is a role of capitals', around(lanes(role('UPD'))), around(lanes(role('upd'))), ['l role-code']],
    [
      'is said of every task, where lanes have roles',
      around(lanes(role('UPD'))),
      around(lanes(role('UPD'), 's')),
      ['t lane-role-missing'],
    ],
    [
      'is said of lanes only',
      around(lanes(role('UPD'))),
      around(user('u', '+<iter:role code="UPD"/>'), 't -> u'),
      ['u extension-misplaced'],
    ],
  ]);
  warns([
    [
      'is missing where lanes have no roles',
      around(lanes(role('UPD'))),
      around(lanes('')),
      ['t lane-role-missing'],
    ],
  ]);
});

describe('a rule that refuses', () => {
  const rule = '<iter:refuse code="closed" when="=true" message="No."/>';
  const extended = `<bpmn:extensionElements>${rule}</bpmn:extensionElements>`;
  const named = (name: string, event = message('m')) =>
    among(
      `<bpmn:message id="m" name="${name}"/>`,
      sub(
        'x',
        [start('x_s', extended + event), user('x_t'), flows('x_s -> x_t')].join(''),
        'triggeredByEvent="true"',
      ),
    );
  refuses([
    [
      'stands where others bring a message, not the engine',
      named('asked'),
      named('deadlineMissed'),
      ['x_s refusal-unjudged'],
    ],
    [
      'stands on no timer',
      named('asked'),
      named('asked', timer('Duration', 'P1D')),
      ['x_s refusal-unjudged'],
    ],
  ]);
});

describe('a paper', () => {
  refuses([
    [
      'that is drafted has a template and a variable',
      around(user('u', '+<iter:act template="letter" out="doc"/>'), 't -> u'),
      around(user('u', '+<iter:act template="letter"/>'), 't -> u'),
      ['u act-incomplete'],
    ],
    [
      'is drafted on activation or on completion',
      around(user('u', '+<iter:act template="letter" out="doc" on="completion" when="=sent"/>'), 't -> u'),
      around(user('u', '+<iter:act template="letter" out="doc" on="opening"/>'), 't -> u'),
      ['u attribute-value'],
    ],
    [
      'is drafted by who works or sends',
      around(
        '<bpmn:sendTask id="u"><bpmn:extensionElements><zeebe:taskDefinition type="desk-notice"/><iter:act template="letter" out="doc"/></bpmn:extensionElements></bpmn:sendTask>',
        't -> u',
      ),
      around(
        '<bpmn:task id="u"><bpmn:extensionElements><iter:act template="letter" out="doc"/></bpmn:extensionElements></bpmn:task>',
        't -> u',
      ),
      ['u extension-misplaced'],
    ],
    [
      'that comes in names a message',
      around(user('u', '+<iter:incoming message="hello"/>'), 't -> u'),
      around(user('u', '+<iter:incoming label="Saluto"/>'), 't -> u'),
      ['u incoming-incomplete'],
    ],
  ]);
});
