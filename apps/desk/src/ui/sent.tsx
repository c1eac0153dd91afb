import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from './feedback.tsx';

interface Sent {
  /** It was sent with something missing: what still is is said to be so. */
  readonly isSent: boolean;
  readonly isMissing: (text: string) => boolean;
  /** How much is missing, once it was sent so. */
  readonly summary: ReactNode;
  /** Does it when nothing is missing; else says what is. */
  readonly sent: (then?: () => void) => void;
}

const isEmpty = (text: string): boolean => text.trim() === '';

/**
 * A form of which some texts must be given.
 * @param texts as they stand
 * @param others how many other fields still lack something
 */
export function useSent(texts: readonly string[], others = 0): Sent {
  const { t } = useTranslation();
  const [isSent, setSent] = useState(false);
  const wrong = texts.filter(isEmpty).length + others;
  return {
    isSent,
    isMissing: (text) => isSent && isEmpty(text),
    summary: isSent && wrong > 0 && <Note kind="warning" title={t('form.summary', { count: wrong })} focus />,
    sent(then) {
      setSent(wrong > 0);
      if (wrong === 0) then?.();
    },
  };
}
