import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
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

const coverFields = ['protocolNo', 'receivedOn', 'sender', 'note'] as const;

/** What people call a value that no form had asked for: those of a cover have words. Null: it has only a name in code. */
export function useCoverLabel(): (key: string) => string | null {
  const { t } = useTranslation();
  return useCallback(
    (key) => {
      const field = coverFields.find((one) => one === key);
      return field === undefined ? null : t(`incoming.${field}`);
    },
    [t],
  );
}
