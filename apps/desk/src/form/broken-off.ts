interface Kept {
  readonly account: string;
  readonly typed: Map<string, unknown>;
}

/** Where this tab has it from when a page goes until the next one of the tab comes; gone with the tab. */
const store = 'iter.broken-off';

/** What one account was typing into dialogs when its session ended or the page was loaded again. */
let kept = takeOver();

/** Fields of dialogs that are open, with what stands in them. */
const open = new Map<string, { readonly account: string; readonly typed: () => unknown }>();

/** @param place which dialog and which of its fields */
export function breakOff(account: string, place: string, typed: unknown): void {
  if (kept?.account !== account) kept = { account, typed: new Map() };
  kept.typed.set(place, typed);
}

/** What was being typed there; undefined: nothing. */
export const brokenOff = (account: string, place: string): unknown =>
  kept?.account === account ? kept.typed.get(place) : undefined;

/** It is in its field again, or for the first time. @returns an end to it: the field is gone */
export function takenUp(account: string, place: string, typed: () => unknown): () => void {
  if (kept?.account === account) kept.typed.delete(place);
  const field = { account, typed };
  open.set(place, field);
  return () => {
    if (open.get(place) === field) open.delete(place);
  };
}

/**
 * Whoever is signed in now finds nothing of what another typed.
 * @param account null: nobody is, and whoever was left of their own accord
 */
export function forgetOthers(account: string | null): void {
  if (kept?.account !== account) kept = null;
}

/** The page that went is there again as it was: what is open has it all, and the tab keeps no copy. */
export function comeBack(): void {
  takeOver();
  for (const place of open.keys()) kept?.typed.delete(place);
}

/** The page goes: what is typed into its dialogs is left to the next one. */
export function leave(): void {
  for (const [place, { account, typed }] of open) breakOff(account, place, typed());
  if (kept === null || kept.typed.size === 0) return;
  try {
    sessionStorage.setItem(store, JSON.stringify({ account: kept.account, typed: [...kept.typed] }));
  } catch {
    // A full or forbidden storage costs what was typed, never the page.
  }
}

/** What the page before has left, once. */
export function takeOver(): Kept | null {
  try {
    const text = sessionStorage.getItem(store);
    sessionStorage.removeItem(store);
    if (text === null) return null;
    const { account, typed } = JSON.parse(text) as { account: string; typed: [string, unknown][] };
    return { account, typed: new Map(typed) };
  } catch {
    return null;
  }
}
