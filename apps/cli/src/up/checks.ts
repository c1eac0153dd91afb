import type { Check } from '@iter/api';
import type { Reactions } from '@iter/reactions';
import { assertSafeSettings, UnsafeDatabase } from '@iter/platform/postgres';
import type { House } from './house.ts';

export type CheckedHouse = Pick<House, 'config' | 'logger' | 'pool' | 'clock' | 'troubles' | 'setAside'>;

interface Parts {
  readonly house: CheckedHouse;
  readonly version: string;
  readonly queueBackend: 'postgres' | 'redis';
  readonly reactions: Reactions;
  readonly reactionsAreHere: boolean;
  readonly webhooks: () => Promise<{ readonly count: number; readonly failing: readonly string[] }>;
  /** Followers that do not catch up, each with its code. */
  readonly alarmed: ReadonlyMap<string, string>;
}

const ok = (name: string, value: string | null): Check => ({ name, state: 'ok', value });
const warnIf = (bad: boolean, name: string, value: string | null): Check => ({
  ...{ name, value },
  state: bad ? 'warning' : 'ok',
});

/** A clock that differs by more makes people ask why. */
const skewMs = 1_000;

/**
 * What an operator looks at first, in its order: health, versions, settings. Values are addresses without their passwords,
 * versions and names.
 */
export function createChecks(parts: Parts): () => Promise<readonly Check[]> {
  const { house, version, queueBackend } = parts;
  const { config } = house;
  return async () => [
    ...healthOf(parts),
    await databaseOf(house),
    ...(await webhooksOf(parts)),
    ok('log', config.eventStore ? 'EventStoreDB / KurrentDB' : 'PostgreSQL'),
    ok('queue', queueBackend === 'redis' ? 'BullMQ, Redis' : 'BullMQ, PostgreSQL'),
    ok('version', version),
    ok('node', process.version),
    ...settingsOf(config),
  ];
}

function healthOf({ house, reactions, reactionsAreHere, alarmed }: Parts): Check[] {
  const loops = reactionsAreHere ? reactions.health() : [];
  const troubles = [...house.troubles, ...house.setAside];
  return [
    ...(troubles.length === 0
      ? [ok('troubles', null)]
      : troubles.map((value): Check => ({ name: 'troubles', state: 'error', value }))),
    ...loops
      .filter(({ state }) => state !== 'running')
      .map(({ name, error }): Check => ({ name: 'loop', state: 'error', value: `${name}: ${error ?? ''}` })),
    ...[...alarmed].map(([name, code]): Check => ({
      ...{ name: 'followers', state: 'error' },
      value: `${name}: ${code}`,
    })),
    warnIf(Math.abs(house.clock.skewMs ?? 0) > skewMs, 'skew', `${Math.round(house.clock.skewMs ?? 0)} ms`),
  ];
}

/** Without a database nothing can be said of them: that is told beside. */
async function webhooksOf({ webhooks }: Parts): Promise<Check[]> {
  const now = await webhooks().catch(() => null);
  if (!now) return [];
  const isFailing = now.failing.length > 0;
  return [warnIf(isFailing, 'webhooks', isFailing ? now.failing.join(', ') : String(now.count))];
}

async function databaseOf({ pool, config }: CheckedHouse): Promise<Check> {
  const where = config.databaseUrl === null ? 'embedded' : hostOf(config.databaseUrl);
  try {
    const { rows } = await pool.query<{ server_version: string }>('show server_version');
    const warnings = await assertSafeSettings(pool);
    const value = [`PostgreSQL ${rows[0]!.server_version} (${where})`, ...warnings].join('; ');
    return warnIf(warnings.length > 0, 'database', value);
  } catch (error) {
    // What others say may name who signs in.
    const value = error instanceof UnsafeDatabase ? `${where}: ${error.message}` : where;
    return { name: 'database', state: 'error', value };
  }
}

/** Settings by which an installation that serves people differs from one that is tried out. */
function settingsOf(config: House['config']): Check[] {
  const { publicUrl, demo, secureCookies, trustProxy, masterKey, mail, certifiedMail, accessibility } =
    config;
  const isPublic = publicUrl.startsWith('https:');
  return [
    warnIf(demo, 'demo', demo ? '1' : '0'),
    warnIf(!isPublic && !demo, 'publicUrl', publicUrl),
    warnIf(isPublic && !secureCookies, 'secureCookies', secureCookies ? '1' : '0'),
    ok('trustProxy', trustProxy ? '1' : '0'),
    warnIf(masterKey === null && !demo, 'masterKey', masterKey === null ? 'file' : 'ITER_MASTER_KEY'),
    warnIf(mail === null && !demo, 'mail', mail && hostOf(mail.url)),
    ok('certifiedMail', certifiedMail && certifiedMail.address),
    warnIf(accessibility.feedbackEmail === null && !demo, 'accessibility', accessibility.feedbackEmail),
    ok('requestsPerMinute', String(config.requestsPerMinute)),
  ];
}

/** Host and port of an address: nothing of who signs in there. An address that drivers alone can read shows nothing. */
const hostOf = (url: string): string => URL.parse(url)?.host ?? '?';
