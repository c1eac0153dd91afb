import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { System, eventually } from '../support/system.ts';
import type { Person } from '../support/system.ts';

interface Told {
  readonly id: string;
  readonly data: { readonly cases?: readonly string[]; readonly all?: boolean };
}

/** Someone's live stream, read as a browser reads it. */
async function watch(
  person: Person,
  lastEventId?: string,
): Promise<{ told: Told[]; stop(): void; ended: Promise<void> }> {
  const stop = new AbortController();
  const answer = await fetch(`${person.url}/changes`, {
    headers: {
      authorization: `Bearer ${person.token}`,
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    },
    signal: stop.signal,
  });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const told: Told[] = [];
  const read = async (): Promise<void> => {
    let text = '';
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        const field = (name: string) =>
          lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
        const data = field('data');
        if (data !== undefined) told.push({ id: field('id') ?? '', data: JSON.parse(data) as Told['data'] });
      }
    }
  };
  return { told, stop: () => stop.abort(), ended: read().catch(() => undefined) };
}

describe('the live stream of changes', () => {
  let database: TestDatabase;
  let system: System;
  let desk: Person;
  let elsewhere: Person;
  let head: Person;
  let staff: Person;

  const report = async (): Promise<string> =>
    (
      await head.post<{ caseId: string }>('/cases', {
        process: 'disciplinary-ordinary',
        comune: 'c_borgo',
        variables: { employeeRef: 'M-7', factsKnownAt: '2026-01-02', staffCategory: 'EMPLOYEE' },
      })
    ).caseId;

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    [desk, elsewhere, head, staff] = (await Promise.all(
      ['operatore', 'altrocomune', 'struttura', 'personale'].map((name) => system.signIn(name)),
    )) as [Person, Person, Person, Person];
  });
  afterAll(async () => {
    await system?.stop();
    await database?.drop();
  });

  it('tells the staff of a Comune of what a head reported only while the body shares it', async () => {
    const segretario = await system.signIn('segretario');
    const share = async (...services: string[]) => {
      const asked = { services, reason: 'Prova' };
      expect((await segretario.call('PUT', '/bodies/c_borgo/sharing', asked)).status).toBe(200);
    };
    await share('selection');
    const [office, desks] = [await watch(staff), await watch(desk)];
    const told = (it: typeof office, id: string) =>
      eventually('the change', async () => it.told.some(({ data }) => data.cases?.includes(id)));
    const hidden = await report();
    await told(desks, hidden);
    expect((await staff.call('GET', `/cases/${hidden}`)).status).toBe(404);
    // What is told of a later one has left the earlier one behind.
    await told(desks, await report());
    expect(office.told).toEqual([]);
    await share('selection', 'discipline');
    await told(office, await report());
    for (const each of [office, desks]) each.stop();
    await Promise.all([office.ended, desks.ended]);
  });

  it('tells which case changed, when the views show it, to those who may know of it', async () => {
    const [mine, theirs, heads] = [await watch(desk), await watch(elsewhere), await watch(head)];
    const id = await report();
    const event = await eventually('the change', async () =>
      mine.told.find(({ data }) => data.cases?.includes(id)),
    );
    expect(event.id).not.toBe('');
    // No position is sent: the view must be there already.
    expect((await desk.call('GET', `/cases/${id}`)).status).toBe(200);
    await eventually('the change, for who reported', async () =>
      heads.told.some(({ data }) => data.cases?.includes(id)),
    );
    expect(theirs.told).toEqual([]);
    expect(Object.keys(event.data).sort()).toEqual(['cases', 'views']);
    for (const each of [mine, theirs, heads]) each.stop();
    await Promise.all([mine.ended, theirs.ended, heads.ended]);
  });

  it('goes on where a broken stream ended', async () => {
    const before = await watch(desk);
    const first = await report();
    const seen = await eventually('a change', async () =>
      before.told.find(({ data }) => data.cases?.includes(first)),
    );
    before.stop();
    await before.ended;
    const missed = await report();
    const after = await watch(desk, seen.id);
    await eventually('what was missed', async () =>
      after.told.some(({ data }) => data.cases?.includes(missed)),
    );
    after.stop();
    await after.ended;
  });

  it('says that everything may have changed after a position that nobody knows', async () => {
    const stream = await watch(desk, 'ffffffff-1');
    await eventually('the call to load anew', async () => stream.told.some(({ data }) => data.all));
    stream.stop();
    await stream.ended;
  });
});
