import { describe, expect, it } from '@jest/globals';
import { placeOf } from './entry.ts';
import type { RecordedCaseEvent } from './evolve.ts';

const event = (type: string, data: object) =>
  ({ type, data, commandId: 'c' }) as unknown as RecordedCaseEvent;

describe('where something was entered', () => {
  const call = event('ElementActivated', { key: 'call', element: 'call_part', scope: null, called: 'part' });
  const inCall = (key: string, more: object = {}) =>
    event('ElementActivated', { key, element: `e_${key}`, scope: 'call', ...more });
  const began = event('CaseStarted', { startElement: 'start', definition: 'own', variables: {} });
  const moved = event('CaseMigrated', { from: 'own', definition: 'newer' });
  const arrived = event('MessageCorrelated', { key: 's', element: 'evt', name: 'memo', variables: {} });
  const awaited = (more: object) => event('MessageSubscribed', { key: 's', element: 'evt', ...more });

  it('is, of a message, around what awaited it, by the definition of the innermost call', () => {
    const place = { element: 'evt', scope: 'call', definition: 'part', message: 'memo' };
    const placed = (...history: RecordedCaseEvent[]) => placeOf([began, call, ...history, arrived], arrived);
    expect(placed(inCall('gw'), awaited({ host: 'gw' }))).toEqual(place);
    expect(placed(awaited({ host: 'call', inside: true }))).toEqual(place);
    const inSub = [inCall('sub'), event('ElementActivated', { key: 'gw', element: 'e', scope: 'sub' })];
    expect(placed(...inSub, awaited({ host: 'gw' }))).toEqual({ ...place, scope: 'sub' });
    // On the boundary of the call: what awaits it is the caller's.
    expect(placed(awaited({ host: 'call' }))).toEqual({ ...place, scope: null, definition: 'own' });
  });

  it('is, of a start and of a task, what stands with them; of a correction nowhere', () => {
    const start = { element: 'start', scope: null, definition: 'own', message: null };
    expect(placeOf([began, moved], began)).toEqual(start);
    const done = (more: object = {}) =>
      event('UserTaskCompleted', { key: 'k', element: 't', scope: 'call', variables: {}, ...more });
    const called = done({ definition: 'part' });
    const place = { element: 't', scope: 'call', message: null };
    expect(placeOf([began, called], called)).toEqual({ ...place, definition: 'part' });
    expect(placeOf([began], event('CaseRectified', { variables: {} }))).toBeNull();
  });

  it('is told by the definition that the case followed then', () => {
    const done = event('UserTaskCompleted', { key: 'k', element: 't', scope: null, variables: {} });
    const place = { element: 't', scope: null, message: null };
    expect(placeOf([began, done, moved], done)).toEqual({ ...place, definition: 'own' });
    expect(placeOf([began, moved, done], done)).toEqual({ ...place, definition: 'newer' });
    expect(placeOf([done], done)).toBeNull();
  });
});
