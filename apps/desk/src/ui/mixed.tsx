import type { ReactNode } from 'react';
import { partsOf } from './italian.ts';

/** A text whose Italian parts say that they are. */
export function Mixed({ text }: { readonly text: string }) {
  return partsOf(text).map((part, at) =>
    part.isItalian ? (
      <span key={at} lang="it">
        {part.text}
      </span>
    ) : (
      part.text
    ),
  );
}

/** A name or text of a process: Italian, whatever the reader's language. */
export const Italian = ({ children }: { readonly children: ReactNode }) => <span lang="it">{children}</span>;
