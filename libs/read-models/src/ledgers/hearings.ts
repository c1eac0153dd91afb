import { sql } from 'kysely';
import { inWords } from './ledger.ts';
import type { Ledger, Rows } from './ledger.ts';

interface Row extends Rows {
  readonly held_at: string;
  readonly place: string | null;
  readonly notice: string;
  readonly notice_by: string;
  readonly outcome: string | null;
  readonly deferrals: number;
}

const notice = inWords({
  open: { it: 'Da provare', en: 'Not proven yet' },
  suspended: { it: 'Sospeso', en: 'Suspended' },
  met: { it: 'Rispettato', en: 'Kept' },
  missed: { it: 'Non rispettato', en: 'Not kept' },
  closed: { it: 'Chiuso senza prova', en: 'Closed unproven' },
});
const outcome = inWords({
  HELD: { it: 'Tenuta', en: 'Held' },
  ABSENT: { it: 'Dipendente assente', en: 'Employee absent' },
  NOT_HELD_REQUEST: { it: 'Non tenuta: chiesto il differimento', en: 'Not held: deferral requested' },
});

/**
 * The hearings of disciplinary procedures, one a case, as they are fixed now. A hearing is there once its summons is signed, which
 * opens the term of its notice: what the desk drafts before that is nobody's to read.
 * Source: domain/disciplinary.md § 13. Norm: D.Lgs. 165/2001 art. 55-bis c. 4, 55-quater c. 3-ter
 */
export const hearingDiary: Ledger<Row> = {
  title: { it: 'Agenda delle audizioni', en: 'Hearing diary' },
  about: {
    it: 'Le audizioni convocate, con il luogo e l’esame del preavviso: un’audizione spostata sta al suo nuovo giorno. Finché la convocazione non è firmata, l’audizione non c’è.',
    en: 'Hearings that were summoned, with the place and the check of their notice: a hearing that was moved stands on its new day. Until its summons is signed a hearing is not here.',
  },
  current: { it: 'Ancora da tenere', en: 'Still to be held' },
  day: { it: 'Giorno dell’audizione', en: 'Day of the hearing' },
  act: 'ReadHearingDiary',
  order: 'asc',
  columns: [
    {
      ...{ id: 'heldAt', kind: 'moment', label: { it: 'Audizione', en: 'Hearing' } },
      cell: (row) => row.held_at,
    },
    {
      ...{ id: 'place', kind: 'text', label: { it: 'Luogo o collegamento', en: 'Place or link' } },
      personal: true,
      cell: (row) => row.place,
    },
    {
      ...{ id: 'notice', kind: 'text', label: { it: 'Preavviso', en: 'Notice' } },
      cell: (row) => notice(row.notice),
    },
    {
      ...{ id: 'noticeBy', kind: 'day', label: { it: 'Da ricevere entro', en: 'To be received by' } },
      cell: (row) => row.notice_by,
    },
    {
      ...{ id: 'deferrals', kind: 'number', label: { it: 'Differimenti', en: 'Deferrals' } },
      cell: (row) => row.deferrals,
    },
    {
      ...{ id: 'outcome', kind: 'text', label: { it: 'Esito', en: 'Outcome' } },
      cell: (row) => outcome(row.outcome),
    },
  ],
  rows: sql`
    select h.id, h.id as case_id, h.held_at as sort, h.day, h.held_at, h.place, h.outcome, h.deferrals,
      h.open and (h.outcome is null or h.outcome = 'NOT_HELD_REQUEST') as current,
      n.state as notice, n.legal_due_date as notice_by
    from views.hearings h cross join lateral (
      select d.state, d.legal_due_date from views.deadlines d
      where d.case_id = h.id and d.deadline in ('DL_HEARING_NOTICE', 'DL_HEARING_NOTICE_15') and d.state <> 'replaced'
      order by d.opened_at desc, d.id desc limit 1) n
    where h.held_at is not null`,
};
