import { LRUCache } from 'lru-cache';
import { decrypt, encrypt } from './cipher.ts';
import type { DataKeyStore } from './data-keys.ts';
import { keysOf, seal, unseal } from './seal.ts';
import type { DataKey, JsonObject } from './seal.ts';

export interface SealingKey {
  readonly id: string;
  seal(eventId: string, data: JsonObject, clear: readonly string[]): JsonObject;
  /** Content that is not in the log (a document), bound to its name: iv, ciphertext and tag in one piece. */
  sealBytes(name: string, plain: Uint8Array): Buffer;
}

export interface Sealer {
  /**
   * The data key of a group; made, out of a durable stock, when the group is new.
   * @param isNew nobody has asked for the group before: nothing is looked up. Were it not so, it has two keys; so erasure
   *   goes by the keys that events name, never by the group
   */
  keyFor(group: string, isNew?: boolean): Promise<SealingKey>;
  /** The data in clear; fields whose key was destroyed are absent and named in `erased`. */
  unseal(
    eventId: string,
    data: JsonObject,
  ): Promise<{ readonly data: JsonObject; readonly erased: readonly string[] }>;
  /** What `sealBytes` sealed under the same name; null when the key was destroyed. @throws when it was altered */
  unsealBytes(keyId: string, name: string, box: Uint8Array): Promise<Buffer | null>;
  /**
   * Destroys keys here and in the store: what they sealed is gone for everybody once other processes drop them too.
   * @param groups of which all keys go, also those that no event names
   * @returns how many were there
   */
  destroy(ids: readonly string[], groups?: readonly string[]): Promise<number>;
  /** Forgets a key that another process destroyed. */
  forget(id: string): void;
}

/** Who took which key is written for all at once who took one meanwhile, beside the work that goes on. */
const assignAfterMs = 50;

export interface SealerOptions {
  readonly store: DataKeyStore;
  /** Keys kept in memory; 20,000 by default. */
  readonly cached?: number;
  /** Keys made at once; 256 by default. */
  readonly stock?: number;
}

/**
 * Seals with keys made ahead of need: a new group takes one from memory, so that starting a case waits for no extra write
 * but once in some hundred cases.
 */
export function createSealer({ store, cached = 20_000, stock = 256 }: SealerOptions): Sealer {
  const byGroup = new LRUCache<string, Promise<DataKey>>({ max: cached });
  const byId = new LRUCache<string, DataKey>({ max: cached });
  const destroyed = new Set<string>();
  let fresh: DataKey[] = [];
  let minting: Promise<void> | null = null;
  let given: { id: string; group: string }[] = [];

  const take = async (): Promise<DataKey> => {
    for (;;) {
      const key = fresh.pop();
      if (fresh.length < stock / 4) {
        minting ??= store
          .mint(stock)
          .then((keys) => void (fresh = [...fresh, ...keys]))
          .finally(() => (minting = null));
        // A failure shows when the stock is empty; before that the next taker tries again.
        minting.catch(() => undefined);
      }
      if (key) return key;
      await minting;
    }
  };

  const assign = (): void => {
    const batch = given;
    given = [];
    // Losing this costs a group a second key, nothing else.
    store.assign(batch).catch(() => undefined);
  };
  const remember = (id: string, group: string): void => {
    given.push({ id, group });
    if (given.length === 1) setTimeout(assign, assignAfterMs).unref();
  };

  const takeFor = async (group: string): Promise<DataKey> => {
    const key = await take();
    remember(key.id, group);
    return key;
  };

  return {
    async keyFor(group, isNew = false) {
      let pending = byGroup.get(group);
      if (!pending) {
        const known = isNew ? null : store.findByGroup(group);
        pending = Promise.resolve(known).then((key) =>
          // One that is about to be destroyed is in the store yet.
          key && !destroyed.has(key.id) ? key : takeFor(group),
        );
        byGroup.set(group, pending);
        pending.catch(() => byGroup.delete(group));
      }
      const key = await pending;
      if (destroyed.has(key.id)) {
        byGroup.delete(group);
        return this.keyFor(group);
      }
      byId.set(key.id, key);
      return {
        id: key.id,
        seal: (eventId, data, clear) => seal(key, eventId, data, clear),
        sealBytes: (name, plain) => encrypt(key.bytes, plain, name),
      };
    },
    async unseal(eventId, data) {
      const missing = keysOf(data).filter((id) => !byId.has(id) && !destroyed.has(id));
      // One that was forgotten while it was looked for stays so.
      if (missing.length > 0)
        for (const key of await store.findByIds(missing)) if (!destroyed.has(key.id)) byId.set(key.id, key);
      return unseal((id) => byId.get(id) ?? null, eventId, data);
    },
    async unsealBytes(keyId, name, box) {
      if (destroyed.has(keyId)) return null;
      const key = byId.get(keyId) ?? (await store.findByIds([keyId]))[0];
      return key && !destroyed.has(keyId) ? decrypt(key.bytes, box, name) : null;
    },
    async destroy(ids, groups = []) {
      const existed = await store.destroy(ids, groups);
      for (const id of ids) this.forget(id);
      for (const group of groups) {
        const taken = await byGroup.get(group)?.catch(() => null);
        if (taken) this.forget(taken.id);
      }
      return existed;
    },
    forget(id) {
      destroyed.add(id);
      byId.delete(id);
    },
  };
}
