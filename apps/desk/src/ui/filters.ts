import { useSearchParams } from 'react-router';

/**
 * Filters that stand in the page's address, so that it can be kept and passed on.
 * @returns the address's parameters, and a function that sets one in place of the page before; empty takes it away
 */
export function useFilters(): [URLSearchParams, (name: string, value: string) => void] {
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string): void =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return [params, set];
}
