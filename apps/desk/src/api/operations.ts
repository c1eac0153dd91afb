import { useQuery } from '@tanstack/react-query';
import { api, body } from './client.ts';
import { keys, useList } from './queries.ts';
import type { QueryOf } from './model.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];
export type Work = Schemas['WorkDto'];
export type Follower = Schemas['FollowerDto'];
export type Found = Schemas['FoundDto'];
export type DeployedProcess = Schemas['DeployedProcessDto'];
export type Version = Schemas['VersionDto'];
export type Batch = Schemas['BatchDto'];
export type Account = Schemas['AccountDto'];
export type FailedFilter = Pick<QueryOf<'/api/v1/operations/jobs'>, 'kind' | 'name' | 'caseId' | 'error'>;

/** The machine moves by itself, and no event of the log says so. */
const machine = { refetchInterval: 5_000 };

export const useMailState = () =>
  useQuery({
    queryKey: [...keys.operations, 'mail'],
    queryFn: () => body(api.GET('/api/v1/operations/mail')),
    ...machine,
  });

export const useWork = () =>
  useQuery({
    queryKey: [...keys.operations, 'work'],
    queryFn: () => body(api.GET('/api/v1/operations/work')),
    select: (answer) => answer.items,
    ...machine,
  });

export const useQueues = () =>
  useQuery({
    queryKey: [...keys.operations, 'queues'],
    queryFn: () => body(api.GET('/api/v1/operations/queues')),
    select: (answer) => answer.items,
    ...machine,
  });

export const useJobTypes = () =>
  useQuery({
    queryKey: [...keys.operations, 'job-types'],
    queryFn: () => body(api.GET('/api/v1/operations/job-types')),
    select: (answer) => answer.items,
    ...machine,
  });

export const useFollowers = () =>
  useQuery({
    queryKey: [...keys.operations, 'followers'],
    queryFn: () => body(api.GET('/api/v1/operations/followers')),
    select: (answer) => answer.items,
    ...machine,
  });

export const useParked = (name: string) =>
  useQuery({
    queryKey: [...keys.operations, 'parked', name],
    queryFn: () =>
      body(api.GET('/api/v1/operations/followers/{name}/parked', { params: { path: { name } } })),
    select: (answer) => answer.items,
    ...machine,
  });

export const useFailedJobs = (filter: FailedFilter) =>
  useList([...keys.operations, 'jobs', filter], (cursor) =>
    body(api.GET('/api/v1/operations/jobs', { params: { query: { ...filter, cursor, limit: 50 } } })),
  );

export const useChecks = () =>
  useQuery({
    queryKey: [...keys.operations, 'checks'],
    queryFn: () => body(api.GET('/api/v1/operations/checks')),
    select: (answer) => answer.items,
    refetchInterval: 15_000,
  });

/** @param text asked for once it is long enough */
export const useFound = (text: string) =>
  useQuery({
    queryKey: [...keys.operations, 'find', text],
    queryFn: () => body(api.GET('/api/v1/operations/find', { params: { query: { text } } })),
    enabled: text.length >= 2,
    gcTime: 0,
  });

export const useDeployedProcesses = () =>
  useQuery({
    queryKey: [...keys.operations, 'definitions'],
    queryFn: () => body(api.GET('/api/v1/operations/definitions')),
    select: (answer) => answer.items,
  });

export const useAccounts = (filter: Pick<QueryOf<'/api/v1/accounts'>, 'text' | 'state'>) =>
  useList(['accounts', filter], (cursor) =>
    body(api.GET('/api/v1/accounts', { params: { query: { ...filter, cursor, limit: 50 } } })),
  );
