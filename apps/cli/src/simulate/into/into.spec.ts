import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { contradictionOf } from './compare.ts';
import { simulateInto } from './into.ts';

describe('the state of a deadline against its dates', () => {
  const now = '2032-05-01T10:00:00.000Z';
  const one = { nature: 'PEREMPTORY', legalDueDate: '2032-04-07', decidedOn: null };

  it.each([
    ['met on the last day', { state: 'met', decidedOn: '2032-04-07' }, null],
    ['met late in the last evening in Rome', { state: 'met', decidedOn: '2032-04-07T21:59:00.000Z' }, null],
    ['met a day after', { state: 'met', decidedOn: '2032-04-08' }, /is met though .* 2032-04-08/],
    ['missed by an act in time', { state: 'missed', decidedOn: '2032-04-07' }, /is missed though what/],
    ['missed', { state: 'missed' }, null],
    ['missed before its day', { state: 'missed', legalDueDate: '2032-05-02' }, /is still to come/],
    ['running', { state: 'open', legalDueDate: '2032-05-01' }, null],
    ['running after its day', { state: 'open' }, /runs though 2032-04-07 has passed/],
    ['a waiting term whose day has passed', { state: 'open', nature: 'DILATORY' }, null],
    [
      'met in the hour after, of a term of hours',
      {
        ...{ state: 'met', legalDueDate: '2032-04-07T12:00:00+02:00' },
        decidedOn: '2032-04-07T10:30:00.000Z',
      },
      /is met though/,
    ],
  ])('%s', (_, given, contradiction) => {
    const found = contradictionOf({ ...one, ...given }, now);
    if (contradiction === null) expect(found).toBeNull();
    else expect(found).toMatch(contradiction);
  });
});

it('refuses a system whose clock cannot be moved', async () => {
  const server = createServer((request, response) => {
    const isSession = request.url === '/api/v1/session';
    response.writeHead(isSession ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isSession ? { token: 't' } : { code: 'not-found' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const plan = { seed: 'a', years: 1, scale: 0.001, only: ['desk'], url, password: 'p' };
  await expect(simulateInto(plan)).rejects.toThrow(/clock of that system cannot be moved/);
  server.closeAllConnections();
  server.close();
});
