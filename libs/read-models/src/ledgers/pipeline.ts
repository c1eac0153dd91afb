import type { Label } from '@iter/platform/words';
import { sql } from 'kysely';
import { romeDay } from './ledger.ts';
import type { Ledger, Rows } from './ledger.ts';
import { endOf } from '../cases/outcome.ts';

interface Row extends Rows {
  readonly definition: string;
  readonly began_on: string;
  readonly profile: string | null;
  readonly state: string;
  readonly outcome: string | null;
  readonly tasks: readonly (readonly [definition: string, element: string])[] | null;
  readonly next: { readonly label: Label; readonly legalDueDate: string } | null;
}

const suspended: Label = { it: 'Sospesa', en: 'Suspended' };
const waiting: Label = { it: 'In attesa', en: 'Waiting' };

/** All selections by stage, with the next day that counts. Source: domain/selection.md § 10 */
export const pipeline: Ledger<Row> = {
  title: { it: 'Quadro delle selezioni', en: 'Pipeline of selections' },
  about: {
    it: 'Ogni procedura di reclutamento con la fase in cui si trova e la prossima data: un termine da rispettare, o la fine di un’attesa.',
    en: 'Every recruitment procedure with the stage where it stands and its next date: a term to be kept, or the end of a wait.',
  },
  current: { it: 'In corso', en: 'Under way' },
  day: { it: 'Giorno di avvio', en: 'Day of the start' },
  act: 'ReadSelectionRegisters',
  order: 'asc',
  columns: [
    {
      ...{ id: 'procedure', kind: 'name', label: { it: 'Procedura', en: 'Procedure' } },
      cell: (row, names) => names.process(row.definition) ?? row.process,
    },
    {
      ...{ id: 'profile', kind: 'text', label: { it: 'Profilo', en: 'Profile' } },
      cell: (row) => row.profile,
    },
    {
      ...{ id: 'stage', kind: 'name', label: { it: 'Fase', en: 'Stage' } },
      cell(row, names) {
        const open = (row.tasks ?? []).map(([definition, element]) => names.element(definition, element));
        if (open.length > 0) return open.map((name) => name ?? '').join(' · ');
        if (row.state === 'active') return waiting;
        if (row.state === 'suspended') return suspended;
        return row.outcome === null ? null : names.element(row.definition, endOf(row.outcome));
      },
    },
    {
      ...{ id: 'nextOn', kind: 'day', label: { it: 'Prossima data', en: 'Next date' } },
      cell: (row) => row.next?.legalDueDate.slice(0, 10) ?? null,
    },
    {
      ...{ id: 'next', kind: 'text', label: { it: 'Che cosa', en: 'What' } },
      cell: (row) => row.next?.label ?? null,
    },
    {
      ...{ id: 'beganOn', kind: 'day', label: { it: 'Avviata', en: 'Begun' } },
      cell: (row) => row.began_on,
    },
  ],
  // Of what there are many in a case (memberships of a list) none is the next date of the case.
  rows: sql`
    select p.*, coalesce(p.next ->> 'legalDueDate', '9999') as sort
    from (
      select c.id, c.id as case_id, ${romeDay('c.began_at')} as day, ${romeDay('c.began_at')} as began_on,
        c.state in ('active', 'suspended') as current, c.state, c.definition, c.outcome,
        coalesce(n.profile, r.profile,
          (select string_agg(of, ', ') from jsonb_array_elements_text(e.profiles) of),
          (select m.profile from views.needs m where m.id = u.need_refs ->> 0),
          (select m.profile from views.needs m where m.id = h.need_ref)) as profile,
        (select jsonb_agg(distinct jsonb_build_array(t.definition, t.element))
          from views.tasks t where t.case_id = c.id and t.state = 'open') as tasks,
        (select d from jsonb_array_elements(c.deadlines) d
          where d ->> 'suspended' = 'false' and d ->> 'instance' is null
          order by coalesce(d ->> 'missed', 'false'), d ->> 'legalDueDate' limit 1) as next
      from views.cases c
        left join views.needs n on n.id = c.id
        left join views.rankings r on r.id = c.id
        left join views.eligibility_lists e on e.id = c.id
        left join views.need_uses u on u.id = c.id
        left join views.hires h on h.id = c.id
      where c.process in ('selection-needs-and-mobility', 'selection-competition', 'selection-single-list',
        'selection-interpello', 'selection-ranking-use', 'selection-hiring')
    ) p`,
};
