import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { InjectOptions } from 'fastify';
import { LogOverloaded, OutcomeUnknown } from '@iter/event-store';
import { createApi } from './create-api.ts';
import type { Api } from './create-api.ts';
import { aCase, aTask, fakeHouse, password, someone } from './testing/fake-ports.ts';
import type { FakeHouse } from './testing/fake-ports.ts';

let house: FakeHouse;
let api: Api;
let token: string;

beforeAll(async () => {
  house = await fakeHouse([
    someone('operatore', 'DESK_OPERATOR'),
    someone('gestore', 'SYSTEM_OPERATOR'),
    someone('auditor', 'AUDITOR'),
  ]);
  api = await createApi(house.ports);
  token = await tokenOf('operatore');
});
afterAll(() => api.close());

const send = (options: InjectOptions) => api.app.inject(options as never);

async function tokenOf(username: string): Promise<string> {
  const answer = await send({ method: 'POST', url: '/api/v1/session', payload: { username, password } });
  return (answer.json() as { token: string }).token;
}

const asOperator = (options: InjectOptions & { headers?: Record<string, string> }) =>
  send({ ...options, headers: { authorization: `Bearer ${token}`, ...options.headers } });

const complete = (payload: unknown, headers: Record<string, string> = {}) =>
  asOperator({
    method: 'POST',
    url: `/api/v1/tasks/${aTask}/complete`,
    headers: { 'idempotency-key': 'k1', 'content-type': 'application/json', ...headers },
    payload: (typeof payload === 'string' ? payload : JSON.stringify(payload)) as string,
  });

