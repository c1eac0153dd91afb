import { describe, expect, it } from '@jest/globals';
import { systemPrincipal } from '@iter/access';
import type { Change } from '@iter/registers';
import { mostOfficesAtOnce } from '@iter/registers/offices';
import type { Office } from '@iter/registers/offices';
import type { ApiPorts } from '../ports.ts';
import { importables } from './imports.ts';

const csv = [
  'codice;ufficio;attivo dal',
  ...Array.from({ length: mostOfficesAtOnce + 1 }, (_, i) => `U${i};Ufficio ${i};01/01/2026`),
].join('\n');

/** Plans the file against what is known, and records the first so many parts. */
async function recorded(known: ReadonlyMap<string, Office>, most: number) {
  const told: {
    readonly idempotencyKey: string;
    readonly entries: readonly Office[];
    readonly seen: ReadonlyMap<string, string>;
  }[] = [];
  const offices = {
    of: () => known,
    keyOf: ({ code }: Office) => code,
    record: async (request: (typeof told)[number]) => {
      told.push(request);
      return { outcome: 'done', position: null };
    },
  };
  const plan = importables.offices.plan({ offices } as unknown as ApiPorts, { csv, body: 'c_borgo' });
  const by = { principal: systemPrincipal, route: 'spec', idempotencyKey: 'k' };
  for (const part of plan.parts.slice(0, most)) await part(by);
  return told;
}

describe('a file of several commands', () => {
  it('names each by what it records, so that the rest can follow under the same key', async () => {
    const whole = await recorded(new Map(), 2);
    expect(whole.map(({ entries }) => entries.length)).toEqual([mostOfficesAtOnce, 1]);
    const [first, second] = whole;
    expect(first!.idempotencyKey).not.toBe(second!.idempotencyKey);
    const known = new Map(first!.entries.map((office) => [office.code, office]));
    expect(await recorded(known, 2)).toEqual([second]);
    // None of them was there, so none is written over one that comes meanwhile.
    expect([...second!.seen.values()]).toEqual(['']);
  });

  it('says who changed meanwhile what it would write over, whichever of its lines that is', async () => {
    const changes: Record<string, Change> = {
      U0: { at: '2025-02-01T09:00:00.000Z', by: 'prima', role: 'COMUNE_HR' },
      U1: { at: '2026-03-06T09:00:00.000Z', by: 'ora', role: 'COMUNE_HR' },
    };
    const ports = {
      accounts: { find: () => null },
      offices: {
        of: () => new Map(),
        keyOf: ({ code }: Office) => code,
        record: async () => ({
          outcome: 'rejected',
          rejection: { code: 'register-changed', message: 'La voce è cambiata nel frattempo: va riletta.' },
        }),
        lastChange: (_: string, key: string) => changes[key] ?? null,
      },
    } as unknown as ApiPorts;
    const [part] = importables.offices.plan(ports, { csv, body: 'c_borgo' } as never).parts;
    const by = { principal: systemPrincipal, route: 'spec', idempotencyKey: 'k' };
    await expect(part!(by)).rejects.toMatchObject({
      code: 'register-changed',
      details: { more: { lastChange: { by: 'ora', at: '2026-03-06T09:00:00.000Z' } } },
    });
  });
});
