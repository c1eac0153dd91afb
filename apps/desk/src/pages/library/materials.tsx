import { useTranslation } from 'react-i18next';
import { materialFileAt, useMaterials } from '../../api/library.ts';
import type { LibraryFilter, Material } from '../../api/library.ts';
import { formatDayOf, formatSize } from '../../time/format.ts';
import { Empty, Loaded } from '../../ui/feedback.tsx';
import { More } from '../../ui/table.tsx';

/** What the editors of the community have published, the latest first. */
export function Materials({ filter }: { readonly filter: LibraryFilter }) {
  const { t } = useTranslation();
  const list = useMaterials(filter);
  return (
    <section aria-labelledby="materials">
      <h2 id="materials" className="h5">
        {t('library.materials')}
      </h2>
      <p className="text-secondary">{t('library.materialsText')}</p>
      <Loaded query={list} lines={6}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="file" title={t('library.materialsNone')}>
              {t('library.materialsNoneText')}
            </Empty>
          ) : (
            <>
              {items.map((one) => (
                <MaterialCard key={one.caseId} material={one} />
              ))}
              <More list={list} />
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function MaterialCard({ material }: { readonly material: Material }) {
  const { t, i18n } = useTranslation();
  const { caseId, kind, title, text, attached, service, body, publishedAt, files } = material;
  return (
    <article className="desk-panel" aria-labelledby={`material-${caseId}`}>
      <h3 id={`material-${caseId}`} className="h6 mb-1">
        {title}
      </h3>
      <p className="desk-sub">
        {[
          t(`library.kind.${kind}`),
          ...(service === null ? [] : [t(`statistics.services.${service as 'training'}`)]),
          body.name,
          t('library.materialOn', { date: formatDayOf(publishedAt, i18n.language) }),
        ].join(' · ')}
      </p>
      <p className="desk-typed">{text}</p>
      {attached !== null && <p className="mb-1">{t('library.attached', { what: attached })}</p>}
      {files.length > 0 && (
        <ul className="desk-plain-list" aria-label={t('library.files')}>
          {files.map((file) => (
            <li key={file.id}>
              <a href={materialFileAt(caseId, file.id)} download={file.name}>
                {file.name}
              </a>{' '}
              <span className="desk-sub-inline">{formatSize(file.sizeBytes, i18n.language)}</span>
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}
