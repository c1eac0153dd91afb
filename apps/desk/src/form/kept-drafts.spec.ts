import { beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type * as KeptDrafts from './kept-drafts.ts';

// The page as far as drafts need it: a tab's storage, and a server that answers when it is told to and then keeps what
// goes on from what it has, as the real one does.

type Answer = (status: number, hasArrived?: boolean) => void;
interface Kept {
  readonly at: string;
  readonly values: unknown;
}
const asked: { readonly form: string; readonly sent: unknown; readonly answer: Answer }[] = [];
let storage: Record<string, string> = {};
let server: Record<string, Kept> = {};
let drafts: typeof KeptDrafts;

const early = '2026-03-06T09:00:00.000Z';
const late = '2026-03-06T10:00:00.000Z';
const last = '2026-03-06T11:00:00.000Z';

const answerOf = (status: number, body: object = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

async function ask(request: Request): Promise<Response> {
  const form = request.url.split('/').at(-1)!;
  const found = () => ({ form, keptAt: server[form]?.at ?? null, values: server[form]?.values ?? null });
  if (form === 'drafts')
    return answerOf(200, { items: Object.entries(server).map(([of, { at }]) => ({ form: of, keptAt: at })) });
  if (request.method === 'GET') return answerOf(200, found());
  const { values, at, basedOn } = (await request.json()) as {
    values: unknown;
    at: string;
    basedOn: string | null;
  };
  return new Promise((resolve) => {
    const answer = (status: number, hasArrived = status === 200) => {
      const before = server[form]?.at;
      if (hasArrived && values === null) delete server[form];
      else if (hasArrived && (before ?? basedOn) === basedOn) server[form] = { at, values };
      const isKept = JSON.stringify(found().values) === JSON.stringify(values);
      resolve(answerOf(status, { ...found(), ...(isKept && { values: null }) }));
    };
    asked.push({ form, sent: values, answer });
  });
}

/** Until what was answered has been taken in. */
const settled = async () => {
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
};

/** The next thing that the server is asked to keep. */
async function next() {
  for (let turn = 0; asked.length === 0 && turn < 100; turn++) await new Promise(setImmediate);
  const one = asked.shift();
  if (!one) throw new Error('The server is asked for nothing.');
  return one;
}

beforeAll(async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
  const tab = {
    getItem: (key: string) => storage[key] ?? null,
    setItem: (key: string, value: string) => void (storage[key] = value),
    removeItem: (key: string) => void delete storage[key],
  };
  Object.assign(globalThis, {
    ...{ window: globalThis, document: new EventTarget(), location: { origin: 'http://desk.example' } },
    sessionStorage: new Proxy(tab, {
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
  server = {};
});

const typed = (values: object, at: string, known: readonly string[] = []) =>
  JSON.stringify({ at, values, known });
const inTab = (form: string, account = 'upd') => `iter.draft.${account} ${form}`;

describe('what was typed', () => {
  it('is not taken for saved when only what was typed before is', async () => {
    drafts.keep('upd', 'task.x', { note: 'a' }, early);
    const first = drafts.sendDrafts('upd');
    const a = await next();
    drafts.keep('upd', 'task.x', { note: 'ab' }, late);
    a.answer(200);
    expect(await first).toEqual(['task.x']);
    expect(storage[inTab('task.x')]).toBe(typed({ note: 'ab' }, late, [early]));
    const second = drafts.sendDrafts('upd');
    const b = await next();
    expect(b.sent).toEqual({ note: 'ab' });
    b.answer(200);
    expect(await second).toEqual([]);
    expect(storage).toEqual({});
  });

  it('is sent at once when the page goes out of sight, and not when it comes back', async () => {
    const turn = (visibilityState: string) => {
      Object.assign(document, { visibilityState });
      document.dispatchEvent(new Event('visibilitychange'));
    };
    drafts.keep('upd', 'task.x', { note: 'a' }, early);
    turn('visible');
    await settled();
    expect(asked).toEqual([]);
    turn('hidden');
    const one = await next();
    expect(one.sent).toEqual({ note: 'a' });
    one.answer(200);
    await settled();
    expect(storage).toEqual({});
  });

  it('is sent again when the server did not answer, and told of when it refuses', async () => {
    drafts.keep('upd', 'task.x', { note: 'a' }, early);
    jest.advanceTimersByTime(1_000);
    (await next()).answer(503);
    await settled();
    jest.advanceTimersByTime(20_000);
    const again = await next();
    expect(again.sent).toEqual({ note: 'a' });
    again.answer(409);
    const left = drafts.sendDrafts('upd');
    (await next()).answer(409);
    expect(await left).toEqual(['task.x']);
    expect(Object.keys(storage)).toEqual([inTab('task.x')]);
  });

  it('takes the place of what it goes on from, and of no other text', async () => {
    storage[inTab('task.old')] = typed({ note: 'old' }, early);
    storage[inTab('task.new')] = typed({ note: 'new' }, late, [early]);
    storage[inTab('task.new', 'other')] = typed({ note: 'of another' }, late);
    storage[inTab('task.new', 'upd.borgo')] = typed({ note: 'of a namesake' }, late);
    server = {
      'task.old': { at: late, values: { note: 'later' } },
      'task.new': { at: early, values: { note: 'before' } },
    };
    const left = drafts.sendDrafts('upd');
    for (let n = 0; n < 2; n++) (await next()).answer(200);
    expect(await left).toEqual(['task.old']);
    expect(server['task.old']?.values).toEqual({ note: 'later' });
    expect(server['task.new']?.values).toEqual({ note: 'new' });
    drafts.leaveDrafts('upd');
    expect(Object.keys(storage)).toEqual([inTab('task.new', 'other'), inTab('task.new', 'upd.borgo')]);
  });

  it('sent again, takes no later text’s place', async () => {
    drafts.keep('upd', 'task.x', { note: 'a' }, early);
    jest.advanceTimersByTime(1_000);
    (await next()).answer(503);
    await settled();
    server['task.x'] = { at: late, values: { note: 'elsewhere' } };
    jest.advanceTimersByTime(20_000);
    (await next()).answer(200);
    await settled();
    expect(server['task.x'].values).toEqual({ note: 'elsewhere' });
    expect(storage[inTab('task.x')]).toBe(typed({ note: 'a' }, early, [early]));
  });

  it('goes on from what came from here and whose answer did not', async () => {
    drafts.opened('upd', 'task.x', null);
    for (const [note, at] of [
      ['a', early],
      ['ab', late],
    ] as const) {
      drafts.keep('upd', 'task.x', { note }, at);
      jest.advanceTimersByTime(1_000);
      (await next()).answer(note === 'a' ? 200 : 503, true);
      await settled();
    }
    drafts.keep('upd', 'task.x', { note: 'abc' }, last);
    const left = drafts.sendDrafts('upd');
    for (let n = 0; n < 2; n++) (await next()).answer(200);
    expect(await left).toEqual([]);
    expect(server['task.x']).toEqual({ at: last, values: { note: 'abc' } });
    expect(storage).toEqual({});
  });

  it('is found as it was typed last, whenever the server heard of what was typed before', async () => {
    drafts.opened('upd', 'task.x', null);
    drafts.keep('upd', 'task.x', { note: 'a' }, early);
    jest.advanceTimersByTime(1_000);
    (await next()).answer(200);
    await settled();
    drafts.keep('upd', 'task.x', { note: 'ab' }, late);
    expect((await drafts.findDraft('upd', 'task.x'))?.values).toEqual({ note: 'ab' });
    jest.advanceTimersByTime(0);
    (await next()).answer(200);
    await settled();
    expect(server['task.x']?.values).toEqual({ note: 'ab' });
    expect((await drafts.findDraft('upd', 'task.x'))?.values).toEqual({ note: 'ab' });
    expect(storage).toEqual({});
  });

  it('is sent when its form is opened again, after the session was over', async () => {
    drafts.keep('upd', 'task.x', { note: 'a' }, early);
    jest.advanceTimersByTime(1_000);
    (await next()).answer(401);
    await settled();
    jest.advanceTimersByTime(60_000);
    await settled();
    expect(asked).toEqual([]);
    expect((await drafts.findDraft('upd', 'task.x'))?.values).toEqual({ note: 'a' });
    jest.advanceTimersByTime(0);
    (await next()).answer(200);
    await settled();
    expect(server['task.x']?.values).toEqual({ note: 'a' });
  });

  it('is not waited for longer than a few seconds when somebody leaves', async () => {
    drafts.keep('upd', 'task.x', { note: 'a' }, early);
    const left = drafts.sendDrafts('upd');
    const one = await next();
    jest.advanceTimersByTime(4_000);
    expect(await left).toEqual(['task.x']);
    one.answer(200);
    await settled();
    expect(storage).toEqual({});
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

describe('what was typed elsewhere into a form that is open here', () => {
  const elsewhere = { note: 'elsewhere' };
  const here = { note: 'here' };
  const overtaken = async () => {
    const close = drafts.opened('upd', 'task.x', null);
    server['task.x'] = { at: early, values: elsewhere };
    drafts.keep('upd', 'task.x', here, late);
    jest.advanceTimersByTime(1_000);
    (await next()).answer(200);
    await settled();
    return close;
  };

  it('takes no text’s place until the person chooses, and neither is lost', async () => {
    const close = await overtaken();
    expect(server['task.x']?.values).toEqual(elsewhere);
    expect(JSON.parse(storage[inTab('task.x')]!)).toMatchObject({ at: late, values: here });
    // Typed on without choosing: that stays in the tab, and whoever leaves is told.
    drafts.keep('upd', 'task.x', { note: 'here, and more' }, last);
    jest.advanceTimersByTime(60_000);
    expect(await drafts.sendDrafts('upd')).toEqual(['task.x']);
    expect(asked).toEqual([]);
    expect(server['task.x']?.values).toEqual(elsewhere);
    close();
  });

  it('is still to be chosen or not when the form is left for another page and opened again', async () => {
    (await overtaken())();
    expect(await drafts.sendDrafts('upd')).toEqual(['task.x']);
    expect(asked).toEqual([]);
    const found = await drafts.findDraft('upd', 'task.x');
    expect(found?.values).toEqual(here);
    const close = drafts.opened('upd', 'task.x', found);
    drafts.keep('upd', 'task.x', { note: 'here, and more' }, last);
    jest.advanceTimersByTime(60_000);
    await settled();
    expect(asked).toEqual([]);
    drafts.takeLater('upd', 'task.x');
    expect(storage).toEqual({});
    expect(server['task.x']?.values).toEqual(elsewhere);
    close();
  });

  it('is still to be chosen or not when the page begins anew in the tab', async () => {
    storage[inTab('task.x')] = typed(here, late, [last]);
    server['task.x'] = { at: early, values: elsewhere };
    const left = drafts.sendDrafts('upd');
    (await next()).answer(200);
    expect(await left).toEqual(['task.x']);
    expect((await drafts.findDraft('upd', 'task.x'))?.values).toEqual(here);
    expect(await drafts.sendDrafts('upd')).toEqual(['task.x']);
    expect(asked).toEqual([]);
    expect(server['task.x'].values).toEqual(elsewhere);
  });

  it('is offered to whoever types before it is looked for', async () => {
    const close = drafts.opened('upd', 'task.x', { at: early, values: { note: 'before' }, known: [early] });
    server['task.x'] = { at: late, values: elsewhere };
    const looked = drafts.lookForLater('upd', 'task.x', { note: 'before' });
    drafts.keep('upd', 'task.x', here, last);
    await looked;
    jest.advanceTimersByTime(1_000);
    (await next()).answer(200);
    await settled();
    expect(server['task.x'].values).toEqual(elsewhere);
    expect(await drafts.sendDrafts('upd')).toEqual(['task.x']);
    close();
  });

  it('gives way to what is here when that is wanted', async () => {
    const close = await overtaken();
    drafts.keepOwn('upd', 'task.x', here, last);
    jest.advanceTimersByTime(1_000);
    (await next()).answer(200);
    await settled();
    expect(server['task.x']?.values).toEqual(here);
    expect(storage).toEqual({});
    close();
  });

  it('stays when it is wanted, and is typed on', async () => {
    const close = await overtaken();
    drafts.takeLater('upd', 'task.x');
    expect(storage).toEqual({});
    drafts.keep('upd', 'task.x', { note: 'elsewhere, and more' }, last);
    jest.advanceTimersByTime(1_000);
    (await next()).answer(200);
    await settled();
    expect(server['task.x']?.values).toEqual({ note: 'elsewhere, and more' });
    close();
  });

  it('is found when somebody comes back, unless it is what the form shows; what that shows stays in the tab', async () => {
    const close = drafts.opened('upd', 'task.x', { at: early, values: elsewhere, known: [early] });
    server['task.x'] = { at: late, values: elsewhere };
    await drafts.lookForLater('upd', 'task.x', elsewhere);
    expect(await drafts.sendDrafts('upd')).toEqual([]);
    server['task.x'] = { at: last, values: { note: 'yet another' } };
    await drafts.lookForLater('upd', 'task.x', elsewhere);
    expect(storage[inTab('task.x')]).toBe(typed(elsewhere, late, [late]));
    expect(await drafts.sendDrafts('upd')).toEqual(['task.x']);
    close();
  });
});
