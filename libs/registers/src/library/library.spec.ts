import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Principal, Role } from '@iter/access';
import { createMemoryLog } from '@iter/event-store/memory';
import { currentVersion, itemKeyOf } from './item.ts';
import type { LibraryCommand, PackageFacts } from './item.ts';
import { createLibrary } from './library.ts';
import type { Library } from './library.ts';

const who = (role: Role, body: string): Principal => ({
  account: role.toLowerCase(),
  displayName: role,
  grants: [{ role, body }],
  serves: {},
});
const tutor = who('PROVINCE_TUTOR', 'p_demo');
const editor = who('COMMUNITY_EDITOR', 'upi_demo');
const head = who('DESK_SUPERVISOR', 'p_due');

const facts = (version: string, archive = version): PackageFacts => ({
  ...{ version, name: 'Richiesta allo sportello', summary: { it: 'prova', en: 'try' }, licence: 'EUPL-1.2' },
  origin: { body: 'p_demo', name: 'Provincia' },
  ...{ authors: ['Sportello'], basedOn: null, processes: ['desk-request'] },
  ...{ contentHash: `sha256:${archive}`, archive, sizeBytes: 1, fingerprint: null },
});
const key = itemKeyOf('p_demo', 'desk-request');
const adopt = (more: Partial<LibraryCommand> = {}): LibraryCommand =>
  ({
    ...{ type: 'AdoptPackage', body: 'p_due', version: '1.0.0', since: '2026-03-01', adapted: null },
    ...more,
  }) as LibraryCommand;

describe('the library', () => {
  const log = { current: createMemoryLog() };
  const open: Library[] = [];
  let n = 0;
  const library = (): Library => {
    const made = createLibrary({
      log: log.current,
      clock: { now: () => '2026-03-06T23:30:00.000Z' },
      today: () => '2026-03-07',
      requestHash: (text) => text,
    });
    open.push(made);
    return made;
  };
  let shelf: Library;
  beforeEach(() => {
    log.current = createMemoryLog();
    shelf = library();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
  });
  const ask = async (principal: Principal, command: LibraryCommand, idempotencyKey = String(n++)) => {
    const result = await shelf.execute({ key, command, principal, route: 'test', idempotencyKey });
    return result.outcome === 'rejected' ? result.rejection.code : result.outcome;
  };
  const publish = (version: string, archive?: string, by = tutor) =>
    ask(by, { type: 'PublishPackage', facts: facts(version, archive) });

  it('publishes a version once: the same bytes again are no error and add nothing', async () => {
    expect(await publish('1.0.0')).toBe('done');
    expect(await publish('1.0.0')).toBe('done');
    expect(await publish('1.0.0', 'other bytes')).toBe('package-version-taken');
    expect(await publish('1.1.0', 'other bytes', editor)).toBe('done');
    const published = shelf.find(key)?.versions.map(({ version, publishedBy }) => [version, publishedBy]);
    expect(published).toEqual([
      ['1.0.0', 'p_demo'],
      ['1.1.0', 'upi_demo'],
    ]);
  });

  it('keeps who uses which version since when, and until they stop', async () => {
    await publish('1.0.0');
    expect(await ask(head, adopt())).toBe('done');
    expect(await ask(head, adopt({ adapted: 'sha256:theirs' }))).toBe('done');
    expect(shelf.find(key)?.uses).toEqual([
      { body: 'p_due', version: '1.0.0', since: '2026-03-01', adapted: 'sha256:theirs' },
    ]);
    expect(await ask(head, { type: 'StopUsingPackage', body: 'p_due' })).toBe('done');
    expect(shelf.find(key)?.uses).toEqual([]);
    expect(await ask(head, { type: 'StopUsingPackage', body: 'p_due' })).toBe('package-not-in-use');
  });

  it('lets nobody adopt what is not there, is withdrawn, or before the day has come in Rome', async () => {
    await publish('1.0.0');
    expect(await ask(head, adopt({ version: '2.0.0' }))).toBe('package-not-found');
    expect(await ask(head, adopt({ since: '2026-03-08' }))).toBe('date-in-the-future');
    expect(await ask(head, adopt({ since: '2026-03-07' }))).toBe('done');
    expect(await ask(tutor, { type: 'WithdrawPackage', version: '1.0.0', reason: 'superata' })).toBe('done');
    expect(await ask(head, adopt())).toBe('package-withdrawn');
    expect(await publish('1.0.0')).toBe('package-withdrawn');
    // Who uses it still does, and what was published can still be read.
    expect(shelf.find(key)?.uses).toHaveLength(1);
    expect(currentVersion(shelf.find(key)!)).toMatchObject({ withdrawn: { reason: 'superata' } });
    await publish('1.1.0');
    expect(currentVersion(shelf.find(key)!).version).toBe('1.1.0');
  });

  it('lets a tutor publish for its own Province, and nobody adopt for another', async () => {
    expect(await publish('1.0.0', '1', who('PROVINCE_TUTOR', 'p_due'))).toBe('not-authorised');
    expect(await publish('1.0.0', '1', head)).toBe('not-authorised');
    expect(shelf.find(key)).toBeNull();
    await publish('1.0.0');
    expect(await ask(who('DESK_SUPERVISOR', 'p_demo'), adopt())).toBe('not-authorised');
    expect(await ask(tutor, { type: 'WithdrawPackage', version: '1.0.0', reason: ' ' })).toBe(
      'not-authorised',
    );
  });

  it('answers a command that comes twice like the first time, and another under its key not at all', async () => {
    const command: LibraryCommand = { type: 'PublishPackage', facts: facts('1.0.0') };
    expect(await ask(tutor, command, 'k')).toBe('done');
    expect(await ask(tutor, command, 'k')).toBe('done');
    expect(await ask(tutor, { type: 'PublishPackage', facts: facts('1.1.0') }, 'k')).toBe('key-reused');
  });

  it('is known to whoever follows the log', async () => {
    await publish('1.0.0');
    await ask(head, adopt());
    const other = library();
    await other.catchUp();
    expect(other.list()).toEqual(shelf.list());
  });
});
