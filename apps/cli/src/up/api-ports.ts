import { join } from 'node:path';
import { createViews } from '@iter/api';
import type { ApiPorts } from '@iter/api';
import { createChangeFeed, followProgress, viewsSchema } from '@iter/read-models';
import { manualProtocol } from '@iter/channels/protocol';
import { romeDate } from '@iter/legal-calendar';
import { createArrivals, createDeliveries } from '@iter/reactions';
import { derivedKey } from '@iter/platform/sealing';
import { knownTerms } from '@iter/process-catalog/catalogue';
import { processesFolder } from './house.ts';
import { mailVault } from './certified-mail.ts';
import type { House } from './house.ts';
import { productVersion } from '../version.ts';
import { packagesOf } from './packages.ts';

const cliFolder = join(import.meta.dirname, '..', '..');

/** What the API is given: the house, the views over its pool, and the machine as this process sees it. */
export async function openApiPorts(
  house: House,
  parts: Pick<ApiPorts, 'machine' | 'jobs' | 'troubles' | 'bullQueues'>,
): Promise<{ readonly ports: ApiPorts; close(): Promise<void> }> {
  const { config, logger, clock, log, pool, databaseUrl, bodies, catalog, master } = house;
  const progress = await followProgress({ pool, url: databaseUrl, schema: viewsSchema, log });
  const changes = await createChangeFeed(pool, progress);
  const { demo, secureCookies, trustProxy, accessibility, requestsPerMinute, publicUrl } = config;
  const ports: ApiPorts = {
    settings: {
      version: productVersion,
      demo,
      secureCookies,
      trustProxy,
      requestsPerMinute,
      publicUrl,
      accessibility,
      deskFolder: join(cliFolder, '..', 'desk', 'dist'),
    },
    logger,
    clock,
    log,
    sealer: house.sealer,
    accessLog: house.accessLog,
    signIn: house.signIn,
    accounts: house.accounts,
    cases: house.cases,
    messages: house.messages,
    signals: house.signals,
    catalog,
    catalogue: house.catalogue,
    calendar: house.calendar,
    bodies,
    staff: house.staff,
    boards: house.boards,
    library: house.library,
    contents: house.contents,
    surveys: house.surveys,
    packages: packagesOf(processesFolder, config.home, knownTerms(house.catalogue)),
    offices: house.offices,
    documents: house.documents,
    views: createViews({
      lists: house.lists,
      ...{ progress, clock, bodies },
    }),
    changes,
    mail: house.mail,
    protocol: manualProtocol({
      isBody: (ipa) => bodies.find(ipa) !== null,
      today: () => romeDate(clock.now()),
    }),
    arrivals: createArrivals({ pool, vault: mailVault(house) }),
    erasures: house.erasures,
    webhooks: house.webhooks,
    deliveries: createDeliveries({ pool, clock }),
    webhookKey: derivedKey(master, 'webhooks'),
    feedKey: derivedKey(master, 'calendar feeds'),
    pseudonymKey: derivedKey(master, 'pseudonyms'),
    ...parts,
  };
  return {
    ports,
    async close() {
      changes.close();
      await progress.close();
    },
  };
}
