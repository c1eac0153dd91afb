import { describe, expect, it } from '@jest/globals';
import { takeDocuments } from './take-documents.ts';
import type { HistoryEvent, TakeDocumentsPorts } from './take-documents.ts';

type Request = Parameters<TakeDocumentsPorts['execute']>[0];

const event = (type: string, data: object, more: Partial<HistoryEvent> = {}) =>
  ({ id: 'e', causationId: null, type, data, ...more }) as unknown as HistoryEvent;
const filed = (key: string, more: object = {}) =>
  event('DocumentAttached', {
    ...{ key, name: `${key}.pdf`, mediaType: 'application/pdf', sizeBytes: 2, sha256: `sha-${key}` },
    ...{ protocolNo: null, task: 't-1', ...more },
  });
const begunBy = (message: string, from = 'there') => [
  event('CaseStarted', {}, { causationId: message }),
  event('CaseLinked', { case: from, relation: 'started-by', element: 'send' }),
];
const sent = (id: string, documents?: readonly string[]) =>
  event('MessageThrown', { element: 'send', ...(documents && { documents }) }, { id });

async function take(
  here: readonly HistoryEvent[],
  there: readonly HistoryEvent[],
  answered: Awaited<ReturnType<TakeDocumentsPorts['execute']>> = { outcome: 'done' },
  lost: readonly string[] = [],
  headers: Readonly<Record<string, string>> = {},
) {
  const kept: string[] = [];
  const asked: Request[] = [];
  let result: unknown = null;
  const failed = await takeDocuments({
    history: async (caseId) => {
      const filedHere = asked.map(({ command }, n) => filed(`n${n}`, { sha256: command.sha256 }));
      return caseId === 'here' ? [...here, ...filedHere] : caseId === 'there' ? there : null;
    },
    content: async (caseId, sha256) => (lost.includes(sha256) ? null : Buffer.from(`${caseId} ${sha256}`)),
    keep: async (caseId, name, content) => void kept.push(`${caseId} ${name} ${content.toString()}`),
    async execute(request) {
      asked.push(request);
      return answered;
    },
  })({ caseId: 'here', headers } as Parameters<ReturnType<typeof takeDocuments>>[0]).then(
    (given) => {
      result = given;
      return null;
    },
    (error: Error) => error.message,
  );
  return { kept, asked, failed, result };
}

describe('documents that another case hands over', () => {
  it('are those of the message that began the case, with their protocol, under its own key', async () => {
    const there = [filed('a', { protocolNo: '12/2026' }), filed('b'), filed('c'), sent('m', ['a', 'c'])];
    const { kept, asked, failed, result } = await take(begunBy('m'), there);
    expect(failed).toBeNull();
    expect(kept).toEqual(['here a.pdf there sha-a', 'here c.pdf there sha-c']);
    expect(asked.map(({ command }) => command)).toMatchObject([
      { type: 'AttachDocument', name: 'a.pdf', sha256: 'sha-a', protocolNo: '12/2026', task: null },
      { type: 'AttachDocument', name: 'c.pdf', sha256: 'sha-c', protocolNo: null, task: null },
    ]);
    expect(new Set(asked.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
    // Tasks may name them as what is read with them.
    expect(result).toEqual({ takenDocuments: ['here.n0', 'here.n1'] });
  });

  it('are none of another message of the same case, nor where it hands nothing over', async () => {
    const there = [filed('a'), sent('m'), sent('other', ['a'])];
    expect(await take(begunBy('m'), there)).toMatchObject({ asked: [], result: { takenDocuments: null } });
  });

  it('are none where people began the case, or another case that is not there', async () => {
    const there = [filed('a'), sent('m', ['a'])];
    expect((await take([event('CaseStarted', {}, { causationId: 'm' })], there)).asked).toEqual([]);
    expect((await take(begunBy('m', 'nowhere'), there)).asked).toEqual([]);
    expect((await take([], there)).asked).toEqual([]);
  });

  it('are none of a case that was erased meanwhile, which says no more what it handed over', async () => {
    const sealed = event('DocumentAttached', { key: 'a', sha256: 'sha-a', protocolNo: null, task: null });
    expect(await take(begunBy('m'), [sealed, sent('m')], undefined, ['sha-a'])).toMatchObject({
      ...{ asked: [], failed: null },
    });
  });

  it('fail the job where one is lost, once the others are filed', async () => {
    const there = [filed('a'), filed('b'), sent('m', ['a', 'b'])];
    const { asked, failed } = await take(begunBy('m'), there, undefined, ['sha-a']);
    expect(asked.map(({ command: { name } }) => name)).toEqual(['b.pdf']);
    expect(failed).toBe('not there to be taken: a');
  });

  it('that are lost are told by name where the process wants to go on without them', async () => {
    const there = [filed('a'), filed('b'), filed('c'), sent('m', ['a', 'b', 'c'])];
    const without = (lost: readonly string[]) =>
      take(begunBy('m'), there, undefined, lost, { lost: 'lostDocuments' });
    const { asked, failed, result } = await without(['sha-a', 'sha-c']);
    expect(asked.map(({ command: { name } }) => name)).toEqual(['b.pdf']);
    expect(failed).toBeNull();
    expect(result).toEqual({ takenDocuments: ['here.n0'], lostDocuments: 'a.pdf, c.pdf' });
    expect((await without([])).result).toMatchObject({ lostDocuments: null });
  });

  it('fail the job where the case does not take them', async () => {
    const refused = { outcome: 'rejected', rejection: { code: 'case-not-active' } } as const;
    expect((await take(begunBy('m'), [filed('a'), sent('m', ['a'])], refused)).failed).toContain(
      'case-not-active',
    );
  });
});
