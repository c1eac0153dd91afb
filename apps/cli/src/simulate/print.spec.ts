import { describe, expect, it } from '@jest/globals';
import { shownReport } from './print.ts';
import type { SimulationReport, TermLine } from './report.ts';

const term = (label: string, nature: string, counts: Partial<TermLine>): TermLine => ({
  ...{ process: 'p', deadline: 'DL', label, nature, isOurs: true },
  ...{ due: 0, met: 0, missed: 0, ended: 0, running: 0, told: 0, escalated: 0 },
  ...counts,
});

const report = (terms: readonly TermLine[], violations: readonly string[] = []): SimulationReport => ({
  ...{ seed: 's', years: 1, scale: 0.02, cases: 12_345, events: 9, history: 'a'.repeat(64), violations },
  ...{ from: '2026-01-02T07:00:00.000Z', to: '2027-01-02T07:00:00.000Z', people: { acknowledged: 2 } },
  load: { bodies: 3, least: 1, median: 2, most: 9 },
  services: [
    {
      ...{ service: 'x', label: 'Procedimenti', cases: 12_345, active: 45, terms },
      processes: [
        {
          ...{ process: 'p', name: 'Procedimento', cases: 12_345, active: 45 },
          ...{ medianDays: 60, outcomes: { archived: 12_300 } },
        },
      ],
    },
  ],
  ...{ refusals: {}, stuck: {} },
});

describe('the report of a simulation', () => {
  it('says in Italian when, how much, and with which outcome', () => {
    const shown = shownReport(report([]));
    expect(shown).toContain('un anno dal 2 gennaio 2026 al 2 gennaio 2027');
    expect(shown).toContain('12.345  pratiche: 12.300 concluse, 45 in corso');
    expect(shown).toContain(
      'Procedimento — pratiche: 12.345, in corso: 45; metà di quelle concluse entro 60 giorni',
    );
    expect(shown).toContain('RISCONTRI: stati, riconteggi, viste e catene concordano.');
  });

  it('counts a term under its nature, and those of others apart', () => {
    const shown = shownReport(
      report([
        term('Contestazione', 'PEREMPTORY', { due: 4, met: 3, missed: 1 }),
        term('Memoria del dipendente', 'PEREMPTORY', { due: 2, missed: 2, isOurs: false }),
        term('Attesa', 'DILATORY', { due: 5, met: 5 }),
      ]),
    );
    expect(shown).toMatch(/perentori +4 +3 +1 +75,0 %/);
    expect(shown).toMatch(/di altri soggetti +2 +0 +2 +0,0 %/);
    expect(shown).toMatch(/ordinatori +0 +0 +0 +–/);
  });

  it('names first the peremptory terms that the offices have missed, never those of others', () => {
    const shown = shownReport(
      report([
        term('Risposta dello sportello', 'SERVICE_LEVEL', { due: 9, missed: 9 }),
        term('Contestazione', 'PEREMPTORY', { due: 4, met: 3, missed: 1 }),
        term('Memoria del dipendente', 'PEREMPTORY', { due: 2, missed: 2, isOurs: false }),
      ]),
    );
    const named = shown.slice(shown.indexOf('DA GUARDARE'), shown.indexOf('PROCEDIMENTI'));
    expect(named.split('\n').slice(1, 3)).toEqual([
      '        1 su 4  Contestazione (perentori; p)',
      '        9 su 9  Risposta dello sportello (livelli di servizio; p)',
    ]);
    expect(named).not.toContain('Memoria');
  });

  it('says what does not agree', () => {
    expect(shownReport(report([], ['the chain breaks']))).toContain('CHE COSA NON TORNA\n  the chain breaks');
  });
});
