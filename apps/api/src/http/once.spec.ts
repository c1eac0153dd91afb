import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parseProcesses } from '@iter/process-model';
import { createApi } from '../create-api.ts';
import type { Api } from '../create-api.ts';
import { fakeHouse, password, someone } from '../testing/fake-ports.ts';

let api: Api;
const deployed: object[] = [];
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
    forms: new Map(),
    model,
  };
};

beforeAll(async () => {
  const { ports } = await fakeHouse([someone('operatore', 'DESK_OPERATOR')]);
  api = await createApi({ ...ports, catalog: { list: () => deployed } } as never);
});
afterAll(() => api.close());

it('sends the list of processes once to each caller, until another is deployed', async () => {
  const send = (options: object) => api.app.inject(options as never);
  const payload = { username: 'operatore', password };
  const { token } = (await send({ method: 'POST', url: '/api/v1/session', payload })).json<{
    token: string;
  }>();
  const ask = (etag?: string) =>
    send({
      url: '/api/v1/process-definitions',
      headers: { authorization: `Bearer ${token}`, ...(etag && { 'if-none-match': etag }) },
    });
  deployed.push(await aProcess('p'));
  const first = await ask();
  expect(first.json()).toMatchObject({ items: [{ key: 'p' }] });
  expect(first.headers['cache-control']).toBe('private, no-cache');
  const { etag } = first.headers;
  const again = await ask(String(etag));
  expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
  deployed.push(await aProcess('q'));
  const later = await ask(String(etag));
  expect([later.statusCode, later.json<{ items: object[] }>().items.length]).toEqual([200, 2]);
});
