import { join } from 'node:path';
import type { Pool } from 'pg';
import { cachedSessions } from '@iter/api';
import { createAccounts, createSignIn, forgetFailuresMs } from '@iter/access/accounts';
import type { Accounts, SignIn, SignInStore } from '@iter/access/accounts';
import { createAccessLog } from '@iter/access/access-log';
import type { AccessLogWriter } from '@iter/access/access-log';
import { createPostgresSignInStore, signInMigrations } from '@iter/access/postgres';
import type { MailChannel } from '@iter/channels';
import type { CertifiedMailChannel } from '@iter/channels/pec';
import { createPecMailbox } from '@iter/channels/pec-mailbox';
import { createSmtpChannel } from '@iter/channels/smtp';
import { createPostgresSurveys, surveyMigrations } from '@iter/channels/surveys';
import type { Surveys } from '@iter/channels/surveys';
import { createCaseCommands, createMessages, createSignals } from '@iter/commands';
import {
  createPostgresSnapshots,
  foldingCode,
  forgetSnapshots,
  snapshotMigrations,
} from '@iter/commands/snapshots';
import type {
  CaseCommands,
  CaseEraser,
  CasePorts,
  CaseReader,
  Messages,
  RegisterFacts,
  Signals,
  Starts,
} from '@iter/commands';
import { createDocuments } from '@iter/documents';
import type { Documents } from '@iter/documents';
import { createPostgresContents, documentMigrations } from '@iter/documents/postgres';
import type { MessageTraffic } from '@iter/engine/messages';
import type { EventLog } from '@iter/event-store';
import { romeDate } from '@iter/legal-calendar';
import type { LegalCalendar } from '@iter/legal-calendar';
import { clockMigrations, databaseClock } from '@iter/platform/clock';
import type { DatabaseClock } from '@iter/platform/clock';
import type { Config } from '@iter/platform/config';
import { startEmbeddedPostgres } from '@iter/platform/embedded-postgres';
import { createEvaluator } from '@iter/platform/feel';
import { requestHashWith } from '@iter/platform/ids';
import type { Logger } from '@iter/platform/logging';
import { assertSafeSettings, createPool, migrate, untilReached } from '@iter/platform/postgres';
import {
  createPostgresDataKeys,
  createSealer,
  dataKeyMigrations,
  derivedKey,
  loadMasterKey,
} from '@iter/platform/sealing';
import type { MasterKey, Sealer } from '@iter/platform/sealing';
import type { Label } from '@iter/platform/words';
import { createProcessCatalog } from '@iter/process-catalog';
import type { ProcessCatalog } from '@iter/process-catalog';
import { knownTerms, loadCatalogue } from '@iter/process-catalog/catalogue';
import type { TermCatalogue } from '@iter/process-catalog/catalogue';
import {
  caseRegister,
  forgetDraftsOf,
  forgetOldDrafts,
  namesFrom,
  openViews,
  proceedingChoices,
  selectionChoices,
  selectionRegisters,
  trainingRegisters,
} from '@iter/read-models';
import type { Lists } from '@iter/read-models';
import { createBodies } from '@iter/registers';
import type { Bodies } from '@iter/registers';
import { createBoardRegister } from '@iter/registers/boards';
import type { BoardRegister } from '@iter/registers/boards';
import { keysOf } from '@iter/reactions/erasures';
import { createErasures } from '@iter/registers/erasures';
import type { Erasure, Erasures } from '@iter/registers/erasures';
import { createOfficeRegister, headshipOf } from '@iter/registers/offices';
import type { OfficeRegister } from '@iter/registers/offices';
import { createStaffRegister } from '@iter/registers/staff';
import { createLibrary } from '@iter/registers/library';
import type { Library, PublicContents } from '@iter/registers/library';
import { createPostgresPublicContents, libraryMigrations } from '@iter/registers/library/postgres';
import type { StaffRegister } from '@iter/registers/staff';
import { createWebhooks } from '@iter/registers/webhooks';
import type { Webhooks } from '@iter/registers/webhooks';
import { calendarOf } from './calendars.ts';
import { openLog } from './log.ts';
import { examinersAmong, participantsAmong, registersOf, trainersAmong } from './registers.ts';

