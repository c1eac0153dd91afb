import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleLimits } from '@iter/documents/case-bundle';
import { openZip } from '@iter/platform/archive';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { DisciplinaryCase, signInAll } from '../support/disciplinary.ts';
import type { Cast } from '../support/disciplinary.ts';
import { System, eventually } from '../support/system.ts';

// A case step by step, as the auditor and the head of the service see it.

const today = '2032-02-27';

interface Chapter {
  readonly total: number;
  readonly revision: number | null;
  readonly first: number;
  readonly isPseudonymised: boolean;
  readonly interventions: readonly number[];
  readonly steps: readonly {
    readonly event: { readonly type: string; readonly recordedAt: string };
    readonly isIntervention: boolean;
  }[];
}

describe('the replay of a case', () => {
  let db: TestDatabase;
  let system: System;
  let cast: Cast;
  let browser: Browser;
  let file: DisciplinaryCase;
  let auditor: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
    system = await System.start({ databaseUrl: db.url });
    const gestore = await system.signIn('gestore');
    await gestore.post('/operations/clock', { to: `${today}T09:00:00+01:00` });
    cast = await signInAll(system);
    file = await DisciplinaryCase.report(cast, today, 'PD-2032-001');
    const reason = 'verifica della corsia';
    await cast.responsabile.post(`/cases/${file.id}/suspend`, { reason });
    await cast.responsabile.post(`/cases/${file.id}/resume`, { reason });
    browser = await openBrowser();
    auditor = await signIn(browser, { url: system.url, name: 'auditor', faults });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await db?.drop();
  });

  it('gives a chapter by step or instant, says where people stepped in, and masks what the auditor may not see', async () => {
    const person = await system.signIn('auditor');
    const path = `/cases/${file.id}/replay`;
    const chapter = await person.get<Chapter>(path);
    expect(chapter).toMatchObject({ first: 0, revision: 0, isPseudonymised: true });
    const stepped = chapter.interventions.map((revision) => chapter.steps[revision]?.event.type);
    expect(stepped).toEqual(['CaseSuspended', 'CaseResumed']);
    const text = JSON.stringify(chapter);
    expect(text).toContain('/employeeRef');
    expect(text).not.toMatch(/M-0042|Assenza ingiustificata|verifica della corsia|"responsabile"/);

    const moment = encodeURIComponent(chapter.steps[3]!.event.recordedAt);
    const then = await person.get<Chapter>(`${path}?at=${moment}`);
    expect(chapter.steps[then.revision! + 1]!.event.recordedAt > chapter.steps[3]!.event.recordedAt).toBe(
      true,
    );
    expect((await person.get<Chapter>(`${path}?at=2001-01-01T00:00:00Z`)).revision).toBeNull();
    expect((await person.get<Chapter>(`${path}?revision=99999`)).revision).toBe(chapter.total - 1);
  });

  it('is itself recorded as an access', async () => {
    const person = await system.signIn('auditor');
    await person.get(`/cases/${file.id}/replay?revision=3`);
    const read = await eventually('the access', async () => {
      const { items } = await person.get<{ items: { what: string; detail: string | null }[] }>(
        `/audit/accesses?caseId=${file.id}`,
      );
      return items.find(({ what, detail }) => what === 'replay' && detail === '3');
    });
    expect(read).toBeDefined();
  });

  it('answers questions across cases: whose terms have no proof, and none that anybody missed', async () => {
    const person = await system.signIn('auditor');
    const ask = async (question: string) =>
      (
        await person.get<{ items: { caseId: string; deadline: string }[] }>(
          `/audit/findings?question=${question}&year=2032`,
        )
      ).items.map(({ deadline }) => deadline);
    for (const question of ['missed', 'after-safe-date', 'kept-late', 'moved'])
      expect([question, await ask(question)]).toEqual([question, []]);
    expect(await ask('unproven')).not.toEqual([]);
  });

  it('is walked by keyboard alone: from the case, step by step, along the acts, to an intervention and its effects', async () => {
    await auditor.goto(`${system.url}/cases/${file.id}`);
    await auditor.locator('main h1').waitFor();
    await auditor.getByRole('link', { name: 'Rivedi passo per passo' }).focus();
    await auditor.keyboard.press('Enter');
    await auditor.getByRole('heading', { level: 1, name: /passo per passo/ }).waitFor();
    const slider = auditor.getByRole('slider');
    await slider.waitFor();
    const place = () => slider.getAttribute('aria-valuetext');
    const happened = () => auditor.locator('#happened').innerText();
    expect(await place()).toMatch(/^Passo 1 di \d+$/);
    expect(await happened()).toContain('avviata');

    await slider.focus();
    await auditor.keyboard.press('ArrowRight');
    expect(await place()).toMatch(/^Passo 2 di/);
    await auditor.keyboard.press('Home');
    expect(await place()).toMatch(/^Passo 1 di/);

    await auditor.getByRole('button', { name: 'Atto successivo' }).focus();
    await auditor.keyboard.press('Enter');
    expect(await place()).not.toMatch(/^Passo 1 di/);

    await auditor.getByRole('button', { name: 'Intervento successivo' }).focus();
    await auditor.keyboard.press('Enter');
    await auditor.getByText('Intervento di una persona fuori dal corso ordinario').first().waitFor();
    expect(await happened()).toMatch(/sospes/i);
    expect(await auditor.getByText('Indicato e registrato; in forma pseudonima non si legge').count()).toBe(
      1,
    );

    await auditor.getByRole('button', { name: 'Confronta altri passi con questo' }).focus();
    await auditor.keyboard.press('Enter');
    await auditor.getByRole('button', { name: 'Al primo passo' }).focus();
    await auditor.keyboard.press('Enter');
    await auditor.getByText(/Le differenze sono rispetto al passo \d+, che viene dopo:/).waitFor();
    await auditor.getByText('Tolto', { exact: true }).first().waitFor();
    await auditor.waitForURL(/step=1&?.*with=|with=.*step=1/);
  });

  it('goes on by itself at the pace that was chosen, also while it plays, until somebody moves', async () => {
    await auditor.goto(`${system.url}/cases/${file.id}/replay`);
    const slider = auditor.getByRole('slider');
    await slider.waitFor();
    const place = async () => Number(/^Passo (\d+)/.exec((await slider.getAttribute('aria-valuetext'))!)![1]);
    const waits: number[] = [];
    await auditor.exposeFunction('waited', (ms: number) => void waits.push(ms));
    await auditor.evaluate(`{
      const real = setTimeout;
      window.setTimeout = (run, ms, ...more) => (window.waited(ms), real(run, ms >= 340 ? 50 : ms, ...more));
    }`);
    const pace = auditor.getByLabel('Velocità');
    await pace.selectOption('Lenta');
    await auditor.getByRole('button', { name: 'Riproduci' }).click();
    await eventually('the third step', async () => (await place()) >= 3);
    expect(waits).toContain(2_400);
    expect(waits).not.toContain(340);
    await pace.selectOption('Molto veloce');
    const seen = await place();
    await eventually('later steps', async () => (await place()) >= seen + 2);
    expect(waits).toContain(340);
    await auditor.getByRole('button', { name: 'Al primo passo' }).click();
    expect(await place()).toBe(1);
    await auditor.getByRole('button', { name: 'Riproduci' }).waitFor();
  });

  it('follows the chain when asked, for the auditor too, with the hash that a bundle bears, and says where it breaks', async () => {
    await auditor.goto(`${system.url}/cases/${file.id}/replay`);
    await auditor.getByRole('button', { name: 'Verifica ora la catena' }).click();
    const whole = auditor.getByRole('status').filter({ hasText: 'La catena è integra' });
    await whole.waitFor();
    const { events, headHash } = await (
      await system.signIn('auditor')
    ).get<{ events: number; headHash: string }>(`/cases/${file.id}/chain`);
    expect(await whole.innerText()).toContain(`${events} eventi`);
    expect(await whole.locator('code').textContent()).toBe(headHash);

    const reason = 'verifica';
    const path = `/cases/${file.id}/export?format=bundle&reason=${reason}`;
    const opened = openZip(await cast.responsabile.download(path), bundleLimits);
    const manifest = 'fault' in opened ? undefined : opened.entries.get('manifest.json');
    expect(JSON.parse(new TextDecoder().decode(manifest))).toMatchObject({ revision: events - 1, headHash });

    await auditor.route('**/chain*', async (route) => {
      const answer = await route.fetch();
      const told = (await answer.json()) as object;
      await route.fulfill({ json: { ...told, broken: { revision: 4, problem: 'broken-chain' } } });
    });
    await auditor.getByRole('button', { name: 'Verifica ora la catena' }).click();
    const broken = auditor.getByRole('alert').filter({ hasText: 'La catena si rompe al passo 5' });
    await broken.getByRole('link').click();
    await auditor.getByText(/^Passo 5 di \d+$/).waitFor();
    await auditor.unroute('**/chain*');
  });

  it('finds the state at a date and time, and says when there was no case yet', async () => {
    await auditor.getByLabel('Stato a data e ora').fill('2032-02-01T10:00');
    await auditor.getByRole('button', { name: 'Vai a quel momento' }).click();
    await auditor.getByText('In quel momento la pratica non era ancora registrata.').waitFor();
    await auditor.getByLabel('Stato a data e ora').fill('2032-03-01T10:00');
    await auditor.getByRole('button', { name: 'Vai a quel momento' }).click();
    await eventually('the last step', async () => {
      const [, step, total] =
        /Passo (\d+) di (\d+)/.exec(
          (await auditor.getByRole('slider').getAttribute('aria-valuetext')) ?? '',
        ) ?? [];
      return step === total ? step : undefined;
    });
  });

  it('keeps in sight of the drawing, large enough to be read, where the step happened', async () => {
    const person = await system.signIn('auditor');
    const { steps } = await person.get<{
      steps: readonly { definition: string; visits: readonly { definition: string; element: string }[] }[];
    }>(`/cases/${file.id}/replay`);
    await auditor.goto(`${system.url}/cases/${file.id}/replay?step=1`);
    const slider = auditor.getByRole('slider');
    await slider.waitFor();
    await auditor.locator('.desk-canvas svg').first().waitFor();
    await slider.focus();
    let looked = 0;
    for (const { definition, visits } of steps.slice(1)) {
      await auditor.keyboard.press('ArrowRight');
      const element = visits.findLast((it) => it.definition === definition)?.element;
      if (element === undefined) continue;
      await eventually(`${element} in sight`, async () => {
        const canvas = await auditor.locator('.desk-canvas').boundingBox();
        const shape = await auditor.locator(`.desk-canvas g[data-element-id="${element}"]`).boundingBox();
        if (!canvas || !shape) return undefined;
        const isIn =
          shape.x >= canvas.x - 2 &&
          shape.y >= canvas.y - 2 &&
          shape.x + shape.width <= canvas.x + canvas.width + 2 &&
          shape.y + shape.height <= canvas.y + canvas.height + 2;
        // An event is 36 units wide, and is read at three quarters.
        return isIn && shape.width >= 0.7 * 36 ? element : undefined;
      });
      looked++;
    }
    expect(looked).toBeGreaterThan(5);
  });

  it('has no barriers at 1280 and 320 pixels, with the drawing and in words, and reports no fault', async () => {
    expect(await barriersOf(auditor, 'replay auditor')).toEqual([]);
    await auditor.getByRole('button', { name: 'Testo' }).click();
    expect(await barriersOf(auditor, 'replay words')).toEqual([]);
    const narrow = await signIn(browser, {
      ...{ url: system.url, name: 'upd', faults },
      viewport: { width: 320, height: 800 },
    });
    await narrow.goto(`${system.url}/cases/${file.id}/replay?step=12`);
    await narrow.getByRole('slider').waitFor();
    expect(await barriersOf(narrow, 'replay narrow')).toEqual([]);
    expect(faults).toEqual([]);
  });
});
