import type { Views } from '../database.ts';
import { hideSmall, smallestCell } from '../statistics/small-cells.ts';
import type { Count } from '../statistics/small-cells.ts';
import { inHundredths } from './ledger.ts';
import type { TrainingEditionRow, TrainingEvaluationRow } from './tables.ts';

/** What is known of an edition at the four levels. Nothing in it is about fewer than five persons. */
export interface LevelIndicators {
  readonly courseRef: string;
  readonly title: string;
  readonly level1: TrainingEditionRow['level1'];
  readonly level2: { readonly passed: Count; readonly failed: Count } | null;
  /** Mean over the employers with five participants or more that have evaluated. */
  readonly level3: { readonly employers: number; readonly average: number } | null;
  readonly level4: {
    readonly employers: number;
    readonly improved: number;
    readonly measured: number;
  } | null;
}

/** The indicators of each edition that is closed, by the code of the edition; of one, when it or its case is named. */
export async function levelIndicators(
  views: Views,
  { courseRef, caseId }: { readonly courseRef?: string; readonly caseId?: string } = {},
): Promise<readonly LevelIndicators[]> {
  const editions = await views
    .selectFrom('training_editions')
    .selectAll()
    .where('state', '=', 'closed')
    .$if(courseRef !== undefined, (query) => query.where('course_ref', '=', courseRef ?? ''))
    .$if(caseId !== undefined, (query) => query.where('id', '=', caseId ?? ''))
    .orderBy('course_ref')
    .orderBy('id')
    .execute();
  if (editions.length === 0) return [];
  const evaluations = await views
    .selectFrom('training_evaluations')
    .selectAll()
    .where(
      'course_ref',
      'in',
      editions.map((it) => it.course_ref),
    )
    .execute();
  return editions.map((edition) =>
    indicatorsOf(
      edition,
      evaluations.filter((it) => it.course_ref === edition.course_ref),
    ),
  );
}

/** Pure. */
export function indicatorsOf(
  { course_ref: courseRef, title, level1, level2 }: TrainingEditionRow,
  evaluations: readonly TrainingEvaluationRow[],
): LevelIndicators {
  const large = evaluations.filter(({ participants }) => participants >= smallestCell);
  const third = large.flatMap(({ level3 }) => level3 ?? []);
  const fourth = large.flatMap(({ improved, measured }) =>
    improved === null || measured === null ? [] : [{ improved, measured }],
  );
  const sum = (of: readonly number[]): number => of.reduce((all, it) => all + it, 0);
  return {
    ...{ courseRef, title, level1: level1 && protectedLevel1(level1), level2: level2 && testsOf(level2) },
    level3:
      third.length === 0
        ? null
        : { employers: third.length, average: inHundredths(sum(third) / third.length) },
    level4:
      fourth.length === 0
        ? null
        : {
            employers: fourth.length,
            improved: sum(fourth.map(({ improved }) => improved)),
            measured: sum(fourth.map(({ measured }) => measured)),
          },
  };
}

/** The case hides small cells itself; what an older definition let through stays hidden here. */
function protectedLevel1(level1: NonNullable<TrainingEditionRow['level1']>): TrainingEditionRow['level1'] {
  const { invited, answers } = level1;
  if (answers === null || answers < smallestCell)
    return { invited, answers: null, isShown: false, means: [] };
  const means = level1.means.map(({ question, answers: given, mean }) =>
    given !== null && given >= smallestCell
      ? { question, answers: given, mean }
      : { question, answers: null, mean: null },
  );
  return { invited, answers, isShown: true, means };
}

function testsOf(level2: NonNullable<TrainingEditionRow['level2']>): LevelIndicators['level2'] {
  const passed = level2.filter((it) => it.passed).length;
  const [shown = null, others = null] = hideSmall([passed, level2.length - passed]);
  return level2.length < smallestCell ? { passed: null, failed: null } : { passed: shown, failed: others };
}
