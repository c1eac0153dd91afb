import { expect, it } from '@jest/globals';
import { fold } from '@iter/engine';
import type { CaseEvent } from '@iter/engine';
import { deadlineOpened, plan, started } from '../../../../test/support/case-log.ts';
import { fascicoloOf } from './fascicolo.ts';

const at = '2026-03-06T09:00:00.000Z';

it('tells the day of a term as what it is: to act by, to wait for, or of an effect', () => {
  const opened = (
    key: string,
    nature: 'PEREMPTORY' | 'DILATORY' | 'EFFECT',
    earliestActionDate: string | null,
  ) => deadlineOpened(key, '2026-04-03', { nature, plan: { ...plan('2026-04-03'), earliestActionDate } });
  const inHours = deadlineOpened('e', '2026-04-03T22:30:00.000Z', {
    plan: plan('2026-04-03T22:30:00.000Z', { legalDueDate: '2026-04-04T12:00:00+02:00' }),
  });
  const told: readonly CaseEvent[] = [
    started({}),
    opened('a', 'PEREMPTORY', null),
    opened('b', 'DILATORY', '2026-04-08'),
    opened('c', 'EFFECT', '2026-04-08'),
    opened('d', 'EFFECT', null),
    inHours,
    ...['a', 'b', 'c', 'd'].map(
      (key) =>
        ({
          type: 'DeadlineMet',
          data: { key, id: 'DL_X', instance: null, by: 'expiry', on: '2026-04-08', use: 'decides' },
        }) as const,
    ),
  ];
  const { blocks } = fascicoloOf('c', fold(told), [] as unknown as Parameters<typeof fascicoloOf>[2], {
    ...{ code: 'PD-1', processName: 'Procedimento', bodyName: 'Comune' },
    element: () => null,
  });
  const terms = blocks.filter((block) => block.kind === 'table').at(-1)!;
  const rows = terms.rows.map((cells) => cells.map((runs) => runs.map((run) => run.text).join('')));
  expect(rows.map((cells) => cells.slice(3, 5))).toEqual([
    ['07/04/2026', '03/04/2026'],
    ['non prima del 08/04/2026', '–'],
    ['effetto dal 08/04/2026', '–'],
    ['fino al 07/04/2026', '–'],
    ['04/04/2026 12:00', '04/04/2026 00:30'],
  ]);
  expect(rows.map((cells) => cells[5])).toEqual([
    'rispettato (08/04/2026)',
    ...['b', 'c', 'd'].map(() => 'decorso (08/04/2026)'),
    'aperto',
  ]);
});

it('tells terms and acts by their own names, and who acted by the name of the role', () => {
  const drafted = { type: 'ActDrafted', data: { key: 'a1', element: 't_sign', name: 'Contestazione' } };
  const missed = { type: 'DeadlineMissed', data: { key: 'd', on: '2026-04-07' } };
  const met = (use: string, by: string) => ({
    type: 'DeadlineMet',
    data: { key: 'd', on: '2026-04-07', use, by },
  });
  const told: readonly CaseEvent[] = [started({}), deadlineOpened('d')];
  const after = [missed, met('quiets', 't_send'), met('decides', 'expiry'), met('both', 't_send')];
  const events = [...told, drafted, ...after].map((event, revision) => ({
    ...event,
    ...{ revision, recordedAt: at, occurredAt: at },
    actor: { account: 'upd', role: 'UPD', body: 'p_demo' },
  })) as unknown as Parameters<typeof fascicoloOf>[2];
  const { blocks } = fascicoloOf('c', fold(told), events, {
    ...{ code: 'PD-1', processName: 'Procedimento', bodyName: 'Comune' },
    element: () => 'un elemento',
  });
  const [, history] = blocks.filter((block) => block.kind === 'table');
  const rows = history!.rows.map((cells) => cells.map((runs) => runs.map((run) => run.text).join('')));
  const label = (events[1]!.data as { label: { it: string } }).label.it;
  expect(rows.map(([, what, role]) => [what, role])).toEqual([
    ['Avvio della pratica: un elemento', 'Ufficio procedimenti disciplinari'],
    [`Termine aperto: ${label}`, 'Ufficio procedimenti disciplinari'],
    ['Atto predisposto: Contestazione', 'Ufficio procedimenti disciplinari'],
    [`Termine scaduto: ${label}`, 'Ufficio procedimenti disciplinari'],
    [`Termine senza più avvisi: ${label}`, 'Ufficio procedimenti disciplinari'],
    [`Termine decorso: ${label}`, 'Ufficio procedimenti disciplinari'],
    [`Termine rispettato: ${label}`, 'Ufficio procedimenti disciplinari'],
  ]);
});
