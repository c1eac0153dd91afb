import { api, body, multipart } from './client.ts';
import { useCommand } from './commands.ts';
import { useList } from './queries.ts';
import type { components } from './schema.d.ts';

export type RecognisedMail = components['schemas']['RecognisedMailDto'];
export type ArrivedMail = components['schemas']['ArrivedMailDto'];

/** What a file of certified mail is to a case; nothing is filed. */
export function recogniseMail(
  caseId: string,
  file: File,
  reason: string | undefined,
): Promise<RecognisedMail> {
  const parts = new FormData();
  parts.set('file', file);
  return body(
    api.POST('/api/v1/cases/{id}/incoming/recognise', {
      params: { path: { id: caseId }, query: { ...(reason !== undefined && { reason }) } },
      ...multipart(parts),
    }),
  );
}

/** Whether a file can be of certified mail, by its name. */
export const mayBeMail = ({ name }: File): boolean => /\.(eml|xml)$/i.test(name);

export const useArrivedMail = () =>
  useList(['certified-mail'], (cursor) =>
    body(
      api.GET('/api/v1/certified-mail', { params: { query: { ...(cursor !== undefined && { cursor }) } } }),
    ),
  );

export const useSettleMail = () =>
  useCommand(({ id }: { readonly id: string }, header) =>
    api.POST('/api/v1/certified-mail/{id}/settle', { params: { path: { id }, header: { ...header } } }),
  );

export const mailContent = (id: string): string => `/api/v1/certified-mail/${encodeURIComponent(id)}/content`;
