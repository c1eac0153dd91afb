import { sql } from 'kysely';
import { inWords } from './ledger.ts';
import type { Ledger, Rows } from './ledger.ts';

interface Row extends Rows {
  readonly day: string;
  readonly definition: string;
  readonly what: string;
  readonly place: string | null;
}

const what = inWords({
  mobilityPublishedAt: { it: 'Avviso di mobilità', en: 'Notice of mobility' },
  publishedAt: { it: 'Bando', en: 'Notice' },
  amended: { it: 'Bando modificato', en: 'Notice amended' },
  extensionPublishedAt: { it: 'Proroga della presentazione delle domande', en: 'Window extended' },
  plannedEndPublishedAt: { it: 'Termine della procedura', en: 'Planned end of the procedure' },
  diaryPublishedAt: { it: 'Diario delle prove', en: 'Diary of the tests' },
  listPublishedAt: { it: 'Elenco degli idonei', en: 'List of eligible persons' },
  rankingPublishedAt: { it: 'Graduatoria', en: 'Ranking' },
});

/** What selections published, and where. Source: domain/selection.md § 10. Norm: D.Lgs. 165/2001 art. 35-ter; D.Lgs. 33/2013 art. 19 */
export const publicationRegister: Ledger<Row> = {
  title: { it: 'Registro delle pubblicazioni', en: 'Register of publications' },
  about: {
    it: 'Che cosa è stato pubblicato nelle selezioni, in quale giorno e con quale riferimento: bandi, avvisi, diari delle prove, elenchi e graduatorie. Una pubblicazione rettificata sta al giorno giusto.',
    en: 'What was published in selections, on which day and under which reference: notices, diaries of tests, lists and rankings. A publication that was rectified stands on the right day.',
  },
  current: null,
  day: { it: 'Giorno della pubblicazione', en: 'Day of publication' },
  act: 'ReadSelectionRegisters',
  order: 'desc',
  columns: [
    { ...{ id: 'on', kind: 'day', label: { it: 'Pubblicato', en: 'Published' } }, cell: (row) => row.day },
    {
      ...{ id: 'procedure', kind: 'name', label: { it: 'Procedura', en: 'Procedure' } },
      cell: (row, names) => names.process(row.definition) ?? row.process,
    },
    {
      ...{ id: 'what', kind: 'text', label: { it: 'Che cosa', en: 'What' } },
      cell: (row) => what(row.what),
    },
    {
      ...{ id: 'where', kind: 'text', label: { it: 'Dove', en: 'Where' }, personal: true },
      cell: (row) => row.place,
    },
  ],
  rows: sql`
    select p.id || '.' || (it ->> 'task') || '.' || (it ->> 'told') as id, p.id as case_id, it ->> 'on' as sort,
      it ->> 'on' as day, true as current, c.definition,
      case when it ->> 'element' = 't_amendNotice' then 'amended' else it ->> 'told' end as what, it ->> 'where' as place
    from views.publications p join views.cases c on c.id = p.id cross join lateral jsonb_array_elements(p.published) it`,
};
