import { useQuery } from '@tanstack/react-query';
import { api, body } from './client.ts';
import { useCommand } from './commands.ts';
import { gather, useList } from './queries.ts';
import type { Page } from './model.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];
export type RegisteredBody = Schemas['RegisteredBodyDto'];
export type Convention = Schemas['ConventionDto'];
export type Mailbox = Schemas['MailboxDto'];
export type Office = Schemas['RegisteredOfficeDto'];
export type StaffEntry = Schemas['StaffDto'];
export type Board = Schemas['BoardDto'];
export type ImportReport = Schemas['ImportReportDto'];

export type Register = 'bodies' | 'conventions' | 'mailboxes' | 'offices' | 'staff' | 'boards' | 'calendars';

interface Asked {
  readonly limit: number;
  readonly cursor?: string;
  readonly text?: string;
}

const useRegister = <T>(
  key: readonly unknown[],
  load: (asked: Asked) => Promise<Page<T>>,
  text = '',
  on = true,
) =>
  useList(
    ['registers', ...key, text],
    (cursor) => load({ limit: 50, ...(cursor && { cursor }), ...(text && { text }) }),
    on,
  );

export const useBodies = (text?: string) =>
  useRegister<RegisteredBody>(
    ['bodies'],
    (query) => body(api.GET('/api/v1/registers/bodies', { params: { query } })),
    text,
  );

/** As much as a list gives at once. */
const wholePage = 200;

/** All bodies, for choices: a Province has more than a page of Comuni. */
export const useAllBodies = (): readonly RegisteredBody[] =>
  useQuery({
    queryKey: ['registers', 'choices', 'bodies'],
    queryFn: () =>
      gather((cursor) =>
        body(
          api.GET('/api/v1/registers/bodies', {
            params: { query: { limit: wholePage, ...(cursor && { cursor }) } },
          }),
        ),
      ),
  }).data ?? [];

/** All offices of a body, for choices. */
export const useAllOffices = (ipa: string | null): readonly Office[] =>
  useQuery({
    queryKey: ['registers', 'choices', 'offices', ipa],
    queryFn: () =>
      gather((cursor) =>
        body(
          api.GET('/api/v1/registers/offices/{ipa}', {
            params: { path: { ipa: ipa ?? '' }, query: { limit: wholePage, ...(cursor && { cursor }) } },
          }),
        ),
      ),
    enabled: ipa !== null,
  }).data ?? [];

export const useConventions = (text?: string) =>
  useRegister<Convention>(
    ['conventions'],
    (query) => body(api.GET('/api/v1/registers/conventions', { params: { query } })),
    text,
  );

export const useMailboxes = (text?: string) =>
  useRegister<Mailbox>(
    ['mailboxes'],
    (query) => body(api.GET('/api/v1/registers/mailboxes', { params: { query } })),
    text,
  );

export const useOffices = (ipa: string | null, text?: string) =>
  useRegister<Office>(
    ['offices', ipa],
    (query) =>
      body(api.GET('/api/v1/registers/offices/{ipa}', { params: { path: { ipa: ipa ?? '' }, query } })),
    text,
    ipa !== null,
  );

/** @param office code of the one whose people are wanted; empty: all */
export const useStaff = (ipa: string | null, office: string) =>
  useRegister<StaffEntry>(
    ['staff', ipa],
    ({ text, ...query }) =>
      body(
        api.GET('/api/v1/registers/staff/{ipa}', {
          params: { path: { ipa: ipa ?? '' }, query: { ...query, ...(text && { office: text }) } },
        }),
      ),
    office,
    ipa !== null,
  );

export const useBoards = (ipa: string | null) =>
  useRegister<Board>(
    ['boards', ipa],
    (query) =>
      body(api.GET('/api/v1/registers/boards/{ipa}', { params: { path: { ipa: ipa ?? '' }, query } })),
    undefined,
    ipa !== null,
  );

/** What a file is to do to a register, or would do when it is not committed. */
export interface Import {
  readonly csv: string;
  readonly body?: string;
  readonly commit: boolean;
  readonly whole: boolean;
  readonly reason?: string;
  /** Of one entry: the version that was read; empty: there was none. */
  readonly seen?: string;
}

export const useImport = (register: Register) =>
  useCommand((wanted: Import, intention) =>
    body(
      api.POST('/api/v1/registers/{register}/import', {
        params: { path: { register }, header: intention },
        body: wanted,
      }),
    ),
  );

/** An entry as a file of one line: forms and files go one way, and are judged alike. */
export const asFile = (entry: Readonly<Record<string, string>>): string =>
  [Object.keys(entry), Object.values(entry)]
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';'))
    .join('\n');

export const useWithdraw = (register: Register) =>
  useCommand(({ ipa, ...withdrawal }: { ipa: string } & Schemas['WithdrawEntryDto'], intention) =>
    api.POST('/api/v1/registers/{register}/{ipa}/withdraw', {
      params: { path: { register, ipa }, header: intention },
      body: withdrawal,
    }),
  );

/** Where the empty file of a register is. */
export const templateAt = (register: Register): string => `/api/v1/registers/templates/${register}`;

export type Sharing = Schemas['SharingDto'];

/** Of which services the people of a body see one another's cases. */
export const useSharing = (ipa: string | null) =>
  useQuery({
    queryKey: ['registers', 'sharing', ipa],
    queryFn: () => body(api.GET('/api/v1/bodies/{ipa}/sharing', { params: { path: { ipa: ipa ?? '' } } })),
    enabled: ipa !== null,
  });

export const useShareCases = (ipa: string) =>
  useCommand((sharing: Schemas['ShareCasesDto'], header) =>
    body(
      api.PUT('/api/v1/bodies/{ipa}/sharing', {
        params: { path: { ipa }, header: { ...header } },
        body: sharing,
      }),
    ),
  );
