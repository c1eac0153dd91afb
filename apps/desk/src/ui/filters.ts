import { useSearchParams } from 'react-router';

/** Sets a parameter in place of the page before; empty takes it away. `without`: what made sense with the former value only. */
export type SetFilter = (name: string, value: string, without?: string) => void;

/** Filters that stand in the page's address, so that it can be kept and passed on. */
export function useFilters(): [URLSearchParams, SetFilter] {
  const [params, setParams] = useSearchParams();
  const set: SetFilter = (name, value, without) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (without !== undefined) next.delete(without);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return [params, set];
}
