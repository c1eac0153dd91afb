import type { DataKey } from './seal.ts';

/** Where data keys are kept: outside the log, so that destroying one erases what it sealed. */
export interface DataKeyStore {
  /** Makes so many keys durable, not yet given to any group. */
  mint(count: number): Promise<readonly DataKey[]>;
  /** Remembers which group took a key; may be lost when the process ends, since every event names its key. */
  assign(given: readonly { readonly id: string; readonly group: string }[]): Promise<void>;
  findByGroup(group: string): Promise<DataKey | null>;
  /** Keys that exist; destroyed ones are missing from the answer. */
  findByIds(ids: readonly string[]): Promise<readonly DataKey[]>;
  /**
   * For ever; of these groups all that they took.
   * @returns how many were there
   */
  destroy(ids: readonly string[], groups?: readonly string[]): Promise<number>;
}