describe('problems', () => {
  it.each([
    ['not JSON', '{', 400, 'request-malformed'],
    ['nothing', '', 400, 'body-missing'],
    ['a name twice', '{"variables":{"a":1,"a":2}}', 400, 'request-malformed'],
    ['a name twice, one escaped', '{"variables":{"a":1,"\\u0061":2}}', 400, 'request-malformed'],
    ['__proto__', '{"variables":{"__proto__":{}}}', 400, 'request-malformed'],
    ['too deep', `{"variables":${'['.repeat(100)}${']'.repeat(100)}}`, 400, 'request-malformed'],
    ['an unknown member', '{"role":"UPD"}', 422, 'request-invalid'],
    ['a member of another type', '{"variables":"x"}', 422, 'request-invalid'],
    ['an array', '[]', 422, 'request-invalid'],
    ['a string', '"x"', 422, 'request-invalid'],
    ['31 February', '{"occurredAt":"2026-02-31T10:00:00Z"}', 422, 'request-invalid'],
    ['an instant of another millennium', '{"occurredAt":"1026-02-01T10:00:00Z"}', 422, 'request-invalid'],
    ['an instant of centuries to come', '{"occurredAt":"9999-12-31T23:59:59Z"}', 422, 'request-invalid'],
    ['null for what may only be absent', '{"occurredAt":null}', 422, 'request-invalid'],
    ['an instant without zone', '{"occurredAt":"2026-02-01T10:00:00"}', 422, 'request-invalid'],
  ])('%s is refused and nothing is asked', async (_, body, status, code) => {
    const before = house.asked.length;
    const answer = await complete(body);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(house.asked).toHaveLength(before);
  });

  it('names the place', async () => {
    const answer = await complete({ variables: {}, surprise: 1, occurredAt: 'x' });
    expect(answer.json()).toMatchObject({
      type: '/problems/request-invalid',
      title: 'La richiesta non è valida',
      status: 422,
      instance: `/api/v1/tasks/${aTask}/complete`,
      errors: expect.arrayContaining([
        { pointer: '/surprise', code: 'unknown-field', message: 'Questo campo non è previsto.' },
        {
          pointer: '/occurredAt',
          code: 'is-instant',
          message: 'Deve essere un istante con fuso, come 2026-03-06T09:00:00+01:00.',
        },
      ]) as unknown,
    });
  });

  it('speaks English to who prefers it', async () => {
    const answer = await send({
      method: 'GET',
      url: '/api/v1/cases',
      headers: { 'accept-language': 'en-GB' },
    });
    expect(answer.json()).toMatchObject({ status: 401, title: 'Sign in first' });
    const faulty = await asOperator({
      method: 'GET',
      url: '/api/v1/cases?limit=-1',
      headers: { 'accept-language': 'en-GB' },
    });
    expect(faulty.json()).toMatchObject({
      errors: [{ pointer: '/limit', code: 'min', message: 'Not less than 1.' }],
    });
    const backwards = await asOperator({
      method: 'GET',
      url: '/api/v1/statistics?service=training&from=2026-03-07&to=2026-03-06',
      headers: { 'accept-language': 'en-GB' },
    });
    expect(backwards.json()).toMatchObject({
      errors: [{ pointer: '/to', message: 'From a day to the same or a later one, at most 366 days.' }],
    });
  });

  it.each([
    ['GET', '/api/v1/nowhere', 404, 'not-found'],
    ['PUT', '/api/v1/cases', 405, 'method-not-allowed'],
    ['DELETE', `/api/v1/tasks/${aTask}/complete`, 405, 'method-not-allowed'],
    ['GET', '/api/v1/cases/..%2f..%2fetc', 404, 'case-not-found'],
    ['GET', `/api/v1/cases/${aCase}`, 404, 'case-not-found'],
    ['GET', '/api/v1/cases?limit=-1', 422, 'request-invalid'],
    ['GET', '/api/v1/cases?limit=1e3', 422, 'request-invalid'],
    ['GET', '/api/v1/cases?state=x', 422, 'request-invalid'],
    ['GET', '/api/v1/cases?text=a&text=b', 422, 'request-invalid'],
    ['GET', '/api/v1/cases?order=x', 422, 'request-invalid'],
  ] as const)('%s %s is %d', async (method, url, status, code) => {
    const answer = await asOperator({ method, url });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
    if (status === 405) expect(answer.headers.allow).toMatch(/POST/);
  });

  it.each([
    ['/api/v1/cases/%C3', 400, 'request-malformed', 'La richiesta non è leggibile'],
    ['/api/v1/cases/%00', 404, 'not-found', 'Non trovato'],
    ['/api/v1/certified-mail/%00/content', 404, 'not-found', 'Non trovato'],
  ])('answers the address %s with a problem', async (url, status, code, title) => {
    const answer = await asOperator({ method: 'GET', url });
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toMatchObject({ status, code, title });
  });

  it('refuses other media types, and too much', async () => {
    expect((await complete('<a/>', { 'content-type': 'application/xml' })).json()).toMatchObject({
      status: 415,
    });
    const long = JSON.stringify({ variables: { text: 'x'.repeat(1_100_000) } });
    expect((await complete(long)).json()).toMatchObject({ status: 413, code: 'body-too-large' });
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', ' '],
    ['a name twice', '{"deferralDays":1,"deferralDays":2}'],
    ['__proto__', '{"__proto__":{}}'],
  ])('refuses %s in a field of a form that holds JSON, as in a body', async (_, variables) => {
    const form = new FormData();
    const fields = { message: 'm', protocolNo: '1/2026', receivedOn: '2026-04-10', sender: 's', variables };
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const before = house.asked.length;
    const answer = await asOperator({
      method: 'POST',
      url: `/api/v1/cases/${aCase}/incoming`,
      headers: { 'idempotency-key': 'k' },
      payload: form as never,
    });
    expect(answer.json()).toMatchObject({
      status: 422,
      errors: [{ pointer: '/variables', code: 'not-json' }],
    });
    expect(house.asked).toHaveLength(before);
  });

  const boundary = 'multipart/form-data; boundary=b';
  const field = (value: string) =>
    `--b\r\nContent-Disposition: form-data; name="variables"\r\n\r\n${value}\r\n`;
  it.each([
    ['without a boundary', 'multipart/form-data', 'x', 400, 'request-malformed'],
    ['of which nothing is a part', boundary, 'x', 400, 'request-malformed'],
    ['that breaks off', boundary, field('{}'), 400, 'request-malformed'],
    ['with a field of 700 KiB', boundary, `${field('x'.repeat(700 * 1024))}--b--`, 413, 'body-too-large'],
  ])('refuses a form %s as the caller’s fault', async (_, type, payload, status, code) => {
    const answer = await asOperator({
      method: 'POST',
      url: `/api/v1/cases/${aCase}/incoming`,
      headers: { 'idempotency-key': 'k', 'content-type': type },
      payload,
    });
    expect(answer.json()).toMatchObject({ status, code });
  });

  it.each([
    [new Error('secret: password of the database'), 500, 'internal-error'],
    [new OutcomeUnknown('?'), 503, 'outcome-unknown'],
    [new LogOverloaded('full'), 503, 'overloaded'],
    [new Error('timeout exceeded when trying to connect'), 503, 'overloaded'],
  ])('says nothing of the inside of %p', async (error, status, code) => {
    house.answer(error);
    const answer = await complete({});
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
    expect(answer.body).not.toContain('secret');
  });
});

