import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createMemoryDataKeys, createSealer, packedBytes } from './index.ts';
import type { JsonObject } from './index.ts';

const sealer = () => createSealer({ store: createMemoryDataKeys(), stock: 4 });
const canary = 'Rossi Mario, matricola 4711';

describe('sealing', () => {
  it('hides what is not on the list, gives it back, and leaves the rest readable', async () => {
    const sealing = sealer();
    const key = await sealing.keyFor('case-1');
    const sealed = key.seal('event-1', { element: 't_send', variables: { who: canary }, at: '2026-03-06' }, [
      'element',
      'at',
    ]);
    expect(sealed).toMatchObject({ element: 't_send', at: '2026-03-06' });
    expect(JSON.stringify(sealed)).not.toContain('Rossi');
    expect(await sealing.unseal('event-1', sealed)).toEqual({
      data: { element: 't_send', variables: { who: canary }, at: '2026-03-06' },
      erased: [],
    });
  });

  it('gives back any JSON', async () => {
    const sealing = sealer();
    const key = await sealing.keyFor('g');
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (value) => {
        fc.pre(!('$sealed' in value) && !('__proto__' in value));
        const data = JSON.parse(JSON.stringify(value)) as JsonObject;
        expect((await sealing.unseal('e', key.seal('e', data, []))).data).toEqual(data);
      }),
    );
  });

  it('refuses what was moved to another event, altered, or renamed', async () => {
    const sealing = sealer();
    const key = await sealing.keyFor('g');
    const sealed = key.seal('e1', { secret: canary }, []);
    await expect(sealing.unseal('e2', sealed)).rejects.toThrow();
    const text = JSON.stringify(sealed);
    await expect(
      sealing.unseal('e1', JSON.parse(text.replace('"secret"', '"public"')) as JsonObject),
    ).rejects.toThrow();
  });

  it('packs what is long: a list takes a fraction of its length, and how it is to be read is bound as well', async () => {
    const sealing = sealer();
    const key = await sealing.keyFor('g');
    const rows = Array.from({ length: 5_000 }, (_, i) => ({ candidateRef: `C-${i}`, decision: 'ADMITTED' }));
    const sealed = key.seal('e1', { rows }, []);
    expect(JSON.stringify(sealed).length).toBeLessThan(JSON.stringify(rows).length / 4);
    expect((await sealing.unseal('e1', sealed)).data).toEqual({ rows });
    expect(packedBytes(sealed)).toBe(JSON.stringify([rows]).length);
    const text = JSON.stringify(sealed);
    const unmarked = JSON.parse(text.replace(/,"packed":\d+/, '')) as JsonObject;
    expect(JSON.stringify(unmarked)).not.toBe(text);
    await expect(sealing.unseal('e1', unmarked)).rejects.toThrow('altered');
    const short = JSON.stringify(key.seal('e2', { secret: canary }, []));
    expect(short).not.toContain('packed');
    const marked = JSON.parse(short.replace('"fields":', '"packed":1000,"fields":')) as JsonObject;
    await expect(sealing.unseal('e2', marked)).rejects.toThrow('altered');
  });

  it('gives a group one key, groups different ones, also when asked at once', async () => {
    const sealing = sealer();
    const ids = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => (await sealing.keyFor(`g${i % 20}`)).id),
    );
    expect(new Set(ids).size).toBe(20);
    expect(ids.slice(0, 20)).toEqual(ids.slice(20));
  });

  it('looks up no group that is new, and writes who took which key for all together', async () => {
    const asked: string[] = [];
    const { promise: written, resolve } = Promise.withResolvers<readonly { readonly group: string }[]>();
    const store = createMemoryDataKeys();
    const keys = createSealer({
      store: {
        ...store,
        findByGroup(group) {
          asked.push(group);
          return store.findByGroup(group);
        },
        async assign(given) {
          await store.assign(given);
          resolve(given);
        },
      },
      stock: 4,
    });
    const first = await keys.keyFor('case-1', true);
    await keys.keyFor('case-2', true);
    await keys.keyFor('case-3');
    expect(asked).toEqual(['case-3']);
    expect((await written).map(({ group }) => group)).toEqual(['case-1', 'case-2', 'case-3']);
    expect((await createSealer({ store }).keyFor('case-1')).id).toBe(first.id);
  });

  it('erases for ever by destroying the key, and only what it sealed', async () => {
    const sealing = sealer();
    const [mine, other] = [await sealing.keyFor('mine'), await sealing.keyFor('other')];
    const sealed = mine.seal('e1', { name: canary, code: 'PD-1' }, ['code']);
    const kept = other.seal('e2', { name: 'Bianchi' }, []);
    expect(await sealing.destroy([mine.id])).toBe(1);
    expect(await sealing.unseal('e1', sealed)).toEqual({ data: { code: 'PD-1' }, erased: ['name'] });
    expect((await sealing.unseal('e2', kept)).data).toEqual({ name: 'Bianchi' });
    expect((await sealing.keyFor('mine')).id).not.toBe(mine.id);
  });

  it('destroys what a group took also where nobody names it, here and in the store', async () => {
    const store = createMemoryDataKeys();
    const [here, there] = [createSealer({ store }), createSealer({ store })];
    const [late, other] = [await there.keyFor('mine'), await there.keyFor('other')];
    await store.assign([
      { id: late.id, group: 'mine' },
      { id: other.id, group: 'other' },
    ]);
    const sealed = late.seal('e1', { name: canary }, []);
    const kept = other.seal('e2', { name: 'Bianchi' }, []);
    expect((await here.keyFor('mine')).id).toBe(late.id);
    expect(await here.destroy([], ['mine'])).toBe(1);
    expect((await here.unseal('e1', sealed)).erased).toEqual(['name']);
    expect((await here.unseal('e2', kept)).data).toEqual({ name: 'Bianchi' });
    expect((await here.keyFor('mine')).id).not.toBe(late.id);
  });

  it('seals nothing more with a key that is about to be destroyed', async () => {
    const store = createMemoryDataKeys();
    const sealing = createSealer({ store });
    const mine = await sealing.keyFor('mine');
    await store.assign([{ id: mine.id, group: 'mine' }]);
    const sealed = mine.seal('e1', { name: canary }, []);
    // Ordered, and not carried out: the store has it yet.
    sealing.forget(mine.id);
    expect((await sealing.unseal('e1', sealed)).erased).toEqual(['name']);
    expect((await sealing.keyFor('mine')).id).not.toBe(mine.id);
  });

  it('opens nothing by a key that is forgotten while it is looked for', async () => {
    const store = createMemoryDataKeys();
    const mine = await createSealer({ store }).keyFor('mine');
    const sealed = mine.seal('e1', { name: canary }, []);
    const box = mine.sealBytes('n', Buffer.from(canary));
    const sealing = createSealer({
      store: {
        ...store,
        async findByIds(ids) {
          const found = await store.findByIds(ids);
          sealing.forget(mine.id);
          return found;
        },
      },
    });
    const late = sealing.unsealBytes(mine.id, 'n', box);
    expect((await sealing.unseal('e1', sealed)).erased).toEqual(['name']);
    expect((await sealing.unseal('e1', sealed)).erased).toEqual(['name']);
    expect(await late).toBeNull();
  });
});
