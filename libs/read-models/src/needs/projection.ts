import type { Variables } from '@iter/engine';
import { caseOf } from '@iter/event-store/following';
import { brokenOff, numberIn, recordOfCases, textIn } from '../case-record.ts';
import { needs } from './table.ts';
import type { NeedRow, NeedStage } from './table.ts';

const ends: Readonly<Record<string, NeedStage>> = {
  end_withdrawn: 'WITHDRAWN',
  end_coveredByMobility: 'COVERED',
  end_coveredBy34bis: 'COVERED',
  end_readyInterpello: 'READY_INTERPELLO',
  end_readyCompetition: 'READY_COMPETITION',
  end_readyRanking: 'READY_RANKING',
  end_readyRankingAtOnce: 'READY_RANKING',
  end_readyOwnRanking: 'READY_RANKING',
};

/** Art. 34-bis is under way from the moment when the communication is to be sent until the channel is chosen. */
const tasks: Readonly<Record<string, NeedStage>> = { t_send34bis: 'WAITING_34BIS', t_chooseChannel: 'OPEN' };

/** One row per need of a Comune (`selection-needs-and-mobility`). */
export const needsProjection = recordOfCases<NeedRow>({
  table: needs,
  processes: ['selection-needs-and-mobility'],
  begin: ({ stream, data }) => ({
    id: caseOf(stream),
    comune: data.comune,
    ...{ profile: null, area: null, contract_type: null, contract_months: null },
    ...{ part_time_pct: null, seat: null },
    posts: 0,
    channel: null,
    publish_early: false,
    stage: 'OPEN',
  }),
  variables: [
    'profile',
    'area',
    'contractType',
    'contractMonths',
    'partTimePct',
    'seat',
    'posts',
    'channel',
    'publishSubjectTo34bis',
  ],
  told: (row, set) => ({ ...row, ...columns(set) }),
  happened: {
    UserTaskCreated: ({ data }) => toStage(tasks[data.element]),
    CaseCompleted: ({ data }) => toStage(ends[data.endElement ?? '']),
    ...brokenOff((row) => ({ ...row, stage: 'WITHDRAWN' })),
  },
});

function columns(set: Variables): Partial<NeedRow> {
  const has = (name: string): boolean => name in set;
  return {
    ...(has('profile') && { profile: textIn(set['profile']) }),
    ...(has('area') && { area: textIn(set['area']) }),
    ...(has('contractType') && { contract_type: textIn(set['contractType']) }),
    ...(has('contractMonths') && { contract_months: numberIn(set['contractMonths']) }),
    ...(has('partTimePct') && { part_time_pct: numberIn(set['partTimePct']) }),
    ...(has('seat') && { seat: textIn(set['seat']) }),
    ...(has('posts') && { posts: numberIn(set['posts']) ?? 0 }),
    ...(has('channel') && { channel: textIn(set['channel']) }),
    ...(has('publishSubjectTo34bis') && { publish_early: set['publishSubjectTo34bis'] === true }),
  };
}

const toStage = (stage: NeedStage | undefined) =>
  stage === undefined ? null : (row: NeedRow): NeedRow => ({ ...row, stage });
