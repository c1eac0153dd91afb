import type { EditionRow, EditionStage, PathRow } from './table.ts';

/** Numbers of a theme or of all; each counted from facts of its own. */
export interface ProgrammeFigures {
  /** Provinces whose focus group was held. */
  readonly focusTutors: number;
  /** Provinces that are tutor of a path. */
  readonly pathTutors: number;
  /** Provinces that joined. */
  readonly participants: number;
  /** Project works delivered. */
  readonly projectWorks: number;
}

export interface ThemeBoard extends ProgrammeFigures {
  readonly theme: string;
  readonly editions: readonly {
    readonly id: string;
    readonly year: number | null;
    readonly stage: EditionStage;
  }[];
  readonly pathsRunning: number;
  readonly followedOnly: number;
  readonly withdrawn: number;
}

export interface ProgrammeBoard {
  /** By theme, in the order of their names. */
  readonly themes: readonly ThemeBoard[];
  /** A Province that takes part in several themes counts once; its project works count each. */
  readonly total: ProgrammeFigures;
  /** IPA codes of the Provinces that are something in it, sorted. */
  readonly provinces: readonly string[];
}

/**
 * The programme's board. A tutor of a focus group need not follow a path, and who joins need not deliver: the four numbers
 * come from four lists, and none is made from another.
 * Source: domain/onboarding-and-accompaniment.md §§ 1, 8
 */
export function boardOf(editions: readonly EditionRow[], paths: readonly PathRow[]): ProgrammeBoard {
  const ofEditions = new Set(editions.map(({ id }) => id));
  const theirs = paths.filter(({ edition }) => edition !== null && ofEditions.has(edition));
  const themes = [...new Set(editions.flatMap(({ theme }) => (theme === null ? [] : [theme])))].sort();
  return {
    themes: themes.map((theme) => {
      const of = editions.filter((it) => it.theme === theme);
      const ids = new Set(of.map(({ id }) => id));
      const works = theirs.filter(({ edition }) => edition !== null && ids.has(edition));
      const count = (stage: PathRow['stage']): number => works.filter((it) => it.stage === stage).length;
      return {
        theme,
        ...figuresOf(of, works),
        editions: of.map(({ id, year, stage }) => ({ id, year, stage })),
        pathsRunning: count('RUNNING'),
        followedOnly: count('FOLLOWED_ONLY'),
        withdrawn: count('WITHDRAWN'),
      };
    }),
    total: figuresOf(editions, theirs),
    provinces: [
      ...new Set([
        ...editions.flatMap((it) => [...it.focus_tutors, ...it.path_tutors, ...it.participants]),
        ...theirs.map(({ province }) => province),
      ]),
    ].sort(),
  };
}

function figuresOf(editions: readonly EditionRow[], works: readonly PathRow[]): ProgrammeFigures {
  const provinces = (of: (it: EditionRow) => readonly string[]): number => new Set(editions.flatMap(of)).size;
  return {
    focusTutors: provinces((it) => it.focus_tutors),
    pathTutors: provinces((it) => it.path_tutors),
    participants: provinces((it) => it.participants),
    projectWorks: works.filter(({ stage }) => stage === 'DELIVERED').length,
  };
}

/** What one Province has done in the programme. */
export interface ProvinceCard {
  readonly province: string;
  readonly roles: readonly {
    readonly theme: string | null;
    readonly year: number | null;
    readonly edition: string;
    readonly focusTutor: boolean;
    readonly pathTutor: boolean;
    readonly participant: boolean;
    /** Of its own path; null: it has none. */
    readonly path: PathRow['stage'] | null;
    /** Its tutor. */
    readonly tutor: string | null;
    /** The Provinces whose tutor it is, by their paths. */
    readonly follows: readonly string[];
  }[];
}

/** The card of a Province: only the editions in which it is something. */
export function cardOf(
  province: string,
  editions: readonly EditionRow[],
  paths: readonly PathRow[],
): ProvinceCard {
  const roles = editions.flatMap((it) => {
    const own = paths.find((path) => path.edition === it.id && path.province === province);
    const role = {
      theme: it.theme,
      year: it.year,
      edition: it.id,
      focusTutor: it.focus_tutors.includes(province),
      pathTutor: it.path_tutors.includes(province),
      participant: it.participants.includes(province),
      path: own?.stage ?? null,
      tutor: own?.tutor ?? null,
      follows: paths
        .filter((path) => path.edition === it.id && path.tutor === province)
        .map((path) => path.province)
        .sort(),
    };
    return role.focusTutor || role.pathTutor || role.participant || own ? [role] : [];
  });
  return { province, roles };
}
