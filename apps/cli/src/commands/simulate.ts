import { complain, print, printJson, WrongInput } from '../output.ts';
import type { ExitStatus } from '../output.ts';
import { simulateInto } from '../simulate/into/into.ts';
import { shownReport } from '../simulate/print.ts';
import type { SimulationReport } from '../simulate/report.ts';
import { endOf, simulate as play, start } from '../simulate/simulate.ts';
import type { Simulation } from '../simulate/simulate.ts';
import { progress } from './progress.ts';

export interface SimulateOptions {
  readonly years: string;
  readonly seed: string;
  readonly scale: string;
  readonly only?: readonly string[];
  readonly views?: boolean;
  /** Address of a running demo. */
  readonly into?: string;
  readonly password?: string;
  /** Of a running demo: so many people act at the same time. */
  readonly atOnce?: string;
  readonly json?: boolean;
}

const dayMs = 24 * 60 * 60_000;

/** Plays years of a Province in memory, or into a running demo. Exit status 1: something does not agree, or a task could not be done by anybody. */
export async function simulate(options: SimulateOptions): Promise<ExitStatus> {
  const years = numberOf('--years', options.years, 1, 20);
  if (!Number.isInteger(years)) throw new WrongInput('--years takes whole years');
  const scale = numberOf('--scale', options.scale, 0.001, 10);
  const { seed, only = [], into, password } = options;
  if (into !== undefined && options.views) throw new WrongInput('--views is for years in memory');
  const atOnce = numberOf('--at-once', options.atOnce ?? '32', 1, 64);
  const plan = { seed, years, scale, only };
  complain(told(plan, into));
  const days = daysShown();
  const began = performance.now();
  const report =
    into === undefined
      ? await inMemory(plan, options.views ?? false, days)
      : await simulateInto(
          { ...plan, atOnce, url: into, ...(password !== undefined && { password }) },
          days.start,
          days.passed,
        );
  days.end();
  const seconds = (performance.now() - began) / 1_000;
  const perSecond = (count: number): string => (count / seconds).toFixed(1);
  if (options.json) printJson(report);
  else print(shownReport(report));
  const inFlight = into === undefined ? '' : `, fino a ${atOnce} richieste alla volta`;
  complain(
    `${seconds.toFixed(1)} s: ${perSecond(report.people['commands'] ?? 0)} comandi e ${perSecond(report.events)} eventi al secondo${inFlight}, ` +
      `${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`,
  );
  return report.violations.length > 0 || Object.keys(report.stuck).length > 0 ? 1 : 0;
}

/** What begins now, also when nobody has said what: it takes minutes. */
function told({ years, seed, scale, only }: Omit<Simulation, 'views'>, into: string | undefined): string {
  const what = only.length === 0 ? 'tutti i servizi' : only.join(', ');
  const where = into === undefined ? 'in memoria, senza lasciare nulla' : `dentro ${into}`;
  return `${years === 1 ? 'Si simula un anno' : `Si simulano ${years} anni`} di una Provincia ${where}: ${what}, scala ${scale}, seme ${seed}.`;
}

async function inMemory(
  plan: Omit<Simulation, 'views'>,
  withViews: boolean,
  days: Days,
): Promise<SimulationReport> {
  const from = new Date(start).toISOString();
  days.start(from, endOf(from, plan.years));
  const views = withViews && { views: { databaseUrl: process.env['DATABASE_URL'] || null } };
  return (await play({ ...plan, ...views }, days.passed, complain)).report;
}

interface Days {
  start(from: string, to: string): void;
  passed(now: string): void;
  end(): void;
}

/** Shows which of the days of a play have passed. */
function daysShown(): Days {
  let bar = progress(0);
  let first = 0;
  let shown = 0;
  return {
    start(from, to) {
      first = Date.parse(from);
      bar = progress(Math.round((Date.parse(to) - first) / dayMs));
    },
    passed(now) {
      for (const day = Math.floor((Date.parse(now) - first) / dayMs); shown < day; shown++) bar.step();
    },
    end: () => bar.end(),
  };
}

function numberOf(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (!Number.isFinite(number) || text.trim() === '' || number < least || number > most)
    throw new WrongInput(`${option} is a number from ${least} to ${most}, not ${text}`);
  return number;
}
