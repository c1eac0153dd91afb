import { useTranslation } from 'react-i18next';
import { shownValue } from './list/shown.ts';
import { ListView } from './list/view.tsx';
import type { Asked } from './schema.ts';
import type { Values } from './values.ts';

interface KeptProps {
  readonly asked: readonly Asked[];
  readonly typed: Values;
  readonly values: Values;
  /** What would be sent of them. */
  readonly sent: Values;
  /** What it is called; else what was typed and cannot be sent. */
  readonly title?: string;
}

/** What was typed into a form that can no longer be sent, as text that can be selected and copied. */
export function KeptText({ asked, typed, values, sent, title }: KeptProps) {
  const { t, i18n } = useTranslation();
  const yes = [t('list.yes'), t('list.no')] as const;
  return (
    <section className="desk-why desk-kept" aria-label={title ?? t('kept.title')}>
      <h2 className="h6">{title ?? t('kept.title')}</h2>
      {title === undefined && <p>{t('kept.copy')}</p>}
      <dl>
        {asked
          .filter(({ key }) => key in typed)
          .map((one) => (
            <div key={one.id}>
              <dt>{one.label}</dt>
              <dd className="desk-typed">
                {one.kind === 'list' ? (
                  <ListView list={one} rows={sent[one.key]} variables={values} />
                ) : (
                  shownValue(one, typed[one.key], values, i18n.language, yes) || '–'
                )}
              </dd>
            </div>
          ))}
      </dl>
    </section>
  );
}
