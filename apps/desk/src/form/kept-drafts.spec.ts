import { beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type * as KeptDrafts from './kept-drafts.ts';

// The page as far as drafts need it: a tab's storage, and a server that answers when it is told to.

type Answer = (status: number, body?: object) => void;
const asked: { readonly form: string; readonly sent: unknown; readonly answer: Answer }[] = [];
let storage: Record<string, string> = {};
let listed: object[] = [];
let drafts: typeof KeptDrafts;

const answerOf = (status: number, body: object = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

async function ask(request: Request): Promise<Response> {
  if (request.method === 'GET') return answerOf(200, { items: listed });
  const { values } = (await request.json()) as { values: unknown };
  const form = request.url.split('/').at(-1)!;
  return new Promise((resolve) =>
    asked.push({ form, sent: values, answer: (status, body) => resolve(answerOf(status, body)) }),
  );
}

/** The next thing that the server is asked to keep. */
async function next() {
  for (let turn = 0; asked.length === 0 && turn < 100; turn++) await new Promise(setImmediate);
  const one = asked.shift();
  if (!one) throw new Error('The server is asked for nothing.');
  return one;
}

beforeAll(async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
  const inTab = {
    getItem: (key: string) => storage[key] ?? null,
    setItem: (key: string, value: string) => void (storage[key] = value),
    removeItem: (key: string) => void delete storage[key],
  };
  Object.assign(globalThis, {
    ...{ window: globalThis, document: new EventTarget(), location: { origin: 'http://desk.example' } },
    sessionStorage: new Proxy(inTab, {
      ownKeys: () => Object.keys(storage),
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    }),
    fetch: ask,
  });
  drafts = await import('./kept-drafts.ts');
});
beforeEach(() => {
  // What a test left unanswered, the next would wait behind.
  for (const one of asked.splice(0)) one.answer(409);
  drafts.leaveDrafts('upd');
  storage = {};
  listed = [];
});

const typed = (values: object, at: string) => JSON.stringify({ at, values });
const early = '2026-03-06T09:00:00.000Z';
const late = '2026-03-06T10:00:00.000Z';

describe('what was typed', () => {
  it('is not taken for saved when only what was typed before is', async () => {
    drafts.keep('upd', 'task.x', { note: 'a' }, early);
    const first = drafts.sendDrafts('upd');
    const a = await next();
    drafts.keep('upd', 'task.x', { note: 'ab' }, late);
    a.answer(200);
    expect(await first).toEqual(['task.x']);
    expect(storage['iter.draft.upd.task.x']).toBe(typed({ note: 'ab' }, late));
    const second = drafts.sendDrafts('upd');
    const b = await next();
    expect(b.sent).toEqual({ note: 'ab' });
    b.answer(200);
    expect(await second).toEqual([]);
    expect(storage).toEqual({});
  });

  it('is sent again when the server did not answer, and told of when it refuses', async () => {
    drafts.keep('upd', 'task.x', { note: 'a' }, early);
    jest.advanceTimersByTime(1_000);
    (await next()).answer(503);
    for (let n = 0; n < 10; n++) await new Promise(setImmediate);
    jest.advanceTimersByTime(20_000);
    const again = await next();
    expect(again.sent).toEqual({ note: 'a' });
    again.answer(409, { code: 'too-many-drafts' });
    const left = drafts.sendDrafts('upd');
    (await next()).answer(409, { code: 'too-many-drafts' });
    expect(await left).toEqual(['task.x']);
    expect(Object.keys(storage)).toEqual(['iter.draft.upd.task.x']);
  });

  it('gives way to what was typed later elsewhere, and takes the place of what was typed before', async () => {
    storage['iter.draft.upd.task.old'] = typed({ note: 'old' }, early);
    storage['iter.draft.upd.task.new'] = typed({ note: 'new' }, late);
    storage['iter.draft.other.task.new'] = typed({ note: 'of another' }, late);
    listed = [
      { form: 'task.old', keptAt: late },
      { form: 'task.new', keptAt: early },
    ];
    const left = drafts.sendDrafts('upd');
    const one = await next();
    expect([one.form, one.sent]).toEqual(['task.new', { note: 'new' }]);
    one.answer(200);
    expect(await left).toEqual([]);
    expect(Object.keys(storage)).toEqual(['iter.draft.other.task.new']);
    expect(asked).toEqual([]);
  });

  it('is forgotten behind what is still on its way', async () => {
    drafts.keep('upd', 'task.x', { note: 'a' }, early);
    const first = drafts.sendDrafts('upd');
    const a = await next();
    drafts.forget('upd', 'task.x');
    a.answer(200);
    await first;
    jest.advanceTimersByTime(0);
    const end = await next();
    expect(end.sent).toBeNull();
    end.answer(200);
    expect(storage).toEqual({});
  });
});
