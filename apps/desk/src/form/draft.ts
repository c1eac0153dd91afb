const prefix = 'iter.draft';
/** No account holds a blank: the drafts of one are never taken for those of another that begins like it. */
const place = (account: string, form: string) => `${prefix}.${account} ${form}`;

/**
 * What was typed and not yet sent, as this tab keeps it: it survives a reload, an ended session and a walk to another
 * page, and is gone when the tab is closed or its owner signs out. Forms have the server keep it besides (`kept-drafts.ts`).
 */
export function keepDraft(account: string, form: string, values: Readonly<Record<string, unknown>>): void {
  try {
    sessionStorage.setItem(place(account, form), JSON.stringify(values));
  } catch {
    // A full or forbidden storage costs the draft, never the page.
  }
}

/** The draft of a form; null: none. */
export function readDraft(account: string, form: string): Record<string, unknown> | null {
  try {
    const text = sessionStorage.getItem(place(account, form));
    const values: unknown = text === null ? null : JSON.parse(text);
    return typeof values === 'object' && values !== null ? (values as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

export function dropDraft(account: string, form: string): void {
  try {
    sessionStorage.removeItem(place(account, form));
  } catch {
    // As above.
  }
}

/** The forms of which this tab keeps a draft of an account. */
export function draftForms(account: string): readonly string[] {
  const start = place(account, '');
  try {
    return Object.keys(sessionStorage).flatMap((key) =>
      key.startsWith(start) ? [key.slice(start.length)] : [],
    );
  } catch {
    return [];
  }
}
