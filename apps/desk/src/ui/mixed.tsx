import type { ReactNode } from 'react';
import { partsOf } from './italian.ts';

/**
 * A text whose Italian parts say that they are. One element with all of them: in a button, whose children are boxes of their
 * own, the spaces between them would be lost to the eye, and the name would have spaces that nobody reads.
 */
export function Mixed({ text }: { readonly text: string }) {
  const parts = partsOf(text);
  const drawn = parts.map((part, at) =>
    part.isItalian ? (
      <span key={at} lang="it">
        {part.text}
      </span>
    ) : (
      part.text
    ),
  );
  return parts.length > 1 ? <span>{drawn}</span> : drawn;
}

/** A name or text of a process: Italian, whatever the reader's language. */
export const Italian = ({ children }: { readonly children: ReactNode }) => <span lang="it">{children}</span>;
