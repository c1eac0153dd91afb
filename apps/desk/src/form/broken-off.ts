/** What one account was typing into dialogs when its session ended: in the memory of this window alone. */
let kept: { readonly account: string; readonly typed: Map<string, unknown> } | null = null;

/** @param place which dialog and which of its fields */
export function breakOff(account: string, place: string, typed: unknown): void {
  if (kept?.account !== account) kept = { account, typed: new Map() };
  kept.typed.set(place, typed);
}

/** What was being typed there; undefined: nothing. */
export const brokenOff = (account: string, place: string): unknown =>
  kept?.account === account ? kept.typed.get(place) : undefined;

/** It is in its field again. */
export function takenUp(account: string, place: string): void {
  if (kept?.account === account) kept.typed.delete(place);
}

/**
 * Whoever is signed in now finds nothing of what another typed.
 * @param account null: nobody is, and whoever was left of their own accord
 */
export function forgetOthers(account: string | null): void {
  if (kept?.account !== account) kept = null;
}
