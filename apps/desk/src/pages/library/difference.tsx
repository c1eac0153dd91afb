import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePackageDiff } from '../../api/library.ts';
import type { Package, PackageChange } from '../../api/library.ts';
import { grouped } from '../../ui/grouped.ts';
import { Choice } from '../../ui/choice.tsx';
import { Loaded, Note } from '../../ui/feedback.tsx';
import { parts } from './words.ts';

/** What may be compared: the versions of a package, what it was made from with what came of that, and what others made of it. */
function comparable(one: Package, other: (origin: string, version: string) => string) {
  const own = one.all.map(({ version }) => ({ ref: version, label: version }));
  const adapted = one.derived.map(({ key, version, origin }) => ({
    ref: `${key}@${version}`,
    label: other(origin.name, version),
  }));
  const origins = one.all.flatMap(({ basedOn }) =>
    basedOn?.known
      ? [basedOn.version, ...basedOn.later].map((version) => ({
          ref: `${basedOn.key}@${version}`,
          label: other(basedOn.origin.name, version),
        }))
      : [],
  );
  return [...new Map([...own, ...adapted, ...origins].map((it) => [it.ref, it])).values()];
}

/** The difference between two versions, in words. */
export function Difference({ one }: { readonly one: Package }) {
  const { t } = useTranslation();
  const refs = comparable(one, (origin, version) => t('library.diffOther', { origin, version }));
  const [picked, setPicked] = useState({ from: '', to: '' });
  const to = picked.to || (refs[0]?.ref ?? '');
  const from = picked.from || (refs[1]?.ref ?? '');
  const diff = usePackageDiff(one.key, from, to);
  return (
    <section aria-labelledby="difference" className="desk-section">
      <h2 id="difference" className="h5">
        {t('library.diff')}
      </h2>
      <p className="text-secondary">{t('library.diffText')}</p>
      {refs.length < 2 ? (
        <p>{t('library.diffPick')}</p>
      ) : (
        <>
          <div className="desk-filters">
            {(['from', 'to'] as const).map((side) => (
              <Choice
                key={side}
                id={`diff-${side}`}
                label={t(side === 'from' ? 'library.diffFrom' : 'library.diffTo')}
                always
                value={side === 'from' ? from : to}
                onChange={(ref) => setPicked({ from, to, [side]: ref })}
              >
                {refs.map(({ ref, label }) => (
                  <option key={ref} value={ref}>
                    {label}
                  </option>
                ))}
              </Choice>
            ))}
          </div>
          <div aria-live="polite">
            {from === to ? (
              <Note kind="info">{t('library.diffNone')}</Note>
            ) : (
              <Loaded query={diff} lines={6}>
                {({ total, changes }) => <Changes total={total} changes={changes} />}
              </Loaded>
            )}
          </div>
        </>
      )}
    </section>
  );
}

function Changes({ total, changes }: { readonly total: number; readonly changes: readonly PackageChange[] }) {
  const { t } = useTranslation();
  if (total === 0) return <Note kind="info">{t('library.diffNone')}</Note>;
  return (
    <>
      <p>
        {t('library.diffTotal', { count: total })}
        {total > changes.length && ` ${t('library.diffFirst', { count: changes.length })}`}
      </p>
      {parts
        .map((part) => [part, changes.filter(({ section }) => section === part)] as const)
        .filter(([, of]) => of.length > 0)
        .map(([part, of]) => (
          <section key={part} className="desk-panel" aria-labelledby={`diff-${part}`}>
            <h3 id={`diff-${part}`} className="h6">
              {t(`library.part.${part}`)}
            </h3>
            {[...grouped(of, ({ file }) => file)].map(([file, ofFile]) => (
              <div key={file} className="mb-3">
                <p className="desk-sub mb-1">
                  <code className="desk-place">{file}</code>
                </p>
                <ul className="desk-differences">
                  {ofFile.map((change, i) => (
                    // Changes have no names of their own and never move.
                    <li key={i}>
                      <Change change={change} />
                    </li>
                  ))}
                </ul>
              </div>
            ))}
          </section>
        ))}
    </>
  );
}

/** One change as a sentence: what it is about, then what was and what is. */
function Change({ change }: { readonly change: PackageChange }) {
  const { t, i18n } = useTranslation();
  const { kind, of, field, before, after, patch } = change;
  const said = (value: string) =>
    value === 'true' ? t('library.yes') : value === 'false' ? t('library.no') : value;
  const known = `library.fields.${field}`;
  const named = field !== null && i18n.exists(known) ? t(known as 'library.fields.name') : field;
  return (
    <>
      <span className={`badge desk-badge desk-change-${kind}`}>{t(`library.change.${kind}`)}</span>{' '}
      {field === 'layout' ? (
        t('library.layoutOnly')
      ) : (
        <>
          {of !== null && <strong>{of}</strong>}
          {named !== null && `${of === null ? '' : ': '}${named}`}
          {before !== null && (
            <>
              {', '}
              {t('library.was')} <del>{said(before)}</del>
            </>
          )}
          {after !== null && (
            <>
              {', '}
              {t('library.is')} <ins>{said(after)}</ins>
            </>
          )}
        </>
      )}
      {patch !== null && (
        <details>
          <summary>{t('library.lines')}</summary>
          <pre className="desk-patch" tabIndex={0}>
            {patch}
          </pre>
        </details>
      )}
    </>
  );
}
