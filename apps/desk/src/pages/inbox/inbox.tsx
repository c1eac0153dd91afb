import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTaskAct, useTasks } from '../../api/inbox.ts';
import type { TaskAct, TasksFilter } from '../../api/inbox.ts';
import type { TaskItem } from '../../api/model.ts';
import { useMay } from '../../session/session.tsx';
import { useToday } from '../../time/clock.tsx';
import { addDays } from '../../time/due.ts';
import { Empty, Loaded, Problem } from '../../ui/feedback.tsx';
import { oneOf } from '../../ui/choice.tsx';
import { useFilters } from '../../ui/filters.ts';
import { Icon } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { SavedFilters } from '../../ui/saved-filters.tsx';
import { More } from '../../ui/table.tsx';
import { Bulk } from './bulk.tsx';
import { Done } from './done.tsx';
import { horizonNames, horizons, InboxFilters } from './inbox-filters.tsx';
import { TaskTable } from './task-table.tsx';

const baskets = ['group', 'mine', 'later', 'all', 'done'] as const;
type Basket = (typeof baskets)[number];

/** The work to do: mine, my office's or all that I may see; what is due soonest comes first. */
export default function Inbox() {
  const { t } = useTranslation();
  const may = useMay();
  const today = useToday();
  const [params, set] = useFilters();
  const basket: Basket = oneOf(baskets, params.get('basket')) ?? 'group';
  const within = oneOf(horizonNames, params.get('within'));
  const filter: TasksFilter = {
    ...(basket === 'done' ? { assigned: 'mine', state: 'completed' } : { assigned: basket, state: 'open' }),
    text: params.get('text') ?? '',
    process: params.get('process') ?? '',
    comune: params.get('comune') ?? '',
    facts: params.get('facts') ?? '',
    ...(within !== undefined && { dueBy: addDays(today, horizons[within]) }),
  };
  const isNarrowed = ['text', 'process', 'comune', 'within', 'facts'].some((name) => params.get(name));
  const tasks = useTasks(filter);
  const act = useTaskAct();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const selected = (tasks.items ?? []).filter(({ id }) => chosen.has(id));
  const heading = useRef<HTMLDivElement>(null);
  // A task that was claimed leaves the office's list, and the focus must not fall with it.
  useEffect(() => {
    if (document.activeElement === document.body && act.isSuccess) heading.current?.focus();
  }, [tasks.items?.length, act.isSuccess]);
  const run = (on: readonly TaskItem[], what: TaskAct) =>
    act.mutate(
      { tasks: on, act: what },
      // Others that are ticked stay so.
      {
        onSuccess: () =>
          setChosen((now) => new Set([...now].filter((id) => on.every((one) => one.id !== id)))),
      },
    );

  return (
    <Page
      title={t('inbox.title')}
      lead={t('inbox.lead')}
      actions={
        may('StartCase') && (
          <Link className="btn btn-primary" to="/cases/new">
            <Icon name="plus" /> {t('inbox.start')}
          </Link>
        )
      }
    >
      <div className="desk-baskets" role="group" aria-label={t('inbox.baskets')}>
        {baskets.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={basket === one}
            onClick={() => set('basket', one === 'group' ? '' : one)}
          >
            {t(`inbox.${one}`)}
          </button>
        ))}
      </div>
      <InboxFilters params={params} set={set} />
      <SavedFilters page="tasks" />
      {act.error && <Problem error={act.error} focus />}
      <div ref={heading} tabIndex={-1} aria-live="polite" className="desk-quiet-focus">
        {act.data && <Done result={act.data} />}
      </div>
      {basket !== 'done' && selected.length > 0 && (
        <Bulk tasks={selected} busy={act.isPending} onAct={run} onClear={() => setChosen(new Set())} />
      )}
      <Loaded query={{ ...tasks, data: tasks.items }} lines={8}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={isNarrowed ? t('inbox.empty.narrowed.title') : t(`inbox.empty.${basket}.title`)}>
              {isNarrowed ? t('inbox.empty.narrowed.text') : t(`inbox.empty.${basket}.text`)}
            </Empty>
          ) : (
            <TaskTable
              tasks={items}
              isOver={basket === 'done'}
              chosen={chosen}
              busy={act.isPending ? act.variables.tasks : []}
              onChoose={setChosen}
              onAct={run}
            />
          )
        }
      </Loaded>
      <More list={tasks} />
    </Page>
  );
}
