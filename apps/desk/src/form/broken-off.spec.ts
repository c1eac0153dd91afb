import { expect, it } from '@jest/globals';
import { breakOff, brokenOff, forgetOthers, takenUp } from './broken-off.ts';

it('gives back to whoever was typing what the end of their session broke off, once', () => {
  breakOff('upd', '/incidents resolve', 'Server tornato');
  breakOff('upd', '/incidents other', 'Altro');
  expect(brokenOff('upd', '/incidents resolve')).toBe('Server tornato');
  takenUp('upd', '/incidents resolve');
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
