import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';

interface HashProps {
  readonly sha256: string;
  /** What copying it is called. */
  readonly copy: string;
}

/** A hash by its first signs, to be opened and copied whole, so that it can be compared elsewhere. */
export function Hash({ sha256, copy }: HashProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  return (
    <div className="desk-hash desk-hash-line">
      <details>
        <summary>{sha256.slice(0, 12)}…</summary>
        <code>{sha256}</code>
      </details>
      {/* Browsers lend the clipboard to safe connections only. */}
      {window.isSecureContext && (
        <button
          type="button"
          className="desk-icon-button"
          aria-label={copy}
          title={copy}
          onClick={() => void navigator.clipboard.writeText(sha256).then(() => setCopied(true))}
        >
          <Icon name={copied ? 'check' : 'copy'} size="xs" />
        </button>
      )}
      <span aria-live="polite" className="visually-hidden">
        {copied ? t('filed.copied') : ''}
      </span>
    </div>
  );
}
