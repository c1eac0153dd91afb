import { describe, expect, it } from '@jest/globals';
import type { Term } from '@iter/legal-calendar';
import { feel, plain, processModel, start, user } from '../../../libs/engine/src/testing/model.ts';
import { Play } from '../../../libs/engine/src/testing/play.ts';
import { catalogue, named } from '../compare.ts';

// What the day of expiry does to a deadline of every term. Source: legal-calendar.md § 2, "What happens on the date"

/** By nature and direction, as the page says. */
function afterwards({ nature, direction }: Term): 'missed' | 'met' | 'closed' {
  switch (nature) {
    case 'VALIDITY':
      return 'closed';
    case 'EFFECT':
      return 'met';
    case 'DILATORY':
      return direction === 'forward' ? 'met' : 'missed';
    default:
      return 'missed';
  }
}

/** Opens a deadline of the term on a base for which the version is in force, long before its end. */
function opened(term: Term): Play {
  const { key, validFrom, validTo, direction } = term;
  const isInstant = ('unit' in term && term.unit === 'h') || ('until' in term && term.until === 'instant');
  const base = validTo ?? (validFrom > '2026-03-06' ? validFrom : '2026-03-06');
  const day = isInstant ? `${base}T10:00:00+01:00` : base;
  const later = isInstant
    ? `${Number(base.slice(0, 4)) + 1}-01-15T10:00:00+01:00`
    : `${Number(base.slice(0, 4)) + 1}-01-15`;
  const declaration = {
    id: 'DL',
    term: key,
    bases: [{ name: term.bases[0]?.name ?? '', value: plain(day), proof: null }],
    ...('until' in term && { until: plain(later) }),
    met: [{ by: 'act', date: feel('actedOn'), use: 'both' as const }],
  };
  const model = processModel(
    'p',
    [start('s', { deadlines: [declaration] }), user('act'), user('next')],
    ['s -> act -> next'],
  );
  const now =
    direction === 'backward'
      ? `${Number(base.slice(0, 4)) - 2}-01-15T09:00:00.000Z`
      : `${base}T09:00:00.000Z`;
  const play = new Play(model, { now, catalogue });
  play.start();
  return play;
}

const codes = (play: Play) => [...play.state.incidents.values()].map(({ code }) => code);

describe('the day of expiry', () => {
  it.each(named(catalogue.terms()))('%s', (_, term) => {
    const play = opened(term);
    const { expiresAt } = play.deadline('DL').plan;
    play.advanceTo(new Date(Date.parse(expiresAt) - 1).toISOString());
    const raised = codes(play);
    expect(play.deadline('DL').status).toBe('open');
    play.advanceTo(expiresAt);
    const state = afterwards(term);
    expect(play.deadline('DL').status).toBe(state);
    const { incident } = term.onMissed;
    expect(codes(play).slice(raised.length)).toEqual(
      state === 'missed' && incident !== null ? [incident] : [],
    );
    expect(play.live()).toEqual(['act']);
  });
});
