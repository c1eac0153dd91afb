import { sql } from 'kysely';
import { inWords, romeDay } from './ledger.ts';
import type { Ledger, Rows } from './ledger.ts';

interface Row extends Rows {
  readonly day: string;
  readonly candidate: string | null;
  readonly since: string;
  readonly standing: string;
  readonly received: number;
  readonly offered: number;
  readonly refused: number;
}

const standing = inWords({
  MEMBER: { it: 'In elenco', en: 'On the list' },
  HIRED: { it: 'Assunzione a tempo indeterminato', en: 'Hired permanently' },
  EXPIRED: { it: 'Iscrizione scaduta', en: 'Expired' },
  LEFT: { it: 'Non più in elenco', en: 'No longer on the list' },
});

/**
 * Who is on the lists of eligible persons, since and until when, and what was asked of them. That somebody did not reply, or is
 * not available, is no refusal.
 * Source: domain/selection.md § 10. Norm: D.L. 80/2021 art. 3-bis c. 5
 */
export const listLedger: Ledger<Row> = {
  title: { it: 'Registro degli elenchi di idonei', en: 'Ledger of eligibility lists' },
  about: {
    it: 'Ogni iscrizione agli elenchi, per codice e mai per nome: entrata, scadenza, interpelli ricevuti e proposte rifiutate. Chi tace o non è disponibile non ha rifiutato una proposta.',
    en: 'Every membership of the lists, by code and never by name: entry, expiry, calls received and offers refused. Whoever is silent or not available has refused no offer.',
  },
  current: { it: 'In elenco', en: 'On the list' },
  day: { it: 'Giorno di scadenza', en: 'Day of expiry' },
  act: 'ReadSelectionRegisters',
  order: 'asc',
  columns: [
    {
      ...{ id: 'candidate', kind: 'text', label: { it: 'Codice', en: 'Code' }, personal: true },
      cell: (row) => row.candidate,
    },
    { ...{ id: 'since', kind: 'day', label: { it: 'Entrata', en: 'Entry' } }, cell: (row) => row.since },
    { ...{ id: 'until', kind: 'day', label: { it: 'Scadenza', en: 'Expiry' } }, cell: (row) => row.day },
    {
      ...{ id: 'standing', kind: 'text', label: { it: 'Stato', en: 'State' } },
      cell: (row) => standing(row.standing),
    },
    {
      ...{ id: 'received', kind: 'number', label: { it: 'Interpelli ricevuti', en: 'Calls received' } },
      cell: (row) => row.received,
    },
    {
      ...{ id: 'offered', kind: 'number', label: { it: 'Proposte', en: 'Offers' } },
      cell: (row) => row.offered,
    },
    {
      ...{ id: 'refused', kind: 'number', label: { it: 'Rifiutate', en: 'Refused' } },
      cell: (row) => row.refused,
    },
  ],
  rows: sql`
    select m.*, m.standing = 'MEMBER' as current, coalesce(k.received, 0)::int as received,
      coalesce(k.offered, 0)::int as offered, coalesce(k.refused, 0)::int as refused
    from (
      select d.id, d.case_id, d.nominal_date as sort, d.nominal_date as day, d.instance as candidate, d.base as since,
        case when exists (select from views.hires h where h.list_ref = d.case_id and h.candidate_ref = d.instance
            and h.contract_type = 'PERMANENT' and not h.returned) then 'HIRED'
          when d.state in ('open', 'suspended') then 'MEMBER'
          when ${romeDay('d.ended_at')} > d.nominal_date then 'EXPIRED'
          else 'LEFT' end as standing
      from views.deadlines d
      where d.deadline = 'DL_LIST_MEMBERSHIP' and d.state <> 'replaced'
    ) m left join lateral (
      select count(*) as received, sum(o.offered) as offered, sum(o.refused) as refused
      from views.need_uses u cross join lateral (
        select count(*) as offered, count(*) filter (where call ->> 'accepted' = 'false') as refused
        from jsonb_array_elements(u.called) call where call ->> 'called' = m.candidate) o
      where u.list_ref = m.case_id and u.asked ? m.candidate) k on true`,
};
