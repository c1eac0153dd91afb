import { describe, expect, it } from '@jest/globals';
import { placeOf } from './entry.ts';
import type { RecordedCaseEvent } from './evolve.ts';

const event = (type: string, data: object) =>
  ({ type, data, commandId: 'c' }) as unknown as RecordedCaseEvent;

describe('where something was entered', () => {
  const call = event('ElementActivated', { key: 'call', element: 'call_part', scope: null, called: 'part' });
  const inCall = (key: string, more: object = {}) =>
    event('ElementActivated', { key, element: `e_${key}`, scope: 'call', ...more });
  const arrived = event('MessageCorrelated', { key: 's', element: 'evt', name: 'memo', variables: {} });
  const awaited = (more: object) => event('MessageSubscribed', { key: 's', element: 'evt', ...more });

  it('is, of a message, around what awaited it, by the definition of the innermost call', () => {
    const place = { element: 'evt', scope: 'call', definition: 'part', message: 'memo' };
    expect(placeOf([call, inCall('gw'), awaited({ host: 'gw' })], arrived)).toEqual(place);
    expect(placeOf([call, awaited({ host: 'call', inside: true })], arrived)).toEqual(place);
    const inSub = [call, inCall('sub'), event('ElementActivated', { key: 'gw', element: 'e', scope: 'sub' })];
    expect(placeOf([...inSub, awaited({ host: 'gw' })], arrived)).toEqual({ ...place, scope: 'sub' });
    // On the boundary of the call: what awaits it is the caller's.
    expect(placeOf([call, awaited({ host: 'call' })], arrived)).toEqual({
      ...{ element: 'evt', scope: null, message: 'memo' },
    });
  });

  it('is, of a start and of a task, what stands with them; of a correction nowhere', () => {
    const start = event('CaseStarted', { startElement: 'start', definition: 'own', variables: {} });
    expect(placeOf([start], start)).toEqual({
      ...{ element: 'start', scope: null, definition: 'own', message: null },
    });
    const done = event('UserTaskCompleted', { key: 'k', element: 't', scope: 'call', variables: {} });
    expect(placeOf([done], done)).toEqual({ element: 't', scope: 'call', message: null });
    expect(placeOf([], event('CaseRectified', { variables: {} }))).toBeNull();
  });
});
