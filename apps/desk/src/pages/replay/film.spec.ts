import { describe, expect, it } from '@jest/globals';
import type { Chapter, Step } from '../../api/replay.ts';
import { differences, framesOf } from './film.ts';

const step = (revision: number, more: Partial<Step>): Step =>
  ({ revision, left: null, visits: [], flows: [], changes: { put: {}, gone: {} }, ...more }) as Step;
const variable = (name: string, text: string) => ({ key: `/${name}`, name, text }) as never;
const visit = (element: string, completed: number, definition = 'd') =>
  ({ definition, element, completed }) as never;

const chapter = (...steps: Step[]): Chapter =>
  ({
    opening: {
      visits: [visit('start', 1)],
      flows: [{ definition: 'd', flow: 'f', count: 1 }],
      things: { variables: [variable('a', '1')], tasks: [{ key: 't' }] },
    },
    steps,
  }) as never;

describe('the frames of a chapter', () => {
  it('put, replace and take away by key, and leave the frames before as they were', () => {
    const [opening, first, second] = framesOf(
      chapter(
        step(0, { changes: { put: { variables: [variable('a', '2'), variable('b', '9')] }, gone: {} } }),
        step(1, { changes: { put: {}, gone: { variables: ['/a'], tasks: ['t'] } } }),
      ),
    );
    const texts = (frame: typeof first) => [...frame!.things.variables.values()].map(({ text }) => text);
    expect([texts(opening), texts(first), texts(second)]).toEqual([['1'], ['2', '9'], ['9']]);
    expect([opening!.things.tasks.size, second!.things.tasks.size]).toEqual([1, 0]);
    expect(first!.things.tasks).toBe(opening!.things.tasks);
  });

  it('count visits by definition, and tell a migration anew under the next one', () => {
    const [, first, second] = framesOf(
      chapter(
        step(0, { visits: [visit('start', 2)], flows: [{ definition: 'd', flow: 'f', count: 2 }] }),
        step(1, { left: 'd', visits: [visit('begin', 2, 'e')] }),
      ),
    );
    expect(first!.progress.get('d')!.elements.get('start')).toMatchObject({ completed: 2 });
    expect(first!.progress.get('d')!.flows.get('f')).toBe(2);
    expect([...second!.progress.keys()]).toEqual(['e']);
  });

  it('tell what is new, other and gone', () => {
    const [opening, , last] = framesOf(
      chapter(
        step(0, { changes: { put: { variables: [variable('b', '1')] }, gone: {} } }),
        step(1, { changes: { put: { variables: [variable('a', '2')] }, gone: {} } }),
      ),
    );
    const told = differences(opening!.things.variables, last!.things.variables);
    expect(told.map(({ key, before, after }) => [key, before?.text, after?.text])).toEqual([
      ['/a', '1', '2'],
      ['/b', undefined, '1'],
    ]);
    expect(differences(last!.things.variables, opening!.things.variables)).toMatchObject([
      { key: '/a' },
      { key: '/b', after: null },
    ]);
  });
});
