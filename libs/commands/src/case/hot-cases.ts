import { LRUCache } from 'lru-cache';
import type { CaseFile } from './case-file.ts';

/**
 * Cases kept folded in memory between commands; the one used longest ago leaves first. A cache and nothing else.
 * What only passes (a hundred thousand bells after an outage, cases that have ended) has a small room of its own, so that the
 * cases on which people work stay.
 */
export interface HotCases {
  get(caseId: string): CaseFile | undefined;
  put(caseId: string, file: CaseFile, isPassing?: boolean): void;
  /** After an unknown outcome nobody knows what the stream holds: read it again. */
  drop(caseId: string): void;
  readonly size: number;
}

const mostPassing = 500;

export function createHotCases(most: number): HotCases {
  const room = (many: number) => new LRUCache<string, CaseFile>({ max: Math.max(many, 1) });
  const staying = room(most);
  const passing = room(Math.min(most, mostPassing));
  return {
    get: (caseId) => staying.get(caseId) ?? passing.get(caseId),
    put(caseId, file, isPassing = false) {
      if (most === 0) return;
      if (isOver(file)) staying.delete(caseId);
      const stays = staying.has(caseId) || !(isPassing || isOver(file));
      if (stays) passing.delete(caseId);
      (stays ? staying : passing).set(caseId, file);
    },
    drop(caseId) {
      staying.delete(caseId);
      passing.delete(caseId);
    },
    get size() {
      return staying.size + passing.size;
    },
  };
}

const isOver = ({ state: { status } }: CaseFile): boolean => status !== 'none' && status !== 'active';