/** What all roles of a process share: the log, the clock, the keys, the registers in memory and the write side. */
export interface House {
  readonly config: Config;
  readonly logger: Logger;
  readonly databaseUrl: string;
  /** For questions that somebody waits for. */
  readonly pool: Pool;
  /** For who follows the log: a page of rows or an index may take longer than anybody waits. */
  readonly workPool: Pool;
  readonly clock: DatabaseClock;
  readonly log: EventLog;
  readonly master: MasterKey;
  readonly sealer: Sealer;
  readonly catalog: ProcessCatalog;
  /** The dated catalogue of terms and ladders that came with this release. */
  readonly catalogue: TermCatalogue;
  readonly bodies: Bodies;
  readonly staff: StaffRegister;
  readonly boards: BoardRegister;
  readonly library: Library;
  /** Archives that were published. */
  readonly contents: PublicContents;
  /** Anonymous questionnaires, beside the log. */
  readonly surveys: Surveys;
  readonly offices: OfficeRegister;
  /** Who is the head of somebody, by the registers and the accounts of today. */
  readonly headship: CasePorts['bodies']['headship'];
  /** Who outside is told of what. */
  readonly webhooks: Webhooks;
  /** What of cases was erased, and on whose word. */
  readonly erasures: Erasures;
  /** Destroys what is kept of cases that were erased. */
  readonly destroy: (erasures: readonly Pick<Erasure, 'caseId' | 'keys' | 'orderedAt'>[]) => Promise<void>;
  /** What processes look up. */
  readonly registers: RegisterFacts;
  /** What lists are made from. */
  readonly lists: Lists;
  /** The working days as they are known now. */
  readonly calendar: () => LegalCalendar;
  readonly accounts: Accounts;
  readonly signInStore: SignInStore;
  readonly signIn: SignIn;
  readonly accessLog: AccessLogWriter;
  readonly documents: Documents;
  /** Null: no mail is sent. */
  readonly mail: MailChannel | null;
  /** Null: the house has no certified mailbox. */
  readonly certifiedMailbox: CertifiedMailChannel | null;
  readonly cases: CaseCommands & CaseReader & CaseEraser;
  readonly messages: Messages & MessageTraffic & Starts;
  readonly signals: Signals;
  /** What has broken for good in this process, so that it must be started anew, or is out of reach now. */
  readonly troubles: readonly Label[];
  /** Bodies and processes that cannot be read, and what that means. For all others the house works on. */
  readonly setAside: readonly Label[];
  /** Once it ends, lost connections are no news. */
  readonly isClosing: boolean;
  announceClose(): void;
  /** Ends everything in the order opposite to its beginning. */
  close(): Promise<void>;
}

/** Folder of the processes, terms and ladders that come with the house. */
export const processesFolder = join(import.meta.dirname, '..', '..', '..', '..', 'processes');

const sweepEveryMs = 10 * 60_000;

/** Nobody waits longer for an answer; a server that went silent would hold every connection, and with them all who ask. */
const longestAnswerMs = 60_000;

/**
 * Opens the machinery that the three addresses of the configuration choose.
 * @param signal ends the waiting for a database that does not answer yet
 */
