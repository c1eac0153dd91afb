import { sql } from 'kysely';
import { inWords } from './ledger.ts';
import type { Ledger, Rows } from './ledger.ts';

interface Row extends Rows {
  readonly kind: string | null;
  readonly base: string;
  readonly day: string;
  readonly sent_on: string | null;
  readonly sendings: number;
  readonly standing: string;
}

const kind = inWords({
  START: { it: 'Avvio', en: 'Start' },
  SUSPENSION: { it: 'Sospensione cautelare', en: 'Precautionary suspension' },
  END: { it: 'Conclusione', en: 'End' },
});
const standing = inWords({
  DUE: { it: 'Da inviare', en: 'Due' },
  OVERDUE: { it: 'Da inviare, oltre il termine', en: 'Due, past its term' },
  SENT: { it: 'Inviata, senza esito', en: 'Sent, unanswered' },
  ACCEPTED: { it: 'Accolta', en: 'Accepted' },
  REJECTED: { it: 'Scartata, da ripetere', en: 'Refused, to be repeated' },
  NONE: { it: 'Chiusa senza esito', en: 'Closed unanswered' },
});

/**
 * What the Inspectorate of public employment is told of disciplinary procedures: due, sent, accepted, refused.
 * Source: domain/disciplinary.md § 13. Norm: D.Lgs. 165/2001 art. 55-bis c. 4
 */
export const inspectorateRegister: Ledger<Row> = {
  title: {
    it: 'Registro delle comunicazioni all’Ispettorato',
    en: 'Register of notices to the Inspectorate',
  },
  about: {
    it: 'Le comunicazioni all’Ispettorato per la funzione pubblica: quando sono dovute, quando la PEC è stata accettata, quale esito hanno avuto. Nessun dato della persona.',
    en: 'Notices to the Inspectorate of public employment: when they are due, when the certified mail was accepted, what came of them. Nothing about the person.',
  },
  current: { it: 'Ancora da chiudere', en: 'Still to be closed' },
  day: { it: 'Giorno in cui è dovuta', en: 'Day on which it is due' },
  act: 'ReadInspectorateRegister',
  order: 'asc',
  columns: [
    {
      ...{ id: 'kind', kind: 'text', label: { it: 'Comunicazione', en: 'Notice' } },
      cell: (row) => kind(row.kind),
    },
    {
      ...{ id: 'actOn', kind: 'day', label: { it: 'Atto del', en: 'Act of' } },
      cell: (row) => row.base.slice(0, 10),
    },
    { ...{ id: 'dueOn', kind: 'day', label: { it: 'Dovuta entro', en: 'Due by' } }, cell: (row) => row.day },
    {
      ...{ id: 'sentOn', kind: 'day', label: { it: 'Accettata dalla PEC', en: 'Accepted by the mail' } },
      cell: (row) => row.sent_on?.slice(0, 10) ?? null,
    },
    {
      ...{ id: 'sendings', kind: 'number', label: { it: 'Invii', en: 'Sendings' } },
      cell: (row) => row.sendings,
    },
    {
      ...{ id: 'standing', kind: 'text', label: { it: 'Stato', en: 'State' } },
      cell: (row) => standing(row.standing),
    },
  ],
  rows: sql`
    select c.id, c.id as case_id, d.legal_due_date as sort, left(d.legal_due_date, 10) as day,
      c.state in ('active', 'suspended') as current, d.base, d.decided_on as sent_on,
      (select substr(f, 6) from unnest(c.facts) f where starts_with(f, 'kind:')) as kind,
      (select count(*)::int from views.tasks t
        where t.case_id = c.id and t.element = 't_sendPec' and t.state = 'completed') as sendings,
      case when 'outcome:ACCEPTED' = any(c.facts) then 'ACCEPTED'
        when c.ended_at is not null then 'NONE'
        when 'outcome:REJECTED' = any(c.facts) then 'REJECTED'
        when d.decided_on is not null then 'SENT'
        when d.state = 'missed' then 'OVERDUE'
        else 'DUE' end as standing
    from views.cases c cross join lateral (
      select i.legal_due_date, i.state, i.base, i.decided_on from views.deadlines i
      where i.case_id = c.id and i.deadline in ('DL_INSP_START', 'DL_INSP_SUSP', 'DL_INSP_END') and i.state <> 'replaced'
      order by i.opened_at desc, i.id desc limit 1) d
    where c.process = 'inspectorate-notification'`,
};
