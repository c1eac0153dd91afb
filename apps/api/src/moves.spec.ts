import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createApi } from './create-api.ts';
import type { Api } from './create-api.ts';
import { aCase, fakeHouse, password, someone } from './testing/fake-ports.ts';
import type { FakeHouse } from './testing/fake-ports.ts';

const key = '3f9ac01b77d2-1';
const reason = 'errore di instradamento';
let house: FakeHouse;
let api: Api;
let token: string;

beforeAll(async () => {
  house = await fakeHouse([someone('responsabile', 'DESK_SUPERVISOR')]);
  api = await createApi(house.ports);
  const payload = { username: 'responsabile', password };
  const answer = await api.app.inject({ method: 'POST', url: '/api/v1/session', payload });
  token = answer.json<{ token: string }>().token;
});
afterAll(() => api.close());
beforeEach(() => void house.asked.splice(0));

const post = async (path: string, payload: object) => {
  const answer = await api.app.inject({
    method: 'POST',
    url: `/api/v1/cases/${aCase}${path}`,
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'k' },
    payload,
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
};
const pointers = ({ body }: { readonly body: Record<string, unknown> }) =>
  (body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);

describe('modify', () => {
  it('passes every kind of instruction on; a scope that is not named is the case', async () => {
    const instructions = [
      { kind: 'start', element: 't_a', scope: key },
      { kind: 'take', flow: 'f' },
      { kind: 'drop', element: 'j', flow: 'f', scope: null },
      { kind: 'cancel', key },
      { kind: 'move', key, element: 't_b' },
      { kind: 'set', variables: { a: { b: [1] } } },
    ];
    expect((await post('/modify', { reason, instructions })).status).toBe(200);
    expect(house.asked).toMatchObject([
      {
        reason,
        command: {
          type: 'ModifyCase',
          reason,
          instructions: [
            instructions[0],
            { ...instructions[1], scope: null },
            instructions[2],
            instructions[3],
            instructions[4],
            { ...instructions[5], scope: null },
          ],
        },
      },
    ]);
    const asked = house.asked[0] as { command: { instructions: object[] } };
    expect(asked.command.instructions.slice(3, 5)).toEqual(instructions.slice(3, 5));
  });

  it.each([
    ['nothing to do', [], ['/instructions']],
    ['no list', 'x', ['/instructions']],
    ['an object', { kind: 'cancel', key }, ['/instructions']],
    ['another kind', [{ kind: 'jump' }], ['/instructions/0/kind']],
    ['no kind', [{ element: 'a' }], ['/instructions/0/element', '/instructions/0/kind']],
    ['what the kind does not have', [{ kind: 'cancel', key, element: 'a' }], ['/instructions/0/element']],
    ['what is missing', [{ kind: 'move', key }], ['/instructions/0/element', '/instructions/0/element']],
    ['variables that are none', [{ kind: 'set', variables: 1 }], ['/instructions/0/variables']],
    ['no instruction', [null], ['/instructions/0']],
    ['too many', Array.from({ length: 101 }, () => ({ kind: 'cancel', key })), ['/instructions']],
  ])('refuses %s with its place, and asks nothing', async (_, instructions, places) => {
    const answer = await post('/modify', { reason, instructions });
    expect([answer.status, answer.body['code']]).toEqual([422, 'request-invalid']);
    expect(new Set(pointers(answer))).toEqual(new Set(places));
    expect(house.asked).toEqual([]);
  });

  it('needs a reason', async () => {
    const answer = await post('/modify', { instructions: [{ kind: 'cancel', key }] });
    expect(new Set(pointers(answer))).toEqual(new Set(['/reason']));
  });
});

describe('rectify', () => {
  it('needs something to correct', async () => {
    const answer = await post('/rectify', { reason, variables: {} });
    expect([answer.status, pointers(answer)]).toEqual([422, ['/variables']]);
    expect(house.asked).toEqual([]);
    expect((await post('/rectify', { reason, variables: { a: 1 } })).status).toBe(200);
  });
});

describe('migrate', () => {
  it('names a version, a definition, or neither', async () => {
    await post('/migrate', { reason, version: 2, elements: { a: 'b' } });
    await post('/migrate', { reason, definition: 'ab'.repeat(32) });
    await post('/migrate', { reason });
    const common = { type: 'MigrateCase', reason, elements: {}, flows: {} };
    expect(house.asked.map((asked) => (asked as { command: object }).command)).toEqual([
      { ...common, version: 2, elements: { a: 'b' } },
      { ...common, definition: 'ab'.repeat(32) },
      common,
    ]);
  });

  it.each([
    [{ version: 1, definition: 'x' }, '/definition'],
    [{ version: 0 }, '/version'],
    [{ elements: { a: 1 } }, '/elements'],
    [{ elements: ['a'] }, '/elements'],
    [{ flows: { '': 'b' } }, '/flows'],
    [{ dryRun: 'yes' }, '/dryRun'],
  ])('refuses %j', async (body, place) => {
    const answer = await post('/migrate', { reason, ...body });
    expect([answer.status, answer.body['code']]).toEqual([422, 'request-invalid']);
    expect(new Set(pointers(answer))).toEqual(new Set([place]));
    expect(house.asked).toEqual([]);
  });

  it('only says what would happen in a dry run', async () => {
    const plan = {
      problems: [{ code: 'element-unmapped', element: 't_a', message: { it: 'm', en: 'm' } }],
      moved: [{ from: 't_b', to: 't_c' }],
      dropped: [{ key, element: 'evt' }],
      added: [{ element: 'evt_2', host: null }],
      elements: {},
    };
    Object.assign(house.ports.cases, {
      forecastMigration: async (question: unknown) => {
        house.asked.push(question);
        return { outcome: 'read', version: 2, definition: 'd2', plan };
      },
    });
    const answer = await post('/migrate', { reason, version: 2, dryRun: true });
    const { elements: _, ...told } = plan;
    expect(answer).toEqual({
      status: 200,
      body: {
        ...{ caseId: aCase, version: 2, definition: 'd2', possible: false, ...told },
        problems: [{ code: 'element-unmapped', element: 't_a', message: 'm' }],
      },
    });
    expect(house.asked).toMatchObject([{ caseId: aCase, version: 2, reason, elements: {}, flows: {} }]);
  });
});

describe('ad-hoc activities', () => {
  it('begin by key and element', async () => {
    expect((await post(`/ad-hoc/${key}/start`, { element: 't_hear' })).status).toBe(200);
    expect(house.asked).toMatchObject([
      { caseId: aCase, command: { type: 'StartAdHocActivity', key, element: 't_hear' } },
    ]);
  });

  it('have a key that can be one', async () => {
    const answer = await post('/ad-hoc/..%2f/start', { element: 't_hear' });
    expect([answer.status, answer.body['code']]).toEqual([422, 'element-not-found']);
  });
});
