import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalEnvelope, chainEvents } from '../chain.ts';
import { sealed } from '../contract/context.ts';
import type { JsonObject } from '../envelope.ts';
import { pack, unpack } from './pack.ts';
import { separator } from './schema.ts';

const text = fc.string({ unit: 'binary' }).map((value) => value.toWellFormed());
const name = fc.oneof(fc.constantFrom('a', 'b'), text);
const instant = fc.constantFrom('2026-03-06T08:00:00.000Z', '2026-03-06T08:00:00.001Z');
const data = fc
  .dictionary(text, fc.jsonValue())
  .map((value) => JSON.parse(JSON.stringify(value).replaceAll(/\\ud[89a-f]../gi, '')) as JsonObject);
const unchained = fc.record({
  id: fc.uuid(),
  type: name,
  schemaVersion: fc.nat(9),
  tenant: name,
  stream: fc.constant('case-1'),
  occurredAt: instant,
  recordedAt: instant,
  actor: fc.record(
    { account: name, role: name, body: name, onBehalfOf: name },
    { requiredKeys: ['account', 'role', 'body'] },
  ),
  commandId: name,
  requestHash: name,
  causationId: fc.option(name),
  correlationId: name,
  keyId: fc.option(name),
  data,
});

describe('a row of the log', () => {
  it('loses nothing of its events, whatever they share', () => {
    const head = fc.option(fc.record({ revision: fc.nat(99), hash: fc.constant('ab'.repeat(32)) }));
    fc.assert(
      fc.property(head, fc.array(unchained, { minLength: 1, maxLength: 4 }), (from, events) => {
        const chained = chainEvents(from, events);
        const row = pack(chained);
        expect(row).not.toContain(separator);
        const read = unpack(row, chained[0]!.revision, '00000000-1');
        expect(read.map((event) => canonicalEnvelope(sealed(event)))).toEqual(chained.map(canonicalEnvelope));
        expect(read.map(({ index }) => index)).toEqual(chained.map((_, i) => i));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps nothing that the hash does not cover', () => {
    const [event] = chainEvents(null, [fc.sample(unchained, { numRuns: 1, seed: 1 })[0]!]);
    const more = { ...event!, extra: 1, actor: { ...event!.actor, extra: 1 } };
    expect(pack([more])).toBe(pack([event!]));
  });
});
