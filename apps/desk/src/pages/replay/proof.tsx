import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CaseSummary } from '../../api/model.ts';
import { useChain } from '../../api/replay.ts';
import { useReason } from '../../session/reading.tsx';
import { formatInstant } from '../../time/format.ts';
import { Loaded, Note } from '../../ui/feedback.tsx';
import { Hash } from '../../ui/hash.tsx';

interface ProofProps {
  readonly file: CaseSummary;
  readonly isPseudonymised: boolean;
}

/** The history as a file, and what its chain proves and what it does not. */
export function Proof({ file, isPseudonymised }: ProofProps) {
  const { t } = useTranslation();
  const reason = useReason();
  const address = (format: string) =>
    `/api/v1/cases/${file.id}/export?${new URLSearchParams({ format, ...(reason !== undefined && { reason }) }).toString()}`;
  const formats = ['bundle', 'pdf', 'csv', 'jsonl'] as const;
  return (
    <section className="desk-panel" aria-labelledby="proof">
      <h2 id="proof" className="h5">
        {t('replay.proofTitle')}
      </h2>
      <ul className="desk-plain-list desk-replay-formats">
        {formats.map((format) => (
          <li key={format}>
            <a href={address(format)} download>
              {t(`replay.format.${format}`)}
            </a>
            <span className="desk-sub">
              {t(`replay.formatText.${format === 'bundle' && isPseudonymised ? 'covered' : format}`)}
            </span>
          </li>
        ))}
      </ul>
      {isPseudonymised && <p>{t('replay.coveredBundle')}</p>}
      <Verdict file={file} />
      <h3 className="h6">{t('replay.proves')}</h3>
      <ul>
        {(['order', 'altered', 'definition'] as const).map((one) => (
          <li key={one}>{t(`replay.proven.${one}`)}</li>
        ))}
      </ul>
      <h3 className="h6">{t('replay.provesNot')}</h3>
      <ul>
        {(['tail', 'server', 'truth'] as const).map((one) => (
          <li key={one}>{t(`replay.unprovenBy.${one}`)}</li>
        ))}
      </ul>
      <p className="mb-1">{t('replay.command')}</p>
      <pre tabIndex={0} className="mb-0">
        npx iter verify fascicolo-{file.id.slice(0, 8)}.zip
      </pre>
    </section>
  );
}

/** Follows the chain when asked, and says what came of it. */
function Verdict({ file }: { readonly file: CaseSummary }) {
  const { t, i18n } = useTranslation();
  const [asked, setAsked] = useState(false);
  const chain = useChain(file.id, asked);
  const instant = (at: string) => formatInstant(at, i18n.language);
  return (
    <>
      <p>
        <button
          type="button"
          className="btn btn-outline-primary"
          disabled={chain.isFetching}
          onClick={() => (asked ? void chain.refetch() : setAsked(true))}
        >
          {t('replay.chain.ask')}
        </button>
      </p>
      {asked && (
        <Loaded query={chain} lines={2}>
          {({ events, firstRecordedAt, lastRecordedAt, headHash, broken, coverage, covered }) =>
            coverage === 'differs' ? (
              <Note kind="danger" title={t('replay.chain.coverage.differs')}>
                <p className="mb-0">{t('replay.chain.coverage.differsText')}</p>
              </Note>
            ) : broken?.problem === 'no-events' ? (
              <Note kind="danger" title={t('replay.chain.problem.no-events')}>
                <p className="mb-0">{t('replay.chain.brokenText')}</p>
              </Note>
            ) : broken === null ? (
              <Note
                kind="success"
                title={t('replay.chain.whole', {
                  ...{ count: events, from: instant(firstRecordedAt!), to: instant(lastRecordedAt!) },
                })}
              >
                <p className="mb-1">{t('replay.chain.wholeText')}</p>
                <Hash sha256={headHash!} copy={t('replay.chain.copy')} />
                <p className="mt-2 mb-1">{t('replay.chain.keep')}</p>
                {covered && (
                  <p className="mb-0">
                    {t('replay.chain.coverage.covered', {
                      ...{ number: covered.number, at: instant(covered.madeAt) },
                      ...{ key: covered.fingerprint, step: covered.revision + 1 },
                    })}
                  </p>
                )}
                {(coverage === 'not-yet' || coverage === 'restored') && (
                  <p className="mb-0">{t(`replay.chain.coverage.${coverage}`)}</p>
                )}
              </Note>
            ) : (
              <Note kind="danger" title={t('replay.chain.broken', { step: broken.revision + 1 })}>
                <p className="mb-1">
                  {t(`replay.chain.problem.${broken.problem}`)}{' '}
                  {/* Anew and from the top, where the step is shown. */}
                  <Link reloadDocument to={`?step=${broken.revision + 1}`}>
                    {t('audit.step', { step: broken.revision + 1 })}
                  </Link>
                </p>
                <p className="mb-0">{t('replay.chain.brokenText')}</p>
              </Note>
            )
          }
        </Loaded>
      )}
    </>
  );
}
