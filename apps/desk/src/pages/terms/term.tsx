import { useTranslation } from 'react-i18next';
import type { Term } from '../../api/model.ts';
import { formatDate } from '../../time/format.ts';
import { Nature, useWhom } from '../../ui/due.tsx';
import { Icon } from '../../ui/icon.tsx';
import { MarkBadge } from '../../ui/mark.tsx';
import { LadderTable } from './ladder-table.tsx';
import { useTermWords } from './words.ts';
import { Italian } from '../../ui/mixed.tsx';

/** A term: the version that counts, with the others folded below it. */
export function TermCard({ versions }: { readonly versions: readonly Term[] }) {
  const { t } = useTranslation();
  const { language, figure } = useTermWords();
  const shown = versions.find(({ inForce }) => inForce) ?? versions.at(-1);
  if (!shown) return null;
  const others = versions.filter((one) => one !== shown).toReversed();
  return (
    <article id={shown.key} className="desk-term">
      <header>
        <h3 className="h5">{shown.label[language]}</h3>
        <div className="desk-badges">
          <Nature nature={shown.nature} />
          {shown.marks.map((mark) => (
            <MarkBadge key={mark} mark={mark} />
          ))}
        </div>
      </header>
      <p className="desk-term-figure">{figure(shown)}</p>
      <p className="mb-1 text-secondary">
        <Italian>{shown.norm}</Italian> · <InForce term={shown} />
      </p>
      <TermQuestions term={shown} />
      <details>
        <summary>{t('terms.more')}</summary>
        <TermDetails term={shown} />
      </details>
      {others.length > 0 && (
        <details>
          <summary>{t('terms.versions', { count: others.length })}</summary>
          {others.map((one) => (
            <section key={one.validFrom} className="desk-term-version">
              <div className="desk-badges">
                {one.marks.map((mark) => (
                  <MarkBadge key={mark} mark={mark} />
                ))}
              </div>
              <p className="fw-semibold mb-1">{figure(one)}</p>
              <p className="mb-1 text-secondary">
                <Italian>{one.norm}</Italian> · <InForce term={one} />
              </p>
              <TermDetails term={one} />
            </section>
          ))}
        </details>
      )}
    </article>
  );
}

/** Since when, until when, and whether that is over or yet to come. */
function InForce({ term: { validFrom, validTo, inForce } }: { readonly term: Term }) {
  const { t, i18n } = useTranslation();
  const from = formatDate(validFrom, i18n.language);
  return (
    <>
      {validTo === null
        ? t('terms.since', { from })
        : t('terms.between', { from, to: formatDate(validTo, i18n.language) })}
      {!inForce && <strong> · {t(validTo === null ? 'terms.future' : 'terms.past')}</strong>}
    </>
  );
}

/** What a jurist is still asked about it, and what holds meanwhile. */
export function TermQuestions({ term }: { readonly term: Term }) {
  const { t } = useTranslation();
  const { language } = useTermWords();
  return term.questions.map(({ id, text, meanwhile, settled }) => (
    <div key={id} className="desk-question">
      <Icon name={settled ? 'check-circle' : 'help-circle'} size="sm" />
      <p className="mb-0">
        <strong>{t(settled ? 'terms.settled' : 'terms.question', { id })}.</strong> {text[language]}{' '}
        <span className="text-secondary">
          {t('terms.meanwhile')}: {meanwhile[language]}
        </span>
      </p>
    </div>
  ));
}

function TermDetails({ term }: { readonly term: Term }) {
  const { t } = useTranslation();
  const { language, bounds } = useTermWords();
  const who = t(`binds.${term.binds as 'employee'}`);
  const whom = useWhom();
  const isWait = term.earliest !== null;
  return (
    <>
      <dl className="desk-term-facts">
        <dt>{t('terms.nature')}</dt>
        <dd>
          {t(`nature.${term.nature as 'EFFECT'}`)}: {t(`natureMeaning.${term.nature as 'EFFECT'}`)}{' '}
          {whom(term).replace(/^./, (letter) => letter.toUpperCase())}.
        </dd>
        <dt>{t('terms.bases')}</dt>
        <dd>
          <ul className="mb-1">
            {term.bases.map(({ name, label }) => (
              <li key={name}>{label[language]}</li>
            ))}
          </ul>
          {term.bases.length > 1 &&
            t(term.prudentBase === 'earliest' ? 'terms.baseEarliest' : 'terms.baseLatest', { who })}
        </dd>
        <dt>{t('terms.counting')}</dt>
        <dd>
          {t(
            term.direction === 'backward'
              ? 'terms.backward'
              : term.rollover
                ? 'terms.rollover'
                : 'terms.noRollover',
          )}{' '}
          {isWait && term.direction === 'forward' && (
            <>{t(term.earliest === 'dayAfter' ? 'terms.dayAfter' : 'terms.lastDay')} </>
          )}
          {bounds(term)}
        </dd>
        <dt>
          {t(
            term.nature === 'VALIDITY'
              ? 'terms.onMissed.validity'
              : isWait && term.direction === 'forward'
                ? 'terms.onMissed.wait'
                : 'terms.onMissed.label',
          )}
        </dt>
        <dd>
          {term.onMissed.label[language]}.{' '}
          <span className="text-secondary">
            {t(term.onMissed.incident === null ? 'terms.noIncident' : 'terms.incident')}
          </span>
        </dd>
        <dt>{t('terms.mark')}</dt>
        <dd>
          <ul className="mb-1">
            {term.marks.map((mark) => (
              <li key={mark}>
                {t(`markName.${mark as 'memory'}`)}: {t(`markMeaning.${mark as 'memory'}`)}
              </li>
            ))}
          </ul>
          <span className="desk-sub">
            {t('terms.markText')}: <span lang="en">{term.mark}</span>
          </span>
        </dd>
        <dt>{t('terms.key')}</dt>
        <dd>
          <code>{term.key}</code>
        </dd>
      </dl>
      <LadderTable ladder={term.ladder} term={term.label[language]} />
    </>
  );
}