describe('commands', () => {
  it('needs a key', async () => {
    const answer = await asOperator({ method: 'POST', url: `/api/v1/tasks/${aTask}/claim`, payload: {} });
    expect(answer.json()).toMatchObject({ status: 428, code: 'idempotency-key-missing' });
  });

  it('passes on who asks, under which key, at which revision, and tells position and revision', async () => {
    house.answer({
      outcome: 'done',
      caseId: aCase,
      position: '3f9ac01b-17',
      revision: 17,
      events: [],
      repeated: false,
    });
    const answer = await complete(
      { variables: { a: 1 }, occurredAt: '2026-03-05T10:00:00+01:00' },
      { 'if-match': '"16"' },
    );
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ id: aTask, caseId: aCase, revision: 17 });
    expect(answer.headers).toMatchObject({
      'iter-position': '3f9ac01b-17',
      etag: '"17"',
      'cache-control': 'no-store',
    });
    expect(house.asked.at(-1)).toMatchObject({
      caseId: aCase,
      command: { type: 'CompleteUserTask', key: '3f9ac01b77d2-1', variables: { a: 1 } },
      idempotencyKey: 'k1',
      route: `POST /api/v1/tasks/${aTask}/complete`,
      expectedRevision: 16,
      occurredAt: '2026-03-05T10:00:00+01:00',
      principal: { account: 'operatore' },
    });
  });

  it.each([
    [{ outcome: 'stale', revision: 18 } as const, 412, 'revision-stale'],
    [{ outcome: 'key-reused' } as const, 422, 'idempotency-key-reused'],
    [
      {
        outcome: 'rejected',
        rejection: { code: 'task-not-found', message: { it: 'Già fatta.', en: 'Done already.' } },
      } as const,
      404,
      'task-not-found',
    ],
    [
      {
        outcome: 'rejected',
        rejection: { code: 'act-too-early', message: { it: 'Presto.', en: 'Early.' } },
      } as const,
      409,
      'act-too-early',
    ],
  ])('answers %j', async (outcome, status, code) => {
    house.answer(outcome);
    const answer = await complete({});
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
  });

  it('says dates as people write them', async () => {
    const message = {
      it: 'L’atto è lecito dal 2026-03-13, non già il 2026-03-10.',
      en: 'The act is lawful from 2026-03-13, not on 2026-03-10 already.',
    };
    house.answer({ outcome: 'rejected', rejection: { code: 'act-too-early', message } });
    expect((await complete({})).json()).toMatchObject({
      detail: 'L’atto è lecito dal 13 marzo 2026, non già il 10 marzo 2026.',
    });
    const english = await complete({}, { 'accept-language': 'fr, it;q=0.4, en-GB;q=0.8' });
    expect(english.headers).toMatchObject({ 'content-language': 'en', vary: 'Accept-Language' });
    expect(english.json()).toMatchObject({
      detail: 'The act is lawful from 13 March 2026, not on 10 March 2026 already.',
    });
    expect(english.json()).not.toHaveProperty('detailLanguage');
  });

  it('says that a process speaks Italian alone, to who asked for English', async () => {
    const message = { it: 'Manca la commissione.', en: null };
    const errors = [{ pointer: '/variables', code: 'without-board', message }];
    house.answer({ outcome: 'rejected', rejection: { code: 'refused-by-process', message, errors } });
    expect((await complete({}, { 'accept-language': 'en' })).json()).toMatchObject({
      detail: message.it,
      detailLanguage: 'it',
      errors: [{ message: message.it, language: 'it' }],
    });
  });

  it.each(['x', '1', '3f9ac01b', '3f9ac01b-', 'ffffffff-1; a', '-17'])(
    'refuses an Iter-Position that no log has given: %s',
    async (position) => {
      const answer = await asOperator({
        method: 'GET',
        url: '/api/v1/tasks',
        headers: { 'iter-position': position },
      });
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'position-invalid']);
    },
  );

  it('refuses an If-Match that it cannot read', async () => {
    expect((await complete({}, { 'if-match': '17' })).json()).toMatchObject({
      status: 400,
      code: 'precondition-invalid',
    });
  });
});

