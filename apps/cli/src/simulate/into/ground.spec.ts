import { expect, it } from '@jest/globals';
import type { Remote } from '../../commands/http.ts';
import { stopStarts } from './ground.ts';

it('lets no case of a body begin after a day, and nothing else on the register changes', async () => {
  const convention = {
    ...{ comune: 'c_uno', id: 'ADE-1', province: 'p_demo', services: ['discipline', 'training'] },
    ...{ serviceModel: 'FULL_UPD', validFrom: '2026-01-01', validTo: null, startsUntil: null },
    ...{ rulesAct: 'Giunta «1»; "bis"', agreedSanction: true },
  };
  const items = [
    convention,
    { ...convention, id: 'finita', validTo: '2026-02-28' },
    { ...convention, id: 'ferma', startsUntil: '2026-02-28' },
    { ...convention, id: 'futura', validFrom: '2027-01-01' },
    { ...convention, comune: 'c_uno_bis' },
  ];
  const posted: unknown[] = [];
  const remote = {
    get: () => Promise.resolve({ items, nextCursor: null }),
    post: (_: string, body: { csv: string }) => {
      posted.push(body.csv);
      return Promise.resolve({ committed: true, lines: [] });
    },
  } as unknown as Remote;
  await stopStarts(remote, 'c_uno', '2026-03-01');
  expect(posted).toEqual([
    `comune;id;province;services;serviceModel;validFrom;validTo;startsUntil;rulesAct;agreedSanction
c_uno;ADE-1;p_demo;discipline+training;FULL_UPD;2026-01-01;;2026-03-01;"Giunta «1»; ""bis""";yes`,
  ]);
});
