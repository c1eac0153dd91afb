import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parseProcesses } from '@iter/process-model';
import { createApi } from '../create-api.ts';
import type { Api } from '../create-api.ts';
import { fakeHouse, password, someone } from '../testing/fake-ports.ts';

let api: Api;
let token: string;
const deployed: Awaited<ReturnType<typeof aProcess>>[] = [];
const send = (options: object) => api.app.inject(options as never);
const ask = (path: string, etag?: string) =>
  send({
    url: `/api/v1/process-definitions${path}`,
    headers: { authorization: `Bearer ${token}`, ...(etag && { 'if-none-match': etag }) },
  });
const aProcess = async (key: string) => {
  const { models } = await parseProcesses(`<?xml version="1.0"?>
    <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">
      <bpmn:process id="${key}" isExecutable="true"><bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>
      <bpmn:sequenceFlow id="f" sourceRef="s" targetRef="e"/></bpmn:process></bpmn:definitions>`);
  const model = models[0]!;
  return {
    key,
    name: key,
    version: 1,
    hash: model.hash,
    deployedAt: '2026-01-01T00:00:00Z',
    forms: new Map([['f', { components: [{ type: 'textfield', key: 'k', label: `Di ${key}` }] }]]),
    model,
  };
};

beforeAll(async () => {
  const { ports } = await fakeHouse([someone('operatore', 'DESK_OPERATOR')]);
  const catalog = {
    list: () => deployed,
    byHash: (hash: string) => deployed.find((one) => one.hash === hash),
    catchUp: () => Promise.resolve(),
  };
  api = await createApi({ ...ports, catalog } as never);
  const signedIn = await send({
    method: 'POST',
    url: '/api/v1/session',
    payload: { username: 'operatore', password },
  });
  token = signedIn.json<{ token: string }>().token;
});
afterAll(() => api.close());

it('sends the list of processes once to each caller, until another is deployed', async () => {
  deployed.push(await aProcess('p'));
  const first = await ask('');
  expect(first.json()).toMatchObject({ items: [{ key: 'p' }] });
  expect(first.headers['cache-control']).toBe('private, no-cache');
  const { etag } = first.headers;
  const again = await ask('', String(etag));
  expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
  deployed.push(await aProcess('q'));
  const later = await ask('', String(etag));
  expect([later.statusCode, later.json<{ items: object[] }>().items.length]).toEqual([200, 2]);
});

it('sends the words of a process once to each caller', async () => {
  const of = await aProcess('w');
  deployed.push(of);
  const first = await ask(`/by-hash/${of.hash}/words`);
  expect(first.json()).toMatchObject({ names: [{ name: 'k', label: { it: 'Di w' } }], typed: ['k'] });
  const { etag } = first.headers;
  const again = await ask(`/by-hash/${of.hash}/words`, String(etag));
  expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
});
