import type { CaseFile } from './case-file.ts';

/** Cases kept folded in memory between commands; the one used longest ago leaves first. A cache and nothing else. */
export interface HotCases {
  get(caseId: string): CaseFile | undefined;
  put(caseId: string, file: CaseFile): void;
  /** After an unknown outcome nobody knows what the stream holds: read it again. */
  drop(caseId: string): void;
  readonly size: number;
}

export function createHotCases(most: number): HotCases {
  const files = new Map<string, CaseFile>();
  return {
    get(caseId) {
      const file = files.get(caseId);
      if (file) {
        files.delete(caseId);
        files.set(caseId, file);
      }
      return file;
    },
    put(caseId, file) {
      files.delete(caseId);
      files.set(caseId, file);
      if (files.size > most) files.delete(files.keys().next().value as string);
    },
    drop: (caseId) => void files.delete(caseId),
    get size() {
      return files.size;
    },
  };
}
