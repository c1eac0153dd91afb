import { describe, expect, it } from '@jest/globals';
import {
  around,
  association,
  boundary,
  compensation,
  end,
  eventSub,
  flows,
  start,
  sub,
  task,
  thrown,
  user,
} from '../testing/bpmn.ts';
import { errorsOf, refuses } from '../testing/parsing.ts';

const undo = task('undo', '', 'isForCompensation="true"');
const linked = boundary('b', 't', compensation()) + undo + association('b', 'undo');
const throwing = (attributes: string): string => thrown('c', compensation(attributes));

describe('compensation', () => {
  refuses([
    [
      'leads by an association to what undoes',
      around(linked),
      around(boundary('b', 't', compensation())),
      ['b compensation-handler'],
    ],
    [
      'leads to one activity',
      around(linked),
      around(linked + task('more', '', 'isForCompensation="true"') + association('b', 'more')),
      ['b compensation-handler'],
    ],
    [
      'leads to an activity for compensation',
      around(linked),
      around(boundary('b', 't', compensation()) + task('undo') + association('b', 'undo'), 't -> undo'),
      ['b compensation-handler'],
    ],
    [
      'stays within its scope',
      around(linked),
      around(
        boundary('b', 't', compensation()) + sub('x', user('v') + undo) + association('b', 'undo'),
        't -> x',
      ),
      ['b compensation-handler'],
    ],
    ['leads by no flow', around(linked), around(linked, 'b -> e'), ['b compensation-flow']],
    [
      'is the only way to what undoes',
      around(linked),
      around(linked, 't -> undo'),
      ['undo compensation-flow'],
    ],
    ['reaches everything that undoes', around(linked), around(undo), ['undo compensation-handler']],
    [
      'does not undo what undoes',
      around(linked),
      around(
        linked +
          boundary('bb', 'undo', compensation()) +
          task('redo', '', 'isForCompensation="true"') +
          association('bb', 'redo'),
      ),
      ['bb compensation-handler'],
    ],
    [
      'is not an event sub-process by itself',
      around(linked),
      around(
        sub(
          'x',
          start(
            'a',
            '<bpmn:conditionalEventDefinition><bpmn:condition>z</bpmn:condition></bpmn:conditionalEventDefinition>',
          ) +
            user('v') +
            flows('a -> v'),
          'triggeredByEvent="true" isForCompensation="true"',
        ),
      ),
      ['x compensation-handler'],
    ],
    [
      'is thrown for an activity that can be seen',
      around(linked + throwing('activityRef="t"'), 't -> c -> e'),
      around(
        sub('x', user('v') + boundary('bv', 'v', compensation()) + undo + association('bv', 'undo')) +
          throwing('activityRef="v"'),
        't -> x -> c -> e',
      ),
      ['c compensation-scope'],
    ],
    [
      'is thrown from a handler for an activity around it',
      around(
        linked +
          sub(
            'y',
            start(
              'a',
              '<bpmn:conditionalEventDefinition><bpmn:condition>z</bpmn:condition></bpmn:conditionalEventDefinition>',
            ) +
              end('c', compensation('activityRef="t"')) +
              flows('a -> c'),
            'triggeredByEvent="true"',
          ),
      ),
      around(
        linked + sub('y', start('a') + end('c', compensation('activityRef="t"')) + flows('a -> c')),
        't -> y',
      ),
      ['c compensation-scope'],
    ],
    [
      'is thrown for an activity that something undoes',
      around(linked + throwing('activityRef="t"'), 't -> c -> e'),
      around(throwing('activityRef="t"'), 't -> c -> e'),
      ['c compensation-scope'],
    ],
    [
      'is thrown for a sub-process in which something is undone',
      around(
        sub('x', user('v') + boundary('bv', 'v', compensation()) + undo + association('bv', 'undo')) +
          throwing('activityRef="x"'),
        't -> x -> c -> e',
      ),
      around(sub('x', user('v')) + throwing('activityRef="x"'), 't -> x -> c -> e'),
      ['c compensation-scope'],
    ],
    [
      'happens once to an activity',
      around(linked),
      around(
        linked +
          boundary('bb', 't', compensation()) +
          task('redo', '', 'isForCompensation="true"') +
          association('bb', 'redo'),
      ),
      ['bb catch-duplicate'],
    ],
  ]);

  it('has an event sub-process in a sub-process, and in a process that is called', async () => {
    const inside = around(sub('x', user('v') + eventSub('y', compensation())), 't -> x');
    expect(await errorsOf(inside)).toEqual([]);
    expect(await errorsOf(around(eventSub('y', compensation())))).toEqual([]);
  });
});
