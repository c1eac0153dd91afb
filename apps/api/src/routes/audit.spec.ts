import { expect, it } from '@jest/globals';
import type { ReadAll } from '@iter/event-store';
import type { AuditEventsQuery } from '../dto/requests.ts';
import type { ApiPorts } from '../ports.ts';
import { someone } from '../testing/fake-ports.ts';
import { AuditController } from './audit.controller.ts';

/** A log of appends with three events each, told backwards by so many appends as it is asked for. */
function house(appends: number) {
  const readAll = async ({ after, limit = 100 }: ReadAll) => {
    const from = after === null || after === undefined ? appends : Number(after);
    const positions = Array.from({ length: Math.min(limit, from) }, (_, at) => from - at - 1);
    const events = positions.flatMap((position) =>
      [2, 1, 0].map((index) => ({
        ...{ id: `${position}.${index}`, stream: 'body-x', revision: position * 3 + index, type: 'T' },
        ...{ position: String(position), actor: { account: 'a', role: 'UPD', body: 'b' }, data: {} },
      })),
    );
    return { events, position: String(positions.at(-1) ?? 0), atEnd: from <= limit };
  };
  return new AuditController({ log: { readAll }, pseudonymKey: Buffer.alloc(32) } as unknown as ApiPorts);
}

it('a page of the log is about as long as was asked, with whole appends, and none is left out', async () => {
  const audit = house(7);
  const auditor = someone('auditor', 'AUDITOR');
  const told: string[] = [];
  const lengths: number[] = [];
  for (let cursor: string | undefined, more = true; more;) {
    const page = (await audit.events(auditor, {
      limit: 4,
      ...(cursor && { cursor }),
    } as AuditEventsQuery)) as {
      items: { id: string }[];
      nextCursor: string | null;
    };
    told.push(...page.items.map(({ id }) => id));
    lengths.push(page.items.length);
    cursor = page.nextCursor ?? undefined;
    more = cursor !== undefined;
  }
  expect(lengths).toEqual([6, 6, 6, 3]);
  expect(told).toEqual([6, 5, 4, 3, 2, 1, 0].flatMap((at) => [2, 1, 0].map((index) => `${at}.${index}`)));
});
