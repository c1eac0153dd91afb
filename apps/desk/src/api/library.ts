import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { api, body, multipart } from './client.ts';
import { useCommand } from './commands.ts';
import type { Page, QueryOf } from './model.ts';
import { problemOf } from './problem.ts';
import { useList } from './queries.ts';
import type { ApiProblem } from './problem.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];
export type PackageItem = Schemas['PackageItemDto'];
export type Package = Schemas['PackageDto'];
export type PackageVersion = Schemas['PackageVersionDto'];
export type PackageFigures = Schemas['ProcessFiguresDto'];
export type PackageChange = Schemas['PackageChangeDto'];
export type PackageVerdict = Schemas['PackageVerdictDto'];
export type OwnPackage = Schemas['OwnPackageDto'];
export type Material = Schemas['MaterialDto'];

export interface LibraryFilter {
  readonly text: string;
  readonly service: QueryOf<'/api/v1/library'>['service'];
}

const given = ({ text, service }: LibraryFilter) => ({
  ...(text !== '' && { text }),
  ...(service !== undefined && { service }),
});

function usePages<T>(
  what: string,
  filter: LibraryFilter,
  load: (cursor: string | undefined) => Promise<Page<T>>,
) {
  const list = useList(['library', what, filter.text, filter.service], load, true, {
    placeholderData: keepPreviousData,
  });
  return { ...list, data: list.items };
}

export const usePackages = (filter: LibraryFilter) =>
  usePages('packages', filter, (cursor) =>
    body(api.GET('/api/v1/library', { params: { query: { ...given(filter), cursor, limit: 50 } } })),
  );

export const useMaterials = (filter: LibraryFilter) =>
  usePages('materials', filter, (cursor) =>
    body(
      api.GET('/api/v1/library/materials', { params: { query: { ...given(filter), cursor, limit: 50 } } }),
    ),
  );

export const usePackage = (key: string) =>
  useQuery({
    queryKey: ['library', 'of', key],
    queryFn: () => body(api.GET('/api/v1/library/{key}', { params: { path: { key } } })),
  });

/** The drawing of a version never changes: it is asked for once. */
export const usePackageDrawing = (key: string, version: string) =>
  useQuery({
    queryKey: ['drawing', 'library', key, version],
    staleTime: Infinity,
    queryFn: () =>
      body(
        api.GET('/api/v1/library/{key}/{version}/drawing', {
          params: { path: { key, version } },
          parseAs: 'text',
        }),
      ),
  });

/** What differs between two versions, which never change. */
export const usePackageDiff = (key: string, from: string, to: string) =>
  useQuery({
    queryKey: ['drawing', 'difference', key, from, to],
    staleTime: Infinity,
    queryFn: () =>
      body(api.GET('/api/v1/library/{key}/diff', { params: { path: { key }, query: { from, to } } })),
    enabled: from !== '' && to !== '' && from !== to,
  });

export const useOwnPackages = (on: boolean) =>
  useQuery({
    queryKey: ['library', 'own'],
    queryFn: () => body(api.GET('/api/v1/library/own')),
    select: (answer) => answer.items,
    enabled: on,
  });

export const archiveAt = (key: string, version: string): string =>
  `/api/v1/library/${encodeURIComponent(key)}/${encodeURIComponent(version)}/archive`;

export const materialFileAt = (caseId: string, file: string): string =>
  `/api/v1/library/materials/${encodeURIComponent(caseId)}/files/${encodeURIComponent(file)}`;

const withFile = (file: File): FormData => {
  const form = new FormData();
  form.set('file', file);
  return form;
};

/** What would become of an archive; nothing is kept. */
export const useCheckArchive = () =>
  useMutation<PackageVerdict, ApiProblem, File>({
    mutationFn: async (file) => {
      try {
        return await body(api.POST('/api/v1/library/check', multipart(withFile(file))));
      } catch (error) {
        throw problemOf(error);
      }
    },
  });

export const usePublishArchive = () =>
  useCommand((file: File, header) =>
    body(api.POST('/api/v1/library', { params: { header: { ...header } }, ...multipart(withFile(file)) })),
  );

export const usePublishOwn = () =>
  useCommand((process: string, header) =>
    body(api.POST('/api/v1/library/own', { params: { header: { ...header } }, body: { process } })),
  );

export const useWithdraw = (key: string) =>
  useCommand((request: Schemas['WithdrawPackageDto'], header) =>
    api.POST('/api/v1/library/{key}/withdraw', {
      params: { path: { key }, header: { ...header } },
      body: request,
    }),
  );

export const useAdopt = (key: string) =>
  useCommand((request: Schemas['AdoptPackageDto'], header) =>
    api.POST('/api/v1/library/{key}/adopt', {
      params: { path: { key }, header: { ...header } },
      body: request,
    }),
  );

export const useStopUsing = (key: string) =>
  useCommand((request: Schemas['StopUsingDto'], header) =>
    api.POST('/api/v1/library/{key}/stop', {
      params: { path: { key }, header: { ...header } },
      body: request,
    }),
  );
