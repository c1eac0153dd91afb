import { useTranslation } from 'react-i18next';
import { useNameOf } from '../../api/people.ts';
import type { Step } from '../../api/replay.ts';
import type { Deployed } from '../../api/queries.ts';
import { formatInstant } from '../../time/format.ts';
import { useSaid } from '../../process/words-of.tsx';
import { Icon } from '../../ui/icon.tsx';
import { BodyName, RoleName } from '../../ui/role.tsx';
import { Given } from '../case/given.tsx';
import { Why } from '../case/why.tsx';
import { iconOf } from '../case/words.ts';
import { factOf } from './words.ts';
import { Mixed } from '../../ui/mixed.tsx';

interface HappenedProps {
  readonly step: Step;
  readonly deployed: Deployed | undefined;
  /** What an event of the chapter says; others are only numbered. */
  readonly words: (revision: number) => string | null;
  readonly go: (revision: number) => void;
  readonly isPseudonymised: boolean;
}

/** What happened at a step, who did it in which role and why, what set it off and what it set off. */
export function Happened({ step, deployed, words, go, isPseudonymised }: HappenedProps) {
  const { t, i18n } = useTranslation();
  const nameOf = useNameOf();
  const fact = factOf(step);
  const { actor, occurredAt, recordedAt, data } = fact;
  const said = useSaid();
  const written = typeof data.reason === 'string' ? data.reason : null;
  const reason =
    written === null || step.isIntervention ? written : (said.valueOf('reason', written) ?? written);
  const { first, last } = step.act;
  const others = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const links = [
    ['cause', step.cause === null ? [] : [step.cause]],
    ['consequences', [...(step.revision === first ? others.slice(1) : []), ...step.consequences]],
    ['related', step.related],
  ] as const;
  return (
    <section
      className={`desk-panel ${step.isIntervention ? 'desk-replay-intervention' : ''}`}
      aria-labelledby="happened"
    >
      <h2 id="happened" className="h5">
        <Icon name={iconOf(fact.type)} size="sm" /> <Mixed text={words(step.revision) ?? fact.type} />
      </h2>
      {step.isIntervention && (
        <p className="desk-replay-mark">
          <Icon name="flag" size="xs" /> {t('replay.intervention')}
        </p>
      )}
      <dl className="desk-replay-facts">
        <div>
          <dt>{t('replay.recorded')}</dt>
          <dd>
            <time dateTime={recordedAt}>{formatInstant(recordedAt, i18n.language)}</time>
            {occurredAt !== recordedAt && (
              <span className="desk-sub">
                {t('timeline.occurred', { when: formatInstant(occurredAt, i18n.language) })}
              </span>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('replay.who')}</dt>
          <dd>
            {nameOf(actor.account)}
            <span className="desk-sub">
              <RoleName role={actor.role} /> · <BodyName code={actor.body} />
              {actor.onBehalfOf && ` · ${t('substitutions.inPlaceOf', { who: nameOf(actor.onBehalfOf) })}`}
            </span>
          </dd>
        </div>
        {reason !== null && (
          <div>
            <dt>{t('common.reason')}</dt>
            <dd>
              <Mixed text={isPseudonymised ? t('replay.reasonHidden') : reason} />
            </dd>
          </div>
        )}
        {links.map(([name, revisions]) =>
          revisions.length === 0 ? null : (
            <div key={name}>
              <dt>{t(`replay.${name}`)}</dt>
              <dd>
                <ul className="desk-plain-list desk-replay-links">
                  {revisions.slice(0, 20).map((revision) => (
                    <li key={revision}>
                      <button type="button" className="btn btn-link" onClick={() => go(revision)}>
                        {t('replay.number', { step: revision + 1 })}
                        {words(revision) !== null && <Mixed text={`: ${words(revision)}`} />}
                      </button>
                    </li>
                  ))}
                </ul>
              </dd>
            </div>
          ),
        )}
        {step.isFromOutside && (
          <div>
            <dt>{t('replay.cause')}</dt>
            <dd>{t('replay.fromOutside')}</dd>
          </div>
        )}
      </dl>
      {fact.type === 'DecisionEvaluated' && <Why event={fact} />}
      {fact.type === 'UserTaskCompleted' && !isPseudonymised && <Given event={fact} deployed={deployed} />}
      <details className="desk-hash">
        <summary>{t('replay.raw')}</summary>
        <pre tabIndex={0}>{JSON.stringify({ id: fact.id, type: fact.type, data }, null, 2)}</pre>
      </details>
    </section>
  );
}
