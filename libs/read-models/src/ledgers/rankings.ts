import { sql } from 'kysely';
import { findRanking } from '../rankings/queries.ts';
import { inWords } from './ledger.ts';
import type { Ledger, Rows } from './ledger.ts';

interface Row extends Rows {
  readonly profile: string | null;
  readonly position: number;
  readonly candidate: string;
  readonly standing: string;
  readonly day: string;
  readonly eligible_cap: number | null;
  readonly left?: number;
}

const standing = inWords({
  WITHDRAWN: { it: 'Rinuncia alla procedura', en: 'Withdrew from the procedure' },
  HIRED: { it: 'Assunzione in corso o avvenuta', en: 'Hiring under way or done' },
  RETURNED: { it: 'Assunzione non riuscita', en: 'Hiring came to nothing' },
  REFUSED: { it: 'Chiamata: rifiuto', en: 'Called: refused' },
  ACCEPTED: { it: 'Chiamata: accettazione', en: 'Called: accepted' },
  WINNER: { it: 'Tra i vincitori, da assumere', en: 'Winner, to be hired' },
  AVAILABLE: { it: 'Tra gli idonei, da chiamare', en: 'Eligible, to be called' },
});

/** Rankings by position: who was called and what came of it, until when they are valid, and how many are left. Source: domain/selection.md § 10 */
export const rankingLedger: Ledger<Row> = {
  title: { it: 'Registro delle graduatorie', en: 'Ledger of rankings' },
  about: {
    it: 'Ogni posizione delle graduatorie approvate, per codice e mai per nome: l’uso, il rifiuto, la scadenza, quante persone si possono ancora chiamare e il limite degli idonei. Chi è oltre il limite non ha posizione.',
    en: 'Every position of the rankings approved, by code and never by name: use, refusal, expiry, how many may still be called and the cap on eligible persons. Nobody beyond the cap has a position.',
  },
  current: { it: 'Di graduatorie valide', en: 'Of valid rankings' },
  day: { it: 'Giorno di scadenza', en: 'Day of expiry' },
  act: 'ReadSelectionRegisters',
  order: 'asc',
  columns: [
    {
      ...{ id: 'profile', kind: 'text', label: { it: 'Profilo', en: 'Profile' } },
      cell: (row) => row.profile,
    },
    {
      ...{ id: 'position', kind: 'number', label: { it: 'Posizione', en: 'Position' } },
      cell: (row) => row.position,
    },
    {
      ...{ id: 'candidate', kind: 'text', label: { it: 'Codice', en: 'Code' }, personal: true },
      cell: (row) => row.candidate,
    },
    {
      ...{ id: 'standing', kind: 'text', label: { it: 'Uso', en: 'Use' } },
      cell: (row) => standing(row.standing),
    },
    {
      ...{ id: 'validUntil', kind: 'day', label: { it: 'Valida fino al', en: 'Valid until' } },
      cell: (row) => row.day,
    },
    {
      ...{ id: 'left', kind: 'number', label: { it: 'Ancora da chiamare', en: 'Still to be called' } },
      cell: (row) => row.left ?? null,
    },
    {
      ...{ id: 'cap', kind: 'number', label: { it: 'Limite degli idonei', en: 'Cap on eligible persons' } },
      cell: (row) => row.eligible_cap,
    },
  ],
  rows: sql`
    select r.id || '.' || lpad(p.position::text, 6, '0') as id, r.id as case_id, v.nominal_date as sort,
      v.nominal_date as day, not r.revoked and v.state = 'open' as current, r.profile, r.eligible_cap,
      p.position::int as position, p.person ->> 'candidateRef' as candidate,
      case when (p.person ->> 'gone')::boolean then 'WITHDRAWN'
        when h.returned = false then 'HIRED'
        when h.returned then 'RETURNED'
        when k.accepted = false then 'REFUSED'
        when k.accepted then 'ACCEPTED'
        when (p.person ->> 'winner')::boolean and not r.lapsed then 'WINNER'
        else 'AVAILABLE' end as standing
    from views.rankings r
      cross join lateral (
        select d.nominal_date, d.state from views.deadlines d
        where d.case_id = r.id and d.deadline = 'DL_RANKING_VALIDITY' and d.state <> 'replaced'
        order by d.opened_at desc limit 1) v
      cross join lateral jsonb_array_elements(r.ranked) with ordinality p (person, position)
      left join lateral (
        select i.returned from views.hires i
        where i.ranking_ref = r.id and i.candidate_ref = p.person ->> 'candidateRef'
        order by i.returned limit 1) h on true
      left join lateral (
        select (call ->> 'accepted')::boolean as accepted
        from views.need_uses u cross join lateral jsonb_array_elements(u.called) call
        where u.ranking_ref = r.id and call ->> 'called' = p.person ->> 'candidateRef'
        order by u.since desc limit 1) k on true`,
  async complete(views, rows) {
    const left = new Map<string, number>();
    for (const id of new Set(rows.map((row) => row.case_id))) {
      const ranking = await findRanking(views, id);
      if (ranking) left.set(id, ranking.ranked.length - ranking.drawn);
    }
    return rows.map((row) => ({ ...row, ...(left.has(row.case_id) && { left: left.get(row.case_id)! }) }));
  },
};
