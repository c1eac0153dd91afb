import { useRef, useState } from 'react';
import { mayBeMail, recogniseMail } from '../../api/certified-mail.ts';
import type { RecognisedMail } from '../../api/certified-mail.ts';
import { useReason } from '../../session/reading.tsx';

/** `failed`: the file is no certified mail, or it could not be asked. */
export type Found = 'none' | 'reading' | 'failed' | RecognisedMail;

/** What the file is that was looked at last; null takes it away. */
export function useRecognised(caseId: string) {
  const reason = useReason();
  const [found, setFound] = useState<Found>('none');
  const latest = useRef<File | null>(null);
  /** @returns what it is; null when that is not known, or when another file was chosen meanwhile */
  const look = async (file: File | null): Promise<RecognisedMail | null> => {
    latest.current = file;
    setFound(file === null ? 'none' : 'reading');
    const mail = file && mayBeMail(file) ? await recogniseMail(caseId, file, reason).catch(() => null) : null;
    if (file === null || latest.current !== file) return null;
    setFound(mail ?? 'failed');
    return mail;
  };
  return { found, look };
}
