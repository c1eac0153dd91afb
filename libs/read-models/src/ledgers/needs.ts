import { daysBetween } from '@iter/legal-calendar';
import { sql } from 'kysely';
import { findNeeds } from '../needs/queries.ts';
import type { Need } from '../needs/queries.ts';
import { contract, inWords, romeDay } from './ledger.ts';
import type { Ledger, Rows } from './ledger.ts';

interface Row extends Rows {
  readonly day: string;
  readonly last_start: string | null;
  readonly need?: Need;
}

const state = inWords({
  OPEN: { it: 'Aperto', en: 'Open' },
  WAITING_34BIS: { it: 'In attesa dell’art. 34-bis', en: 'Waiting for art. 34-bis' },
  READY_INTERPELLO: { it: 'Pronto per l’interpello', en: 'Ready for the call' },
  READY_COMPETITION: { it: 'Pronto per il concorso', en: 'Ready for a competition' },
  READY_RANKING: { it: 'Pronto per lo scorrimento', en: 'Ready for a ranking' },
  COVERED: { it: 'Coperto', en: 'Covered' },
  WITHDRAWN: { it: 'Ritirato', en: 'Withdrawn' },
});

/** The needs of Comuni, and how long it took to hire for them. Source: domain/selection.md § 10, Comune cockpit */
export const needsRegister: Ledger<Row> = {
  title: { it: 'Registro dei fabbisogni', en: 'Register of needs' },
  about: {
    it: 'I fabbisogni dei Comuni con i posti ancora da coprire. I giorni vanno dall’apertura del fabbisogno all’ultima presa di servizio.',
    en: 'The needs of Comuni with the posts still to be filled. Days are from the opening of a need to the last beginning of service.',
  },
  current: { it: 'Con posti da coprire', en: 'With posts to be filled' },
  day: { it: 'Giorno di apertura', en: 'Day of the opening' },
  act: 'ReadSelectionRegisters',
  order: 'desc',
  columns: [
    {
      ...{ id: 'profile', kind: 'text', label: { it: 'Profilo', en: 'Profile' } },
      cell: ({ need }) => need?.profile ?? null,
    },
    {
      ...{ id: 'contract', kind: 'text', label: { it: 'Contratto', en: 'Contract' } },
      cell: ({ need }) => contract(need?.contractType ?? null),
    },
    {
      ...{ id: 'posts', kind: 'number', label: { it: 'Posti', en: 'Posts' }, reckoned: 'sum' },
      cell: ({ need }) => need?.posts ?? null,
    },
    {
      ...{
        id: 'postsLeft',
        kind: 'number',
        label: { it: 'Da coprire', en: 'To be filled' },
        reckoned: 'sum',
      },
      cell: ({ need }) => need?.postsLeft ?? null,
    },
    {
      ...{ id: 'state', kind: 'text', label: { it: 'Stato', en: 'State' } },
      cell: ({ need }) => state(need?.state ?? null),
    },
    { ...{ id: 'openedOn', kind: 'day', label: { it: 'Aperto', en: 'Opened' } }, cell: ({ day }) => day },
    {
      ...{ id: 'lastStart', kind: 'day', label: { it: 'Presa di servizio', en: 'Beginning of service' } },
      cell: (row) => row.last_start,
    },
    {
      ...{ id: 'days', kind: 'number', label: { it: 'Giorni', en: 'Days' }, reckoned: 'mean' },
      cell: (row) => (row.last_start === null ? null : daysBetween(row.day, row.last_start)),
    },
  ],
  rows: sql`
    select n.id, n.id as case_id, c.began_at as sort, ${romeDay('c.began_at')} as day,
      (select max(h.started_on) from views.hires h where h.need_ref = n.id and not h.returned) as last_start,
      n.stage <> 'WITHDRAWN' and n.posts >
        (select count(*) from views.hires h where h.need_ref = n.id and not h.returned) as current
    from views.needs n join views.cases c on c.id = n.id`,
  async complete(views, rows) {
    const found = await findNeeds(
      views,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => ({ ...row, ...(found.has(row.id) && { need: found.get(row.id)! }) }));
  },
};