describe('sessions', () => {
  it('wants a session everywhere but where it says otherwise', async () => {
    const open: string[] = [];
    for (const route of api.routes.all()) {
      const [method, url] = route.split(' ') as [InjectOptions['method'], string];
      if (method === 'HEAD' || method === 'OPTIONS') continue;
      const answer = await send({ method: method!, url: url.replace(/:[A-Za-z]+/g, 'x') });
      if (answer.statusCode !== 401) open.push(route);
    }
    expect(open.filter((route) => !route.startsWith('GET /api/docs')).sort()).toEqual([
      'GET /api/v1/calendar/feeds/:file',
      'GET /api/v1/openapi.json',
      'GET /api/v1/webhooks/schema',
      'GET /health/live',
      'GET /health/ready',
      'GET /metrics',
      'GET /status',
      'POST /api/v1/session',
      // Who answers a questionnaire is nobody: a code that works once opens it.
      'POST /api/v1/training/survey',
      'POST /api/v1/training/survey/answers',
    ]);
  });

  it.each(['Bearer x', 'Bearer ', 'Basic eDp5', `Bearer ${'a'.repeat(43)}`, ''])(
    'refuses %p',
    async (authorization) => {
      const answer = await send({ method: 'GET', url: '/api/v1/session', headers: { authorization } });
      expect(answer.statusCode).toBe(401);
    },
  );

  it('lets a cookie change something only with the header that foreign pages cannot set', async () => {
    house.answer({
      outcome: 'done',
      caseId: aCase,
      position: null,
      revision: 1,
      events: [],
      repeated: false,
    });
    const request = {
      method: 'POST' as const,
      url: `/api/v1/tasks/${aTask}/claim`,
      payload: {},
      cookies: { iter: token },
      headers: { 'idempotency-key': 'k' },
    };
    expect((await send(request)).json()).toMatchObject({ status: 403, code: 'csrf-header-missing' });
    const ours = await send({ ...request, headers: { ...request.headers, 'x-iter-request': 'desk' } });
    expect(ours.statusCode).toBe(200);
  });

  it('gives a cookie that scripts and foreign pages do not get, and ends it', async () => {
    const signedIn = await send({
      method: 'POST',
      url: '/api/v1/session',
      payload: { username: 'gestore', password },
    });
    expect(signedIn.headers['set-cookie']).toMatch(
      /^iter=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/,
    );
    const mine = (signedIn.json() as { token: string }).token;
    const bearer = { authorization: `Bearer ${mine}` };
    expect((await send({ method: 'GET', url: '/api/v1/session', headers: bearer })).json()).toMatchObject({
      account: 'gestore',
      grants: [{ role: 'SYSTEM_OPERATOR', body: 'p_demo', bodyName: 'Ente p_demo' }],
    });
    expect((await send({ method: 'DELETE', url: '/api/v1/session', headers: bearer })).statusCode).toBe(204);
    expect((await send({ method: 'GET', url: '/api/v1/session', headers: bearer })).statusCode).toBe(401);
  });

  it('answers a wrong password and an unknown account alike, then makes them wait', async () => {
    const attempt = (username: string) =>
      send({ method: 'POST', url: '/api/v1/session', payload: { username, password: 'sbagliata' } });
    const [known, unknown] = [await attempt('auditor'), await attempt('nessuno')];
    expect(known.json<{ code: string }>().code).toBe('sign-in-refused');
    const strip = (body: object) => ({ ...body, traceId: '' });
    expect(strip(unknown.json())).toEqual(strip(known.json()));
    for (let i = 0; i < 4; i++) await attempt('auditor');
    const waiting = await attempt('auditor');
    expect(waiting.statusCode).toBe(429);
    expect(Number(waiting.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('operations', () => {
  it('has no clock outside the demo', async () => {
    const real = await fakeHouse([someone('gestore', 'SYSTEM_OPERATOR')], { demo: false });
    const other = await createApi(real.ports);
    try {
      const url = '/api/v1/operations/clock';
      expect((await other.app.inject({ method: 'POST', url, payload: {} })).statusCode).toBe(404);
      expect(other.routes.all()).not.toContain(`POST ${url}`);
    } finally {
      await other.close();
    }
  });

  it('is for the operator only', async () => {
    const url = '/api/v1/operations/queues';
    expect((await asOperator({ method: 'GET', url })).json()).toMatchObject({ code: 'not-authorised' });
    const headers = { authorization: `Bearer ${await tokenOf('gestore')}` };
    expect((await send({ method: 'GET', url, headers })).json()).toEqual({ items: [] });
  });
});

describe('limits', () => {
  it('counts requests a minute and says what is left', async () => {
    const strict = await fakeHouse([someone('operatore', 'DESK_OPERATOR')], { requestsPerMinute: 3 });
    const other = await createApi(strict.ports);
    try {
      const ask = () => other.app.inject({ method: 'GET', url: '/api/v1/session' });
      const answers = [await ask(), await ask(), await ask(), await ask()];
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 429]);
      expect(answers.map(({ headers }) => Number(headers['ratelimit-remaining']))).toEqual([2, 1, 0, 0]);
      expect(answers[3]!.headers['retry-after']).toBeDefined();
    } finally {
      await other.close();
    }
  });

  it('sends the headers of security with every answer', async () => {
    const { headers } = await send({ method: 'GET', url: '/status' });
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).not.toContain('unsafe-eval');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
  });
});
