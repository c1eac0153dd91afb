import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatInstant } from '../../time/format.ts';
import { RoleName, useBodyName } from '../../ui/role.tsx';
import { TermDates } from '../../ui/term-dates.tsx';
import { DeadlineState, EscalationState } from '../../ui/state.tsx';
import { useSaid } from '../../process/words-of.tsx';
import { fromText } from '../../ui/nested.ts';
import { Table } from '../../ui/table.tsx';
import { TaskName } from '../../ui/task-name.tsx';
import { Value } from '../../ui/value.tsx';
import { differences } from './film.ts';
import type { Difference, Frame, ThingOf } from './film.ts';
import type { ElementName } from '../../process/element-name.ts';
import { Italian, Mixed } from '../../ui/mixed.tsx';
import { Norm } from '../../ui/norm.tsx';

interface ThingsProps {
  readonly frame: Frame;
  /** What the frame is told apart from: the step before, or another instant. */
  readonly before: Frame;
  readonly element: ElementName;
  readonly isPseudonymised: boolean;
}

/** What stood: terms, tasks, escalations, incidents. What the step changed is marked in words. */
export function Standing({ frame, before, element }: ThingsProps) {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const own = language === 'en' ? 'en' : 'it';
  const bodyName = useBodyName();
  const { tasks, deadlines, escalations, incidents } = frame.things;
  const openTasks = [...frame.things.case.values()][0]?.openTasks ?? 0;
  return (
    <>
      <Part title={t('replay.deadlines')} count={deadlines.size} none={t('replay.noDeadlines')}>
        <Table
          caption={t('replay.deadlines')}
          rows={[...deadlines.values()]}
          rowKey={(one) => one.key}
          columns={[
            {
              id: 'what',
              head: t('replay.term'),
              className: 'desk-col-main',
              cell: (one) => (
                <>
                  {one.label[own]}
                  {one.instance !== null && ` (${bodyName(one.instance)})`}
                  <Changed was={before.things.deadlines.get(one.key)} is={one} />
                  <Norm norm={one.norm} />
                </>
              ),
            },
            {
              id: 'state',
              head: t('common.state'),
              cell: (one) => <DeadlineState state={one.status} of={one} />,
            },
            {
              id: 'legal',
              head: t('replay.legal'),
              cell: (one) => <TermDates term={one} />,
            },
            {
              id: 'base',
              head: t('replay.base'),
              cell: (one) => (
                <>
                  {one.bases
                    .filter(({ date }) => date !== null)
                    .map(({ date, proof, name }) => (
                      <span key={name} className="d-block">
                        {formatDate(String(date), language)}
                        <span className="desk-sub">
                          {proof === null ? t('replay.unproven') : t('replay.proof', { proof })}
                        </span>
                      </span>
                    ))}
                </>
              ),
            },
          ]}
        />
      </Part>
      <Part title={t('replay.tasks')} count={tasks.size} none={t('replay.noTasks')}>
        {openTasks > tasks.size && <p>{t('replay.some', { shown: tasks.size, count: openTasks })}</p>}
        <Table
          caption={t('replay.tasks')}
          rows={[...tasks.values()].slice(0, 50)}
          rowKey={(one) => one.key}
          columns={[
            {
              id: 'what',
              head: t('replay.task'),
              className: 'desk-col-main',
              cell: (one) => (
                <>
                  <TaskName
                    task={{
                      name: element(one.element, one.definition),
                      iteration: one.iteration,
                      about: one.about ?? (one.body && bodyName(one.body)),
                    }}
                  />
                  <Changed was={before.things.tasks.get(one.key)} is={one} />
                </>
              ),
            },
            {
              id: 'who',
              head: t('replay.who'),
              cell: (one) => (
                <>
                  {one.assignee ?? t('replay.nobody')}
                  {one.role !== null && (
                    <span className="desk-sub">
                      <RoleName role={one.role} />
                    </span>
                  )}
                </>
              ),
            },
            {
              id: 'due',
              head: t('replay.due'),
              cell: (one) => (one.dueAt === null ? '–' : formatInstant(one.dueAt, language)),
            },
          ]}
        />
      </Part>
      {escalations.size > 0 && (
        <Part title={t('replay.escalations')} count={escalations.size} none="">
          <ul>
            {[...escalations.values()].map((one) => (
              <li key={one.key}>
                {one.label[own]} <EscalationState state={one.state} />
                <Changed was={before.things.escalations.get(one.key)} is={one} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      {incidents.size > 0 && (
        <Part title={t('replay.incidents')} count={incidents.size} none="">
          <ul>
            {[...incidents.values()].map((one) => (
              <li key={one.key}>
                {i18n.exists(`incidentCode.${one.code}`) ? (
                  <>
                    {t(`incidentCode.${one.code as 'decadence-risk'}`)} <code>{one.code}</code>
                  </>
                ) : (
                  <code>{one.code}</code>
                )}
                {one.element !== null && (
                  <>
                    {' · '}
                    <Italian>{element(one.element, one.definition)}</Italian>
                  </>
                )}
                <Changed was={before.things.incidents.get(one.key)} is={one} />
              </li>
            ))}
          </ul>
        </Part>
      )}
    </>
  );
}

/** The variables as they were, what the step changed first and with the value before. */
export function Variables({ frame, before, element, isPseudonymised }: ThingsProps) {
  const { t } = useTranslation();
  const changed = differences(before.things.variables, frame.things.variables);
  const names = new Set(changed.map(({ key }) => key));
  const rest = [...frame.things.variables.values()].filter(({ key }) => !names.has(key));
  return (
    <Part
      title={t('replay.variables')}
      count={frame.things.variables.size + changed.filter(({ after }) => after === null).length}
      none={t('replay.noVariables')}
    >
      {isPseudonymised && <p className="desk-sub">{t('replay.valuesHidden')}</p>}
      <h4 className="h6">{t('replay.changed', { count: changed.length })}</h4>
      {changed.length > 0 && (
        <ul className="desk-plain-list desk-replay-diff">
          {changed.map((one) => (
            <Change key={one.key} change={one} element={element} />
          ))}
        </ul>
      )}
      {rest.length > 0 && (
        <details open={rest.length <= 12 || undefined}>
          <summary>{t('replay.unchanged', { count: rest.length })}</summary>
          <dl className="desk-replay-values">
            {rest.map((one) => (
              <div key={one.key}>
                <dt>
                  <Name of={one} element={element} />
                </dt>
                <dd>
                  <Held of={one} />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </Part>
  );
}

type Variable = ThingOf<'variables'>;

/** What a variable is called, and its name in code, by which exports and conditions know it. */
function Name({ of, element: named }: { readonly of: Variable; readonly element: ElementName }) {
  const { name, element, definition, iteration } = of;
  const word = useSaid().nameOf(name);
  return (
    <>
      {word !== null && <Mixed text={`${word} `} />}
      {word === null ? name : <code className="desk-replay-code">{name}</code>}
      {element !== null && (
        <>
          {' · '}
          <Italian>{named(element, definition)}</Italian>
          {iteration !== null && ` (${iteration})`}
        </>
      )}
    </>
  );
}

/** Of a text that was cut only its beginning is there. */
function Held({ of: { name, text, isText, isCut } }: { readonly of: Variable }) {
  if (isCut) return `${text}…`;
  return <Value value={isText ? text : fromText(text)} name={name} />;
}

function Change({
  change,
  element,
}: {
  readonly change: Difference<Variable>;
  readonly element: ElementName;
}) {
  const { t } = useTranslation();
  const { before, after } = change;
  const either = after ?? before;
  if (!either) return null;
  const kind = before === null ? 'added' : after === null ? 'removed' : 'altered';
  return (
    <li>
      <span className="fw-semibold">
        <Name of={either} element={element} />
      </span>{' '}
      <span className={`desk-replay-kind desk-replay-${kind}`}>{t(`replay.kind.${kind}`)}</span>
      {before && (
        <del>
          <span className="visually-hidden">{t('replay.was')} </span>
          <Held of={before} />
        </del>
      )}
      {after && (
        <ins>
          <span className="visually-hidden">{t('replay.is')} </span>
          <Held of={after} />
        </ins>
      )}
    </li>
  );
}

/** Says that a thing is new or other than before. */
function Changed({ was, is }: { readonly was: object | undefined; readonly is: object }) {
  const { t } = useTranslation();
  if (was === is || (was !== undefined && JSON.stringify(was) === JSON.stringify(is))) return null;
  const kind = was === undefined ? 'added' : 'altered';
  return <span className={`desk-replay-kind desk-replay-${kind}`}>{t(`replay.kind.${kind}`)}</span>;
}

interface PartProps {
  readonly title: string;
  readonly count: number;
  readonly none: string;
  readonly children: ReactNode;
}

function Part({ title, count, none, children }: PartProps) {
  return (
    <section className="desk-replay-part">
      <h3 className="h5">{title}</h3>
      {count === 0 ? <p className="desk-sub">{none}</p> : children}
    </section>
  );
}
