import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { newKey } from './client.ts';
import { refresh } from './queries.ts';
import { problemOf } from './problem.ts';
import type { ApiProblem } from './problem.ts';

/** The header that makes a command safe to send again. */
export interface Intention {
  'Idempotency-Key': string;
}

const pauseMs = [400, 1500];
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Sends a command until its outcome is known. One key stands for one intention of the person: it is kept
 * while the same thing is tried again and no clear answer came, so that nothing is ever done twice; a
 * changed request, a refusal or a success begins a new one.
 * @param send gets the request and the header to send with it
 */
export function useCommand<Request, Answer>(
  send: (request: Request, intention: Intention) => Promise<Answer>,
) {
  const queries = useQueryClient();
  const pending = useRef<{ key: string; print: string } | null>(null);

  return useMutation<Answer, ApiProblem, Request>({
    retry: false,
    mutationFn: async (request) => {
      const print = fingerprint(request);
      if (pending.current?.print !== print) pending.current = { key: newKey(), print };
      const intention = { 'Idempotency-Key': pending.current.key };
      for (let attempt = 0; ; attempt += 1) {
        try {
          const answer = await send(request, intention);
          pending.current = null;
          return answer;
        } catch (error) {
          const problem = problemOf(error);
          if (!problem.outcomeUnknown) pending.current = null;
          const wait = pauseMs[attempt];
          if (!problem.outcomeUnknown || wait === undefined) throw problem;
          await pause(wait);
        }
      }
    },
    onSettled: () => refresh(queries),
  });
}

function fingerprint(request: unknown): string {
  return JSON.stringify(request, (_, value: unknown) =>
    value instanceof File ? `${value.name}|${value.size}|${value.lastModified}` : value,
  );
}
