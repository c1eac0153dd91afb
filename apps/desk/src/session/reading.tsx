import { createContext, useContext, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { OneCase } from '../api/model.ts';

/** Reasons given in this tab, by case: asked for once, told to the server with every reading. */
const given = new Map<string, string>();

interface Reading {
  readonly reason: string | undefined;
  readonly give: (reason: string) => void;
}

const Current = createContext<Reading | null>(null);

/** Around what shows a case: some roles read its content only with a reason, which is recorded. */
export function ReadingProvider({
  caseId,
  children,
}: {
  readonly caseId: string;
  readonly children: ReactNode;
}) {
  const [reason, setReason] = useState(given.get(caseId));
  const reading = useMemo(
    () => ({
      reason,
      give: (words: string) => {
        given.set(caseId, words);
        setReason(words);
      },
    }),
    [caseId, reason],
  );
  return <Current value={reading}>{children}</Current>;
}

/** The reason given for this case, if any. */
export const useReason = (): string | undefined => useContext(Current)?.reason;

/** Whether the content of this case is open to whoever reads: at once, or since they said why. */
export function useIsOpen({ content }: Pick<OneCase, 'content'>): boolean {
  const reason = useReason();
  return content === 'open' || (content === 'with-reason' && reason !== undefined);
}

/** How to give one; null: what is shown is no case. */
export const useGiveReason = (): ((reason: string) => void) | null => useContext(Current)?.give ?? null;
