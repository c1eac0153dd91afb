import type { Json } from '@iter/event-store';
import { caseOf } from '@iter/event-store/following';
import { brokenOff, entriesIn, numberIn, recordOfCases, textIn, textsIn } from '../case-record.ts';
import { rankings } from './table.ts';
import type { RankedPerson, RankingRow } from './table.ts';

/** One row per competition (`selection-competition`); a ranking once its validity runs. */
export const rankingsProjection = recordOfCases<RankingRow>({
  table: rankings,
  processes: ['selection-competition'],
  begin: ({ stream, data }) => ({
    id: caseOf(stream),
    comune: data.comune,
    bodies: [],
    profile: null,
    contract_type: null,
    eligible_cap: null,
    ranked: [],
    lapsed: false,
    revoked: false,
  }),
  // A revocation ends in an event sub-process, so the case has no end event of its own.
  variables: [
    'bodies',
    'profile',
    'contractType',
    'eligibleCap',
    'rankingFinal',
    'withdrawn',
    'needsState',
    'caseOutcome',
  ],
  told: (row, set) => ({
    ...row,
    ...('bodies' in set && { bodies: textsIn(set['bodies'], 'ipa') }),
    ...('profile' in set && { profile: textIn(set['profile']) }),
    ...('contractType' in set && { contract_type: textIn(set['contractType']) }),
    ...('eligibleCap' in set && { eligible_cap: numberIn(set['eligibleCap']) }),
    ...('rankingFinal' in set && { ranked: rankedIn(set['rankingFinal']) }),
    // A ranking that is approved names nobody who had withdrawn before.
    ...('withdrawn' in set && { ranked: marked(row.ranked, textsIn(set['withdrawn'], 'candidateRef')) }),
    ...('needsState' in set && { lapsed: set['needsState'] === 'LAPSED' }),
    ...('caseOutcome' in set && { revoked: set['caseOutcome'] === 'revoked' }),
  }),
  happened: brokenOff((row) => ({ ...row, revoked: true })),
});

const marked = (ranked: readonly RankedPerson[], gone: readonly string[]): readonly RankedPerson[] =>
  ranked.map((person) => ({ ...person, gone: gone.includes(person.candidateRef) }));

/** Whoever is beyond the cap on eligible persons is not in the ranking. */
function rankedIn(value: Json | undefined): readonly RankedPerson[] {
  return entriesIn(value, (it) => it)
    .toSorted(
      (one, other) => (numberIn(one['position']) ?? Infinity) - (numberIn(other['position']) ?? Infinity),
    )
    .flatMap(({ candidateRef: ref, outcome }) => {
      const candidateRef = textIn(ref);
      const within = outcome === 'WINNER' || outcome === 'ELIGIBLE';
      return candidateRef === null || !within
        ? []
        : [{ candidateRef, winner: outcome === 'WINNER', gone: false }];
    });
}
