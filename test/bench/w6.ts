import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContext } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { middle, round } from './measure.ts';
import { openHouse } from './open-cases.ts';
import type { House, System } from './open-cases.ts';
import type { RealCase } from './real-cases.ts';
import { password } from './w1-api.ts';

export interface W6Options {
  /** Makes an empty database. @returns its address */
  newDatabase(): Promise<string>;
  /** A folder for what the system keeps beside its database. */
  readonly home: string;
  /** How often the page is opened, each way; 5 at least. */
  readonly runs: number;
  /** Open tasks that one clerk may take; 100,000 where nothing else is asked. */
  readonly tasks: number;
  onProgress(what: string): void;
}

/** Beside so many: one page of the list. */
const few = 50;
const clerk = 'operatore';

/** An inbox that shows no task by then will not. */
const longestMs = 60_000;

/**
 * W6: the inbox of a clerk before whom so many tasks lie, each with a term of law, in a real browser, beside the same inbox with
 * one page of them: from the navigation to the first line of the list on the screen. *Cold* is a browser that was never here (no
 * file, no compiled script), *warm* the same page opened again. The system runs in one process over the PostgreSQL that npm
 * brings, as `npm start` runs it; the clerk is signed in before.
 */
export async function w6({ newDatabase, home, ...options }: W6Options): Promise<object> {
  const browser = await openBrowser();
  try {
    const house = await openHouse(await newDatabase(), mkdtempSync(join(home, 'w6-')));
    return await compare(browser, house, options).finally(() => house.close());
  } finally {
    await browser.close();
  }
}

async function compare(
  browser: Browser,
  house: House,
  { runs, tasks, onProgress }: Omit<W6Options, 'newDatabase' | 'home'>,
): Promise<object> {
  const like = await waitingCase(house);
  const lookAt = async (count: number) => {
    await house.fill(count, () => ({ like }), onProgress);
    const system = await house.startSystem();
    try {
      return await look(browser, system, Math.max(5, runs));
    } finally {
      await system.stop();
    }
  };
  const limit = { tasks: few, ...(await lookAt(few - 1)) };
  const many = { tasks, ...(await lookAt(tasks - few)) };
  const ratio = {
    cold: round(many.cold.firstRowMs / limit.cold.firstRowMs),
    warm: round(many.warm.firstRowMs / limit.warm.firstRowMs),
  };
  return { ...many, limit, ratio };
}

/** A request to the desk as a Comune sent it today, with the term within which it is to be answered. */
async function waitingCase(house: House): Promise<RealCase> {
  const system = await house.startSystem();
  try {
    const receivedAt = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Rome' }).format(new Date());
    const variables = { service: 'OTHER', urgency: 'NORMAL', receivedAt, requestText: 'Serve una bozza.' };
    const request = { process: 'desk-request', comune: 'c_borgo', variables };
    const { caseId } = await system.ask<{ caseId: string }>('personale', 'POST', '/cases', request);
    return await house.readCase(caseId);
  } finally {
    await system.stop();
  }
}

/** Of one opening of the page. */
interface Opening {
  /** From the start of the navigation to the first line of the list on the screen. */
  readonly firstRowMs: number;
  /** … to the first text or picture. */
  readonly firstPaintMs: number;
  /** From the request for the page to the end of the answer with the list. */
  readonly listAtMs: number;
  /** As they came over the wire. */
  readonly scriptBytes: number;
  readonly allBytes: number;
}

/** Opens the inbox so often with nothing in the browser's cache, and so often again. @returns the medians */
async function look(browser: Browser, system: System, runs: number) {
  const signedIn = await browser.newContext();
  const data = { username: clerk, password };
  const headers = { 'x-iter-request': 'bench' };
  const answer = await signedIn.request.post(`${system.url}/api/v1/session`, { data, headers });
  if (!answer.ok()) throw new Error(`${clerk} is not let in: ${answer.status()} ${await answer.text()}`);
  const storageState = await signedIn.storageState();
  await signedIn.close();

  const cold: Opening[] = [];
  const warm: Opening[] = [];
  // The first turn warms the server up.
  for (let run = -1; run < runs; run++) {
    const context = await browser.newContext({ storageState, locale: 'it-IT' });
    const first = await openInbox(context, system.url);
    const again = await openInbox(context, system.url);
    await context.close();
    if (run < 0) continue;
    cold.push(first);
    warm.push(again);
  }
  return { cold: medians(cold), warm: medians(warm) };
}

const medians = (all: readonly Opening[]): Opening =>
  Object.fromEntries(
    Object.keys(all[0]!).map((name) => [
      name,
      Math.round(middle(all.map((one) => one[name as keyof Opening]))),
    ]),
  ) as unknown as Opening;

// Marks the cell of the first task before it is painted, so that the browser notes when it was.
const watch = `
  new MutationObserver((_, observer) => {
    const cell = document.querySelector('a[data-task]')?.closest('td');
    if (!cell) return;
    cell.setAttribute('elementtiming', 'first-task');
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
  globalThis.firstRow = new Promise((resolve) => {
    const seen = (list) => resolve(list.getEntries()[0].renderTime);
    new PerformanceObserver(seen).observe({ type: 'element', buffered: true });
  });`;

const figures = `globalThis.firstRow.then((firstRowMs) => {
  const files = performance.getEntriesByType('resource');
  const list = files.find(({ name }) => name.includes('/api/v1/tasks?'));
  if (!list) throw new Error('The inbox shows a task without a request for the list.');
  const sum = (some) => some.reduce((bytes, { transferSize }) => bytes + transferSize, 0);
  return {
    firstRowMs,
    firstPaintMs: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    listAtMs: list.responseEnd,
    scriptBytes: sum(files.filter(({ name }) => name.endsWith('.js'))),
    allBytes: sum([...performance.getEntriesByType('navigation'), ...files]),
  };
})`;

async function openInbox(context: BrowserContext, url: string): Promise<Opening> {
  const page = await context.newPage();
  try {
    await page.addInitScript(watch);
    await page.goto(`${url}/tasks`);
    const found = await inTime(page.evaluate(figures) as Promise<Opening>);
    // What the page still asks for is not to fall into the next opening.
    await pause(500);
    return found;
  } finally {
    await page.close();
  }
}

/** @throws after `longestMs`: the browser itself waits for ever for a line that does not come */
async function inTime<T>(asked: Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = pause(longestMs, null, { signal: done.signal }).then(() => {
    throw new Error(`The inbox shows no task within ${longestMs / 1_000} s.`);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    done.abort();
  }
}
