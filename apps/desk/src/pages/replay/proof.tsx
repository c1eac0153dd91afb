import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '../../api/model.ts';
import { useReason } from '../../session/reading.tsx';

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
  // Envelopes name accounts: who reads under pseudonyms gets the events, not their seals.
  const formats = isPseudonymised
    ? (['pdf', 'csv', 'jsonl'] as const)
    : (['bundle', 'pdf', 'csv', 'jsonl'] as const);
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
            <span className="desk-sub">{t(`replay.formatText.${format}`)}</span>
          </li>
        ))}
      </ul>
      {isPseudonymised && <p>{t('replay.noBundle')}</p>}
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
