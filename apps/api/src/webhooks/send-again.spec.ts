import { describe, expect, it } from '@jest/globals';
import { problemBody } from '../problems/problem.ts';
import { notSent } from './send-again.ts';

describe('a press while the receiver rests', () => {
  const resting = { code: 'webhook-resting', until: '2026-03-06T09:00:00.000Z' } as const;
  const said = (what: 'message' | 'test', language: 'it' | 'en') =>
    problemBody(notSent(resting, what), { path: '/', traceId: 't', language });

  it.each([
    ['message', 'it', 'alle 10:00 del 06/03/2026: ciò che attende parte da sé dopo.'],
    ['message', 'en', 'until 10:00 on 06/03/2026: what waits leaves by itself afterwards.'],
    ['test', 'it', 'alle 10:00 del 06/03/2026: la prova va inviata di nuovo dopo.'],
    ['test', 'en', 'until 10:00 on 06/03/2026: send the test again afterwards.'],
  ] as const)('is told until when and what then, of a %s in %s', (what, language, words) => {
    const body = said(what, language);
    expect(body.detail.endsWith(words)).toBe(true);
    expect(body).toMatchObject({ until: resting.until });
  });

  it('has no more to say of what rests for no time', () => {
    const body = problemBody(notSent({ code: 'webhook-paused', until: null }), {
      ...{ path: '/', traceId: 't', language: 'en' },
    });
    expect(body).toMatchObject({ status: 409, detail: 'The webhook is paused' });
    expect(body).not.toHaveProperty('detailLanguage');
  });
});
