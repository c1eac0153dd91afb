import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, body } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];
export type Course = Schemas['CourseDto'];
export type TrainingDashboard = Schemas['TrainingDashboardDto'];
export type OwnEnrolments = Schemas['OwnEnrolmentsDto'];
export type OwnEdition = Schemas['OwnEditionDto'];
export type DoublePresence = Schemas['DoublePresenceDto'];
export type HoursLedger = Schemas['HoursLedgerDto'];
export type ProgrammeBoard = Schemas['ProgrammeBoardDto'];
export type ThemeBoard = Schemas['ThemeBoardDto'];
export type ProvinceCard = Schemas['ProvinceCardDto'];

/** Editions open to enrolment. */
export const useCourses = () =>
  useQuery({
    queryKey: ['training', 'courses'],
    queryFn: () => body(api.GET('/api/v1/training/catalogue')),
    select: (answer) => answer.items,
  });

/** Who of a body is enrolled in an edition or waits, and what the body may hand in. */
export const useOwnEnrolments = (caseId: string, comune: string) =>
  useQuery({
    queryKey: ['training', 'own-people', caseId, comune],
    queryFn: () =>
      body(
        api.GET('/api/v1/training/editions/{caseId}/own-people', {
          params: { path: { caseId }, query: { comune } },
        }),
      ),
  });

export const useTrainingDashboard = (comune: string | null, year: number) =>
  useQuery({
    queryKey: ['training', 'dashboard', comune, year],
    queryFn: () =>
      body(api.GET('/api/v1/training/dashboard', { params: { query: { comune: comune ?? '', year } } })),
    enabled: comune !== null,
  });

export const useDoublePresences = (comune: string | null, year: number) =>
  useQuery({
    queryKey: ['training', 'double-presences', comune, year],
    queryFn: () =>
      body(
        api.GET('/api/v1/training/double-presences', { params: { query: { comune: comune ?? '', year } } }),
      ),
    enabled: comune !== null,
    select: (answer) => answer.items,
  });

export const useLedger = (employeeRef: string, year: number) =>
  useQuery({
    queryKey: ['training', 'ledger', employeeRef, year],
    queryFn: () =>
      body(
        api.GET('/api/v1/training/ledger/{employeeRef}', {
          params: { path: { employeeRef }, query: { year } },
        }),
      ),
  });

/** The editions in which one has a part. */
export const useOwnEditions = () =>
  useQuery({
    queryKey: ['training', 'own'],
    queryFn: () => body(api.GET('/api/v1/training/own-editions')),
    select: (answer) => answer.items,
  });

/** A trainer's own sessions of a day. */
export const useDaySheet = (on: string) =>
  useQuery({
    queryKey: ['training', 'day-sheet', on],
    queryFn: () => body(api.GET('/api/v1/training/day-sheet', { params: { query: { on } } })),
    select: (answer) => answer.items,
  });

export const useBoard = (year: number | undefined) =>
  useQuery({
    queryKey: ['programme', 'board', year],
    queryFn: () => body(api.GET('/api/v1/programme/board', { params: { query: { year } } })),
    placeholderData: keepPreviousData,
  });

export const useProvinceCard = (ipa: string | null) =>
  useQuery({
    queryKey: ['programme', 'province', ipa],
    queryFn: () =>
      body(api.GET('/api/v1/programme/provinces/{ipa}', { params: { path: { ipa: ipa ?? '' } } })),
    enabled: ipa !== null,
  });
