import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { barriersOf, openBrowser, signIn } from '../support/browser.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { System } from '../support/system.ts';
import type { Person } from '../support/system.ts';

interface Session {
  readonly bodies: readonly { readonly code: string }[];
  readonly territory: readonly { readonly code: string }[];
}
interface Definition {
  readonly key: string;
  readonly starts: readonly { readonly message: string | null; readonly bodies: readonly string[] }[];
}

const process = 'comune-onboarding';
const asked = {
  services: [{ service: 'TRAINING', serviceModel: 'SUPPORT' }],
  ...{ population: 900, staffCount: 7, currentUpd: 'Segretario comunale', currentRules: 'G.C. 1/2020' },
  openCases: 0,
};

describe('the joining of a Comune that the Province does not serve yet', () => {
  let database: TestDatabase;
  let system: System;
  let browser: Browser;
  let people: Record<'operatore' | 'responsabile' | 'segretario' | 'personale' | 'programma', Person>;
  const faults: string[] = [];

  const codes = (bodies: readonly { readonly code: string }[]): readonly string[] =>
    bodies.map(({ code }) => code).sort();
  /** For which bodies somebody is offered to begin, by the message that is registered. */
  const offered = async (who: Person, key: string): Promise<Record<string, readonly string[]>> => {
    const { starts } = await who.get<Definition>(`/process-definitions/${key}`);
    return Object.fromEntries(
      starts.map(({ message, bodies }) => [message ?? 'request', [...bodies].sort()]),
    );
  };
  const begins = async (who: Person, comune: string, message?: string): Promise<number> => {
    const body = message
      ? { process, comune, message, variables: {} }
      : { process, comune, variables: asked };
    return (await who.call('POST', '/cases', body)).status;
  };
  const optionsOf = async (page: Page): Promise<readonly string[]> => {
    const options = page.locator('#comune option');
    await page.locator('#comune option', { hasText: 'Borgo Sereno' }).waitFor({ state: 'attached' });
    return options.allInnerTexts();
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    browser = await openBrowser();
    const names = ['operatore', 'responsabile', 'segretario', 'personale', 'programma'] as const;
    const signedIn = await Promise.all(names.map((name) => system.signIn(name)));
    people = Object.fromEntries(names.map((name, at) => [name, signedIn[at]!])) as typeof people;
    const gestore = await system.signIn('gestore');
    await gestore.post('/registers/bodies/import', {
      csv: [
        'ipa;denominazione;tipo;provincia',
        'p_altra;Provincia di Altrove;Provincia;',
        'c_nuovo;Comune di Rivanuova;Comune;p_demo',
        'c_lontano;Comune di Lontano;Comune;p_altra',
      ].join('\n'),
      commit: true,
    });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await system?.stop();
    await database?.drop();
  });

  it('is offered to the desk of its territory, and to nobody for more than they may begin', async () => {
    const { operatore, responsabile, segretario, personale, programma } = people;
    const near = ['c_borgo', 'c_nuovo', 'c_valle'];
    expect(await offered(operatore, process)).toEqual({ request: near, onboardingInvited: near });
    // The Comune asks; that it was invited is the desk's to record.
    expect(await offered(segretario, process)).toEqual({ request: ['c_borgo'], onboardingInvited: [] });
    for (const who of [responsabile, personale, programma]) {
      expect([who.name, await offered(who, process)]).toEqual([
        who.name,
        { request: [], onboardingInvited: [] },
      ]);
    }
    // Only to join: nothing else begins for a body that is not served.
    expect((await offered(operatore, 'desk-request'))['deskRequestReceived']).not.toContain('c_nuovo');

    for (const who of [operatore, responsabile]) {
      const session = await who.get<Session>('/session');
      expect([who.name, codes(session.bodies), codes(session.territory)]).toEqual([
        who.name,
        ['c_borgo', 'c_valle', 'p_demo'],
        ['c_nuovo'],
      ]);
    }
    for (const who of [segretario, personale, programma]) {
      expect([who.name, (await who.get<Session>('/session')).territory]).toEqual([who.name, []]);
    }
  });

  it('is refused to whoever it is not offered to', async () => {
    const { operatore, responsabile, segretario } = people;
    expect(await begins(operatore, 'c_lontano')).toBe(403);
    expect(await begins(operatore, 'p_demo')).toBe(403);
    expect(await begins(operatore, 'c_lontano', 'onboardingInvited')).toBe(403);
    expect(await begins(responsabile, 'c_nuovo')).toBe(403);
    expect(await begins(segretario, 'c_nuovo')).toBe(403);
    expect(await begins(segretario, 'c_borgo', 'onboardingInvited')).toBe(403);
    expect(await begins(segretario, 'c_borgo')).toBe(201);
  });

  it('begins at the desk with an invitation, and is found in every list by the name of the Comune', async () => {
    const desk = await signIn(browser, { url: system.url, name: 'operatore', faults });
    await desk.goto(`${system.url}/cases/new`);
    await desk.locator('#process').selectOption(process);
    expect(await optionsOf(desk)).toContain('Comune di Rivanuova');
    expect(await optionsOf(desk)).not.toContain('Comune di Lontano');
    await desk.locator('#comune').selectOption({ label: 'Comune di Rivanuova' });
    await desk.locator('label', { hasText: 'Invito della Provincia ad aderire ai servizi' }).click();
    expect(await barriersOf(desk, 'joining-start')).toEqual([]);
    await desk.getByRole('button', { name: 'Avvia la pratica' }).click();
    await desk.waitForURL(/\/cases\/[0-9a-f-]{36}/);
    await desk.getByText('Comune di Rivanuova').first().waitFor();
    const begun = new URL(desk.url()).pathname;
    // For what is begun for the bodies that are served, it is not there.
    await desk.goto(`${system.url}/cases/new?process=desk-request`);
    expect(await optionsOf(desk)).not.toContain('Comune di Rivanuova');

    for (const path of ['/tasks', '/cases', '/deadlines', '/escalations']) {
      await desk.goto(`${system.url}${path}`);
      expect([path, await optionsOf(desk)]).toEqual([path, expect.arrayContaining(['Comune di Rivanuova'])]);
    }
    await desk.goto(`${system.url}/cases`);
    await desk.locator('#comune').selectOption({ label: 'Comune di Rivanuova' });
    await desk.waitForURL(/comune=c_nuovo/);
    await desk.locator(`a[href='${begun}']`).waitFor();
    // Nothing is told of it where other things of bodies are looked up.
    await desk.goto(`${system.url}/statistics`);
    expect(await optionsOf(desk)).not.toContain('Comune di Rivanuova');
    expect(faults).toEqual([]);
  }, 60_000);
});
