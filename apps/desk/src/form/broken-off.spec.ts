import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { breakOff, brokenOff, comeBack, forgetOthers, leave, takenUp, takeOver } from './broken-off.ts';

const stored = new Map<string, string>();
beforeEach(() => {
  stored.clear();
  forgetOthers(null);
  Object.defineProperty(globalThis, 'sessionStorage', {
    configurable: true,
    value: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, text: string) => void stored.set(key, text),
      removeItem: (key: string) => void stored.delete(key),
    },
  });
});
afterEach(() => forgetOthers(null));

it('gives back to whoever was typing what the end of their session broke off, once', () => {
  breakOff('upd', '/incidents resolve', 'Server tornato');
  breakOff('upd', '/incidents other', 'Altro');
  expect(brokenOff('upd', '/incidents resolve')).toBe('Server tornato');
  takenUp('upd', '/incidents resolve', () => 'x')();
  expect(brokenOff('upd', '/incidents resolve')).toBeUndefined();
  expect(brokenOff('upd', '/incidents other')).toBe('Altro');
});

it('keeps nothing for, nor of, anybody but the one who signed in last', () => {
  breakOff('upd', '/incidents resolve', 'Server tornato');
  expect(brokenOff('gestore', '/incidents resolve')).toBeUndefined();
  forgetOthers('upd');
  expect(brokenOff('upd', '/incidents resolve')).toBe('Server tornato');
  forgetOthers('gestore');
  expect(brokenOff('upd', '/incidents resolve')).toBeUndefined();
});

it('keeps nothing of whoever signed out', () => {
  breakOff('upd', '/incidents resolve', 'Server tornato');
  forgetOthers(null);
  expect(brokenOff('upd', '/incidents resolve')).toBeUndefined();
});

it('lets go of what one was typing when the session of another ends', () => {
  breakOff('upd', '/incidents resolve', 'Server tornato');
  breakOff('gestore', '/incidents resolve', 'Mio');
  expect(brokenOff('gestore', '/incidents resolve')).toBe('Mio');
  expect(brokenOff('upd', '/incidents resolve')).toBeUndefined();
});

it('is left to the next page of the tab, what is open and what was not found again yet, and taken over once', () => {
  let words = 'Ser';
  const close = takenUp('upd', '/incidents resolve', () => words);
  breakOff('upd', '/cases/1 stop', 'Chiesto');
  words = 'Server tornato';
  leave();
  expect(takeOver()).toEqual({
    account: 'upd',
    typed: new Map([
      ['/cases/1 stop', 'Chiesto'],
      ['/incidents resolve', 'Server tornato'],
    ]),
  });
  expect([takeOver(), stored.size]).toEqual([null, 0]);
  close();
});

it('leaves nothing in the tab of a dialog that was closed, or of whoever signed out', () => {
  takenUp('upd', '/incidents resolve', () => 'Server tornato')();
  leave();
  breakOff('upd', '/incidents resolve', 'Server tornato');
  forgetOthers(null);
  leave();
  expect(stored.size).toBe(0);
});

it('leaves nothing in the tab when the page that went comes back as it was, and forgets what is closed then', () => {
  const close = takenUp('upd', '/incidents resolve', () => 'Server tornato');
  breakOff('upd', '/cases/1 stop', 'Chiesto');
  leave();
  expect(stored.size).toBe(1);
  comeBack();
  close();
  expect([stored.size, brokenOff('upd', '/incidents resolve')]).toEqual([0, undefined]);
  expect(brokenOff('upd', '/cases/1 stop')).toBe('Chiesto');
});

it('takes over nothing that somebody spoiled', () => {
  stored.set('iter.broken-off', '{"account":"upd","typed":7}');
  expect([takeOver(), stored.size]).toEqual([null, 0]);
});
