import { randomBytes, randomUUID } from 'node:crypto';
import type { DataKeyStore } from './data-keys.ts';
import type { DataKey } from './seal.ts';

/** Keys in memory: for `iter run`, scenarios and tests. */
export function createMemoryDataKeys(): DataKeyStore {
  const keys = new Map<string, DataKey>();
  const groups = new Map<string, string>();
  return {
    mint: (count) => {
      const made = Array.from({ length: count }, () => ({ id: randomUUID(), bytes: randomBytes(32) }));
      for (const key of made) keys.set(key.id, key);
      return Promise.resolve(made);
    },
    assign: (given) => {
      for (const { id, group } of given) groups.set(group, id);
      return Promise.resolve();
    },
    findByGroup: (group) => Promise.resolve(keys.get(groups.get(group) ?? '') ?? null),
    findByIds: (ids) => Promise.resolve(ids.flatMap((id) => keys.get(id) ?? [])),
    destroy: (ids, of = []) => {
      const taken = of.flatMap((group) => groups.get(group) ?? []);
      return Promise.resolve([...new Set([...ids, ...taken])].filter((id) => keys.delete(id)).length);
    },
  };
}
