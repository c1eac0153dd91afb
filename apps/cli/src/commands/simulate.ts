import { complain, print, printJson, WrongInput } from '../output.ts';
import type { ExitStatus } from '../output.ts';
import { shownReport } from '../simulate/print.ts';
import { endOf, simulate as play, start } from '../simulate/simulate.ts';
import { progress } from './progress.ts';

export interface SimulateOptions {
  readonly years: string;
  readonly seed: string;
  readonly scale: string;
  readonly only?: readonly string[];
  readonly views?: boolean;
  readonly json?: boolean;
}

const dayMs = 24 * 60 * 60_000;

/** Plays years of a Province in memory. Exit status 1: something does not agree, or a task could not be done by anybody. */
export async function simulate(options: SimulateOptions): Promise<ExitStatus> {
  const years = numberOf('--years', options.years, 1, 20);
  if (!Number.isInteger(years)) throw new WrongInput('--years takes whole years');
  const scale = numberOf('--scale', options.scale, 0.001, 10);
  const from = new Date(start).toISOString();
  const days = Math.round((Date.parse(endOf(from, years)) - Date.parse(from)) / dayMs);
  const bar = progress(days);
  let passed = 0;
  const began = performance.now();
  const { seed, only = [] } = options;
  const views = options.views && { views: { databaseUrl: process.env['DATABASE_URL'] || null } };
  const onDay = (now: string): void => {
    for (const day = Math.floor((Date.parse(now) - Date.parse(from)) / dayMs); passed < day; passed++)
      bar.step();
  };
  const { report } = await play({ seed, years, scale, only, ...views }, onDay, complain);
  bar.end();
  const seconds = (performance.now() - began) / 1_000;
  const perSecond = (count: number): number => Math.round(count / seconds);
  if (options.json) printJson(report);
  else print(shownReport(report));
  complain(
    `${seconds.toFixed(1)} s, ${perSecond(report.people['commands'] ?? 0)} commands and ${perSecond(report.events)} events per second, ` +
      `${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`,
  );
  return report.violations.length > 0 || Object.keys(report.stuck).length > 0 ? 1 : 0;
}

function numberOf(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (!Number.isFinite(number) || text.trim() === '' || number < least || number > most)
    throw new WrongInput(`${option} is a number from ${least} to ${most}, not ${text}`);
  return number;
}
