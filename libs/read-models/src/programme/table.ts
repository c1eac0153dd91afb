import { code } from '@iter/event-store/following';
import type { Table } from '@iter/event-store/following';

/** How far an edition of the accompaniment programme has come. */
export type EditionStage =
  | 'CALLING_TUTORS'
  | 'FOCUS_GROUPS'
  | 'CALL'
  | 'MATCHING'
  | 'PATHS'
  | 'RESTITUTION'
  | 'CLOSED'
  | 'NO_PARTICIPANTS'
  | 'STOPPED';

/** An edition; its three lists of Provinces (IPA codes) are facts of their own and are never made from one another. */
export interface EditionRow {
  readonly id: string;
  readonly body: string;
  readonly theme: string | null;
  readonly year: number | null;
  readonly stage: EditionStage;
  /** Tutors whose focus group was held. */
  readonly focus_tutors: readonly string[];
  /** Tutors to whom a participant is matched. */
  readonly path_tutors: readonly string[];
  /** Provinces that joined, with or without a project work. */
  readonly participants: readonly string[];
}

export type PathStage = 'RUNNING' | 'DELIVERED' | 'FOLLOWED_ONLY' | 'WITHDRAWN' | 'STOPPED';

/** The path of one Province; only a delivered one is a project work. */
export interface PathRow {
  readonly id: string;
  readonly province: string;
  readonly edition: string | null;
  readonly tutor: string | null;
  readonly stage: PathStage;
}

export const editions: Table<EditionRow> = {
  name: 'programme_editions',
  columns: {
    id: code,
    body: code,
    theme: code,
    year: 'integer',
    stage: code,
    focus_tutors: 'jsonb',
    path_tutors: 'jsonb',
    participants: 'jsonb',
  },
  indexes: ['(body, theme)'],
  live: 'false',
};

export const paths: Table<PathRow> = {
  name: 'programme_paths',
  columns: {
    id: code,
    province: code,
    edition: code,
    tutor: code,
    stage: code,
  },
  indexes: ['(edition)'],
  live: 'false',
};
