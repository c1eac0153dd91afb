import { useTranslation } from 'react-i18next';
import type { HistoryEvent } from '../../api/model.ts';
import { useSaid } from '../../process/words-of.tsx';
import { Mixed } from '../../ui/mixed.tsx';
import { Value } from '../../ui/value.tsx';
import { outputOf } from './words.ts';
import type { Evaluated } from './words.ts';

/** Why a decision came out so: every table that was asked, what it was given, which rules matched and what they say. */
export function Why({ event }: { readonly event: HistoryEvent }) {
  const { t } = useTranslation();
  const said = useSaid();
  const { evaluated } = event.data;
  // Masked for who reads under pseudonyms; absent when its key was destroyed.
  if (!Array.isArray(evaluated) || evaluated.length === 0) return null;
  return (
    <details className="desk-why">
      <summary>{t('why.title')}</summary>
      {(evaluated as readonly Evaluated[]).map((decision, at) => (
        <section key={`${decision.id}-${at}`}>
          <h3 className="h6" lang="it">
            {decision.name || decision.id}
          </h3>
          <dl>
            {decision.inputs.map((input) => (
              <div key={input.label}>
                <dt lang="it">{input.label}</dt>
                <dd>
                  <Value value={input.value} />
                </dd>
              </div>
            ))}
          </dl>
          {decision.matchedRules.length > 0 ? (
            <ul>
              {decision.matchedRules.map((rule) => (
                <li key={rule.number}>
                  <span className="fw-semibold">{t('why.rule', { number: rule.number })}</span>{' '}
                  {rule.outputs.map(({ name, value }) => (
                    <div key={name}>
                      <Mixed text={said.nameOf(name) ?? name} />: <Value value={value} name={name} />
                    </div>
                  ))}
                  {rule.annotations
                    .filter(({ text }) => text !== '')
                    .map(({ name, text }) => (
                      <span key={name} className="desk-sub" lang="it">
                        {name === '' ? text : `${name}: ${text}`}
                      </span>
                    ))}
                </li>
              ))}
            </ul>
          ) : null}
          <div>
            {t('why.outcome')}{' '}
            <div className="d-inline-block fw-semibold">
              <Value value={decision.output} name={outputOf(decision)} />
            </div>
          </div>
        </section>
      ))}
    </details>
  );
}
