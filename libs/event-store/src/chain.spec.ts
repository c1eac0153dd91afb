import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '@iter/platform/ids';
import fc from 'fast-check';
import { canonicalEnvelope, hashEvent, verifyStream } from './chain.ts';
import { appendOf } from './contract/events.ts';
import type { JsonObject } from './envelope.ts';

describe('the chain', () => {
  it('hashes what RFC 8785 says, whatever the data', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (value, account) => {
        const data = JSON.parse(JSON.stringify(value)) as JsonObject;
        const [event] = appendOf('case-1', null, 'x', [data]).events;
        const name = account.toWellFormed();
        for (const more of [{ account: name }, { onBehalfOf: name }]) {
          const whole = { ...event!, actor: { ...event!.actor, ...more } };
          expect(canonicalEnvelope(whole)).toBe(canonicalJson(whole));
        }
      }),
    );
  });

  it('is the same for ever: stored hashes depend on it', () => {
    expect(hashEvent(appendOf('case-1', null, 'x', [{ b: 1, a: 'è' }]).events[0]!)).toMatchInlineSnapshot(
      `"338559f0aeba91fd96e39dc8b2b8f832f830571511de4fb5c7eb56b16f632c0b"`,
    );
  });

  it('names the first broken link', () => {
    const { events } = appendOf('case-1', null, 'x', [{ n: 0 }, { n: 1 }, { n: 2 }]);
    const [a, b, c] = events as [(typeof events)[0], (typeof events)[0], (typeof events)[0]];
    expect(verifyStream(events)).toBeNull();
    expect(verifyStream([a, { ...b, data: { n: 9 } }, c])).toMatchObject({
      revision: 2,
      problem: 'broken-chain',
    });
    expect(verifyStream([a, c])).toMatchObject({ revision: 1, problem: 'gap' });
    expect(verifyStream([b, a, c])).toMatchObject({ revision: 0, problem: 'gap' });
    expect(verifyStream([a, { ...b, stream: 'case-2' }, c])).toMatchObject({
      revision: 1,
      problem: 'wrong-stream',
    });
    expect(verifyStream([a, b])).toBeNull(); // a cut tail shows only against a head kept elsewhere
  });
});