export async function openHouse(
  config: Config,
  logger: Logger,
  onProgress: (what: string) => void,
  signal?: AbortSignal,
): Promise<House> {
  const closing: (() => Promise<unknown> | void)[] = [];
  let isClosing = false;
  const close = async (): Promise<void> => {
    isClosing = true;
    for (const end of closing.splice(0).reverse()) {
      await Promise.resolve(end()).catch((error: unknown) => logger.error({ err: error }, 'closing failed'));
    }
  };
  try {
    const databaseUrl = config.databaseUrl ?? (await embedded(config.home, onProgress, closing));
    const onError = (error: Error): void => {
      if (!isClosing) logger.warn({ err: error }, 'an idle database connection was lost');
    };
    const pool = createPool({ url: databaseUrl, max: 20, queryTimeoutMs: longestAnswerMs, onError });
    closing.push(() => pool.end());
    const workPool = createPool({ url: databaseUrl, max: 10, name: 'iter work', onError });
    closing.push(() => workPool.end());
    await untilReached(pool, {
      onWait: () => onProgress('The database takes no connections yet: waiting for it, up to two minutes …'),
      signal,
    });
    for (const warning of await assertSafeSettings(pool)) logger.warn(warning);
    await migrate(workPool, [
      ...dataKeyMigrations,
      ...clockMigrations,
      ...signInMigrations,
      ...documentMigrations,
      ...snapshotMigrations,
      ...libraryMigrations,
      ...surveyMigrations,
    ]);

    const clock = await databaseClock({
      pool,
      url: databaseUrl,
      movable: config.demo,
      onSkew: (skewMs) => logger.warn({ skewMs }, 'this machine’s clock differs from the database’s'),
    });
    closing.push(() => clock.close());
    const { log, trouble } = await openLog({ databaseUrl, eventStore: config.eventStore, logger });
    closing.push(() => log.close());
    const master = loadMasterKey(config.masterKey, config.home);
    const sealer = createSealer({ store: createPostgresDataKeys(pool, master) });
    const requestHash = requestHashWith(derivedKey(master, 'request hash'));

    const troubles: Label[] = [];
    const setAside: Label[] = [];
    const onFailure = (error: Error): void => {
      logger.error({ err: error }, 'following the log for a register ended: restart the process');
      troubles.push({
        it: 'un registro non segue più gli eventi',
        en: 'a register no longer follows the log',
      });
    };
    let stuck = 0;
    const onTrouble = (error: Error | null): void => {
      stuck += error ? 1 : -1;
      if (error) logger.error({ err: error }, 'following the log for a register fails and is tried on');
      else if (stuck === 0) logger.info('the registers follow the log again');
    };
    const told = { onFailure, onTrouble };
    const catalogue = loadCatalogue(processesFolder);
    const catalog = createProcessCatalog({
      ...{ log, clock, terms: knownTerms(catalogue), ...told },
      onSetAside({ kind, key, version, hash }, error) {
        logger.error({ err: error, [kind]: key, version, hash }, 'a definition was set aside');
        const stops =
          kind === 'process'
            ? { it: 'nessun caso comincia o va avanti con essa', en: 'no case begins or goes on with it' }
            : { it: 'le attività che la chiedono si fermano', en: 'what asks it stops' };
        setAside.push({
          it: `la versione ${version} di ${key} non si può leggere: ${stops.it}`,
          en: `version ${version} of ${key} cannot be read: ${stops.en}`,
        });
      },
    });
    const bodies = createBodies({
      ...{ log, clock, requestHash, ...told },
      today: () => romeDate(clock.now()),
      onSetAside(ipa, error) {
        logger.error({ err: error, body: ipa }, 'a body was set aside: nobody acts in its cases');
        setAside.push({
          it: `il registro di ${ipa} non si può leggere: nei suoi casi nessuno agisce`,
          en: `the register of ${ipa} cannot be read: nobody acts in its cases`,
        });
      },
    });
    const staff = createStaffRegister({ log, clock, sealer, requestHash, ...told });
    const boards = createBoardRegister({ log, clock, sealer, requestHash, ...told });
    const offices = createOfficeRegister({ log, clock, sealer, requestHash, ...told });
    const library = createLibrary({
      ...{ log, clock, requestHash, ...told },
      today: () => romeDate(clock.now()),
    });
    const webhooks = createWebhooks({
      ...{ log, clock, sealer, requestHash, ...told },
      own: config.demo,
      isBody: (ipa) => bodies.find(ipa) !== null,
    });
    const erasures = createErasures({ log, clock, sealer, ...told });
    const accounts = createAccounts({
      log,
      clock,
      sealer,
      requestHash,
      serves: (body) => bodies.serves(body),
      ...told,
    });
    const followers = [catalog, bodies, staff, boards, library, offices, webhooks, erasures, accounts];
    closing.push(() => Promise.all(followers.map((it) => it.close())));
    await Promise.all(followers.map((it) => it.catchUp()));

    const signInStore = cachedSessions(createPostgresSignInStore(pool));
    const signIn = createSignIn({
      store: signInStore,
      principal: (account) => accounts.principal(account),
      nowMs: () => Date.now(),
    });
    const sweep = setInterval(
      () => void signInStore.sweep(Date.now(), forgetFailuresMs).catch(() => undefined),
      sweepEveryMs,
    ).unref();
    closing.push(() => clearInterval(sweep));

    const accessLog = createAccessLog({
      log,
      clock,
      sealer,
      onError: (error) => logger.error({ err: error }, 'readings could not be recorded yet'),
    });
    closing.push(() => accessLog.close());
    const mail = config.mail && createSmtpChannel({ ...config.mail, listId: listIdOf(config.publicUrl) });
    if (mail) closing.push(() => mail.close());
    const certifiedMailbox = config.certifiedMail && createPecMailbox(config.certifiedMail);
    if (certifiedMailbox) closing.push(() => certifiedMailbox.close());
    const calendar = calendarOf(bodies);
    const views = openViews(pool);
    const forgetting = setInterval(
      () => void forgetOldDrafts({ views }, clock.now()).catch(() => undefined),
      sweepEveryMs,
    ).unref();
    closing.push(() => clearInterval(forgetting));
    const readers = { ...selectionRegisters(views), ...trainingRegisters(views), ...caseRegister(views) };
    const names = namesFrom(catalog, {
      name: (ipa) => bodies.find(ipa)?.name ?? null,
      named: (text) =>
        bodies
          .list()
          .filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()))
          .map(({ ipa }) => ipa),
    });
    const headship: CasePorts['bodies']['headship'] = (body, employeeRef) =>
      headshipOf(employeeRef, {
        ...{ staff: staff.of(body), offices: offices.of(body), on: romeDate(clock.now()) },
        isHead: (account) => accounts.holds(account, { role: 'STRUCTURE_HEAD', body }),
        secretaries: () => accounts.holding({ role: 'SEGRETARIO', body }).map(({ username }) => username),
      });
    const bodyFacts: CasePorts['bodies'] = {
      ...bodies,
      incompatible: (judged) => boards.incompatible(judged),
      headship,
    };
    const lists: Lists = {
      ...{ views, names },
      bodies: bodyFacts,
    };
    const choosers = {
      ...selectionChoices(lists),
      proceedings: proceedingChoices(lists, 'completed'),
      'open-proceedings': proceedingChoices(lists, 'active'),
      examiners: examinersAmong(accounts),
      participants: participantsAmong(accounts),
      trainers: trainersAmong(accounts),
    };
    const registers = registersOf(
      bodies,
      staff,
      { ...offices, headship },
      readers,
      choosers,
      certifiedMailbox !== null,
    );
    const ports: CasePorts = {
      log,
      clock,
      sealer,
      requestHash,
      definitions: catalog,
      evaluator: (now, legal) => createEvaluator({ now, ...(legal && { legal }) }),
      calendar,
      catalogue,
      bodies: bodyFacts,
      people: accounts,
      registers,
      accessLog,
      erasures,
      snapshots: createPostgresSnapshots({
        ...{ pool, sealer, code: foldingCode },
        onError: (error) =>
          logger.warn({ err: error }, 'a snapshot of a case could not be used: it is folded whole'),
      }),
    };
    const cases = createCaseCommands(ports);
    const documentContents = createPostgresContents(pool);
    return {
      config,
      logger,
      databaseUrl,
      pool,
      workPool,
      clock,
      log,
      master,
      sealer,
      catalog,
      catalogue,
      bodies,
      staff,
      boards,
      library,
      contents: createPostgresPublicContents(pool),
      surveys: createPostgresSurveys(pool),
      offices,
      headship,
      webhooks,
      erasures,
      async destroy(erasures) {
        const caseIds = erasures.map(({ caseId }) => caseId);
        await sealer.destroy(
          await keysOf(log, erasures),
          caseIds.map((caseId) => `case-${caseId}`),
        );
        await documentContents.removeAll(caseIds);
        await forgetSnapshots(pool, caseIds);
        await forgetDraftsOf({ views }, caseIds);
      },
      registers,
      lists,
      calendar,
      accounts,
      signInStore,
      signIn,
      accessLog,
      mail,
      certifiedMailbox,
      documents: createDocuments({ store: documentContents, sealer }),
      cases,
      messages: createMessages(ports, cases),
      signals: createSignals(ports),
      setAside,
      get troubles() {
        const now = trouble();
        return [
          ...troubles,
          ...(stuck > 0
            ? [
                {
                  it: 'un registro ora non può seguire gli eventi',
                  en: 'a register cannot follow the log now',
                },
              ]
            : []),
          ...(now === null ? [] : [now]),
        ];
      },
      get isClosing() {
        return isClosing;
      },
      announceClose: () => void (isClosing = true),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Source: RFC 2919 */
const listIdOf = (publicUrl: string): string => `avvisi.${new URL(publicUrl).hostname}`;

async function embedded(
  home: string,
  onProgress: (what: string) => void,
  closing: (() => Promise<unknown> | void)[],
): Promise<string> {
  const server = await startEmbeddedPostgres({ home, onProgress });
  closing.push(() => server.stop());
  return server.url;
}
