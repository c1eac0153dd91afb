import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import {
  canonicalJson,
  caseIdOf,
  commandIdOf,
  eventId,
  keySource,
  requestHashWith,
  uuidV5,
} from './index.ts';

const identity = fc.record({
  tenant: fc.string(),
  actor: fc.string(),
  route: fc.string(),
  idempotencyKey: fc.string(),
});

describe('ids', () => {
  it('are version 5 UUIDs, the same for the same name', () => {
    expect(uuidV5('x')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidV5('x')).toBe(uuidV5('x'));
  });

  it('stay what they were: stored ids depend on them', () => {
    const command = commandIdOf({
      tenant: 'c_borgo',
      actor: 'operatore',
      route: 'tasks.complete',
      idempotencyKey: '1',
    });
    expect([command, eventId(command, 0), caseIdOf(command)]).toMatchInlineSnapshot(`
      [
        "0aa5cc08-4738-5f93-b2ca-ebf8756fed07",
        "1b4e44f4-f0fa-5802-b96d-43fe1e8f3c70",
        "4c58a508-f595-5842-8454-d818bec74008",
      ]
    `);
  });

  it('differ for commands that differ in any part, also when the parts run together', () => {
    fc.assert(
      fc.property(identity, identity, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(commandIdOf(a)).not.toBe(commandIdOf(b));
      }),
    );
  });

  it('give keys that begin with the command and never repeat', () => {
    const next = keySource('0123abcd-4567-5890-8abc-def012345678');
    const keys = Array.from({ length: 100 }, next);
    expect(keys[0]).toBe('0123abcd4567-0');
    expect(new Set(keys).size).toBe(100);
  });

  it('write JSON as RFC 8785 does, also what is nested deeply or is no plain object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
    );
    // Numbers stand first in an object of JavaScript's, whatever comes first; what only begins with a digit does not.
    const numbered = fc.oneof(fc.nat().map(String), fc.uuid(), fc.stringMatching(/^[0-9][a-f-]?[0-9]?$/));
    fc.assert(
      fc.property(fc.dictionary(numbered, fc.integer(), { noNullPrototype: false }), (value) => {
        expect(canonicalJson(value)).toBe(canonicalize({ ...value }));
      }),
    );
    const deep = JSON.parse(`${'{"b":[1e21,-0],"a":'.repeat(5_000)}null${'}'.repeat(5_000)}`) as object;
    const given = { 10: 'ten', 9: 'nine', z: undefined, at: new Date(0), list: [undefined], deep };
    expect(canonicalJson(given)).toBe(canonicalize(given));
    const odd = JSON.parse('{"b":{"y":1,"__proto__":2,"x":[{"d":1,"c":2}]},"a":0,"1":1}') as object;
    expect(canonicalJson(odd)).toBe('{"1":1,"a":0,"b":{"__proto__":2,"x":[{"c":2,"d":1}],"y":1}}');
    const ordered = { a: 1, b: { y: 1, x: 2 }, c: [{ e: undefined, d: 1 }] };
    expect(canonicalJson(ordered)).toBe('{"a":1,"b":{"x":2,"y":1},"c":[{"d":1}]}');
    for (const bad of [{ n: NaN }, { half: '\ud800' }, { '\udc00': 1 }])
      expect(() => canonicalJson(bad)).toThrow();
  });

  it('hash requests under a key, whatever the order of their fields', () => {
    const hash = requestHashWith(Buffer.from('key'));
    expect(hash(canonicalJson({ a: 1, b: 2 }))).toBe(hash(canonicalJson({ b: 2, a: 1 })));
    expect(hash('x')).not.toBe(requestHashWith(Buffer.from('other'))('x'));
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
  });
});
