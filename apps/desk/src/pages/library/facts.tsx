import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Package, PackageVerdict, PackageVersion } from '../../api/library.ts';
import { formatSize } from '../../time/format.ts';

interface FactsProps {
  readonly version: PackageVersion | NonNullable<PackageVerdict['version']>;
  readonly origin: Package['origin'];
  readonly licence: string;
}

/** Who a version comes from, and what proves it. */
export function Facts({ version, origin, licence }: FactsProps) {
  const { t, i18n } = useTranslation();
  const { authors, processes, fingerprint, contentHash, basedOn, sizeBytes } = version;
  const from = basedOn && t('library.basedOnWhat', { name: basedOn.origin.name, version: basedOn.version });
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('library.origin'), origin.name],
    [t('library.authors'), authors.join(', ')],
    [t('library.licence'), licence],
    ...(basedOn
      ? [
          [
            t('library.basedOn'),
            <>
              {basedOn.known ? <Link to={`/library/${basedOn.key}`}>{from}</Link> : from}
              {basedOn.later.length > 0 && <span className="desk-sub">{t('library.behind')}</span>}
            </>,
          ] as const,
        ]
      : []),
    [t('library.carries'), processes.join(', ')],
    [t('library.size'), formatSize(sizeBytes, i18n.language)],
    [
      t('library.fingerprint'),
      fingerprint === null ? t('library.unsigned') : <code className="desk-place">{fingerprint}</code>,
    ],
    [t('library.hash'), <code className="desk-place">{contentHash}</code>],
  ];
  return (
    <dl className="desk-package-facts">
      {facts.map(([what, value]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
