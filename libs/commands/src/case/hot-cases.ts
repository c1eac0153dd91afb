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
  const staying = new Map<string, CaseFile>();
  const passing = new Map<string, CaseFile>();
  const keep = (files: Map<string, CaseFile>, room: number, caseId: string, file: CaseFile): void => {
    files.delete(caseId);
    files.set(caseId, file);
    if (files.size > room) files.delete(files.keys().next().value as string);
  };
  return {
    get(caseId) {
      const file = staying.get(caseId);
      if (!file) return passing.get(caseId);
      keep(staying, most, caseId, file);
      return file;
    },
    put(caseId, file, isPassing = false) {
      if (isOver(file)) staying.delete(caseId);
      if ((isPassing || isOver(file)) && !staying.has(caseId))
        return keep(passing, Math.min(most, mostPassing), caseId, file);
      passing.delete(caseId);
      keep(staying, most, caseId, file);
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
