import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, body } from '../../api/client.ts';
import type { Deployed } from '../../api/queries.ts';
import { formOf } from '../../process/drawing.ts';

/** The form by which a task asked, in the version that it had; it never changes. */
export function useGivenForm(deployed: Deployed | undefined, element: string) {
  const formId = useMemo(() => (deployed ? formOf(deployed.xml, element) : null), [deployed, element]);
  return useQuery({
    queryKey: ['form', deployed?.hash, formId],
    staleTime: Infinity,
    enabled: deployed !== undefined && formId !== null,
    queryFn: () =>
      body(
        api.GET('/api/v1/process-definitions/{key}/versions/{version}/forms/{formId}', {
          params: {
            path: {
              key: deployed?.key ?? '',
              version: String(deployed?.version ?? ''),
              formId: formId ?? '',
            },
          },
        }),
      ),
  });
}
