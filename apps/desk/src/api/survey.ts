import { useQuery } from '@tanstack/react-query';
import { api, body } from './client.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];
export type Survey = Schemas['SurveyDto'];
export type SurveyMark = Schemas['SurveyMarkDto'];

/** Whether an edition collects answers now, and how many codes were made for it. */
export const useSurveyState = (caseId: string, enabled: boolean) =>
  useQuery({
    queryKey: ['cases', caseId, 'survey'],
    queryFn: () =>
      body(api.GET('/api/v1/training/editions/{caseId}/survey', { params: { path: { caseId } } })),
    enabled,
  });

/** Who answers is nobody: the session of whoever sits at this browser is not sent along. */
const asNobody = { credentials: 'omit' } as const;

export const readSurvey = (code: string): Promise<Survey> =>
  body(api.POST('/api/v1/training/survey', { body: { code }, ...asNobody }));

export const answerSurvey = (code: string, marks: SurveyMark[]): Promise<unknown> =>
  body(api.POST('/api/v1/training/survey/answers', { body: { code, marks }, ...asNobody }));
