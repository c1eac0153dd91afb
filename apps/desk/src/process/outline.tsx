import { useTranslation } from 'react-i18next';
import { useNameOf } from '../api/people.ts';
import { formatInstant } from '../time/format.ts';
import { Icon } from '../ui/icon.tsx';
import type { Drawing, Node } from './drawing.ts';
import { noProgress } from './progress.ts';
import type { Progress, Visits } from './progress.ts';
import { Mixed } from '../ui/mixed.tsx';
import { inItalian } from '../ui/italian.ts';

interface OutlineProps {
  readonly drawing: Drawing;
  /** Null: it is about the process itself, and all of it is told without a state. */
  readonly progress: Progress | null;
}

/** The same as the diagram, in words: by lane, in the order of the flow, each with its state, when and who. */
export function Outline({ drawing, progress: walked }: OutlineProps) {
  const { t } = useTranslation();
  const progress = walked ?? noProgress;
  const lanes = [...drawing.lanes, { id: '', name: drawing.lanes.length > 0 ? t('outline.noLane') : '' }];
  const told = drawing.nodes.filter((node) => isTold(node, progress));
  return (
    <div className="desk-outline">
      {lanes.map((lane) => {
        const nodes = told.filter((node) => (node.lane ?? '') === lane.id);
        if (nodes.length === 0) return null;
        return (
          <section key={lane.id}>
            {lane.name !== '' && (
              <h3 className="h5" lang={lane.id === '' ? undefined : 'it'}>
                {lane.name}
              </h3>
            )}
            {walked === null ? (
              <Steps nodes={nodes} progress={null} />
            ) : (
              <>
                <Steps nodes={nodes.filter((node) => walked.elements.has(node.id))} progress={walked} />
                <Ahead nodes={nodes.filter((node) => !walked.elements.has(node.id))} progress={walked} />
              </>
            )}
          </section>
        );
      })}
    </div>
  );
}

interface StepsProps {
  readonly nodes: readonly Node[];
  readonly progress: Progress | null;
}

function Steps({ nodes, progress }: StepsProps) {
  if (nodes.length === 0) return null;
  return (
    <ol>
      {nodes.map((node) => (
        <Step
          key={node.id}
          node={node}
          visits={progress?.elements.get(node.id)}
          hasState={progress !== null}
        />
      ))}
    </ol>
  );
}

/** What the case has not reached, and may never: folded, as it is most of the procedure. */
function Ahead({ nodes, progress }: StepsProps) {
  const { t } = useTranslation();
  if (nodes.length === 0) return null;
  return (
    <details>
      <summary>{t('outline.aheadCount', { count: nodes.length })}</summary>
      <Steps nodes={nodes} progress={progress} />
    </details>
  );
}

/** Gateways without a name are only drawing; all else is a step that people know. */
function isTold(node: Node, progress: Progress): boolean {
  if (node.name !== '') return true;
  return !node.type.endsWith('Gateway') && progress.elements.has(node.id);
}

interface StepProps {
  readonly node: Node;
  readonly visits: Visits | undefined;
  readonly hasState: boolean;
}

function Step({ node, visits, hasState }: StepProps) {
  const { t, i18n } = useTranslation();
  const state = stateOf(visits);
  const nameOf = useNameOf();
  const kind = `outline.kind.${node.type}`;
  return (
    <li className={`desk-step desk-step-${state}`} aria-current={state === 'active' ? 'step' : undefined}>
      <Icon name={icons[state]} size="xs" />
      <div>
        <span className="fw-semibold" lang={node.name === '' ? undefined : 'it'}>
          {node.name || node.id}
        </span>{' '}
        <span className="desk-step-kind">
          {i18n.exists(kind) ? t(kind as 'outline.kind.userTask') : node.type}
          {node.within.length > 0 && (
            <Mixed text={` · ${t('outline.within', { name: inItalian(node.within.join(' › ')) })}`} />
          )}
        </span>
        {hasState && (
          <span className="desk-step-state">
            {t(`outline.${state}`)}
            {visits && visits.at !== '' && (
              <>
                {' · '}
                <time dateTime={visits.at}>{formatInstant(visits.at, i18n.language)}</time> ·{' '}
                {nameOf(visits.by)}
              </>
            )}
            {visits && visits.completed > 1 && ` · ${t('diagram.visits', { count: visits.completed })}`}
          </span>
        )}
      </div>
    </li>
  );
}

const icons = {
  active: 'arrow-right-circle',
  done: 'check-circle',
  interrupted: 'less-circle',
  ahead: 'minus',
} as const;

function stateOf(visits: Visits | undefined): keyof typeof icons {
  if (!visits) return 'ahead';
  if (visits.active > 0) return 'active';
  return visits.completed > 0 ? 'done' : 'interrupted';
}
