import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { keys } from '../api/queries.ts';
import { useSession } from '../session/session.tsx';
import { breakOff, brokenOff, takenUp } from './broken-off.ts';

/**
 * The state of a field of a dialog. When the session ends over it, or the page is loaded again, the same person finds it there
 * again as soon as they open the same dialog of the same page in this tab; closing the dialog, sending it and signing out let go
 * of it. Never for passwords; what JSON holds.
 * @param field which dialog, about what, and which of its fields
 */
export function useTyped<T>(field: string, start: T): readonly [T, (value: T) => void] {
  const { account } = useSession();
  const queries = useQueryClient();
  const place = `${useLocation().pathname} ${field}`;
  const [value, setValue] = useState(() => (brokenOff(account, place) as T | undefined) ?? start);
  const last = useRef(value);
  useEffect(() => {
    last.current = value;
  }, [value]);
  useEffect(() => {
    const end = takenUp(account, place, () => last.current);
    return () => {
      end();
      // Nobody is signed in any more: it was not the person who closed it.
      if (queries.getQueryData(keys.session) === null) breakOff(account, place, last.current);
    };
  }, [account, place, queries]);
  return [value, setValue];
}
