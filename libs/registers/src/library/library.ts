import { commandBy } from '@iter/access/commands';
import type { Asked, NotDone } from '@iter/access/commands';
import type { Act } from '@iter/access';
import type { EventLog, Position } from '@iter/event-store';
import { createLedger, createMemoryIndex } from '@iter/event-store/ledger';
import { decideItem, evolveItem, noItem } from './item.ts';
import type { LibraryCommand, LibraryEvent, LibraryItem, LibraryRejection } from './item.ts';

export interface LibraryPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  /** The day in Rome. */
  today(): string;
  requestHash(canonical: string): string;
  onFailure?(error: Error): void;
  onTrouble?(trouble: Error | null): void;
}

export interface LibraryRequest extends Asked {
  /** `<body of origin>.<process>` */
  readonly key: string;
  readonly command: LibraryCommand;
}

export type LibraryOutcome =
  | { readonly outcome: 'done'; readonly item: LibraryItem; readonly position: Position | null }
  | NotDone<LibraryRejection>;

/** What has been published, and who uses it. */
export interface Library {
  execute(request: LibraryRequest): Promise<LibraryOutcome>;
  /** Null: nothing was ever published under this key. */
  find(key: string): LibraryItem | null;
  /** Every package by its key, in the order of keys. */
  list(): readonly (readonly [key: string, item: LibraryItem])[];
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

const actOf: Readonly<Record<LibraryCommand['type'], Act>> = {
  PublishPackage: 'PublishInLibrary',
  WithdrawPackage: 'WithdrawFromLibrary',
  AdoptPackage: 'AdoptFromLibrary',
  StopUsingPackage: 'AdoptFromLibrary',
};

const prefix = 'library-';

/** Packages as public streams `library-<origin>.<process>`, kept in memory by following the log. */
export function createLibrary(ports: LibraryPorts): Library {
  const ledger = createLedger<LibraryItem, LibraryEvent>(ports, {
    initial: noItem,
    evolve: evolveItem,
    clear: {},
  });
  const items = new Map<string, LibraryItem>();
  const follower = createMemoryIndex({
    log: ports.log,
    prefixes: [prefix],
    async apply(stored) {
      const key = stored.stream.slice(prefix.length);
      items.set(key, evolveItem(items.get(key) ?? noItem, await ledger.open(stored)));
    },
    ...(ports.onFailure && { onFailure: ports.onFailure }),
    ...(ports.onTrouble && { onTrouble: ports.onTrouble }),
  });

  return {
    async execute({ key, command, ...asked }) {
      const [origin = ''] = key.split('.');
      // A package is its origin's; that one uses it is the user's.
      const body = 'body' in command ? command.body : origin;
      const reason = 'reason' in command ? command.reason : null;
      const given = commandBy(asked, {
        ...{ act: actOf[command.type], facts: { body, reason }, tenant: origin },
        ...{ content: command, requestHash: ports.requestHash },
      });
      if (given.rejection) return { outcome: 'rejected', rejection: given.rejection };
      const by = given.by.actor.body;
      const result = await ledger.execute<LibraryRejection>({
        ...{ stream: `${prefix}${key}`, ...given.by },
        decide: (item) => decideItem(item, command, { now: ports.clock.now(), today: ports.today(), by }),
      });
      if (result.outcome !== 'done') return result;
      await follower.catchUp();
      return { outcome: 'done', item: result.state, position: result.position };
    },
    find: (key) => items.get(key) ?? null,
    list: () => [...items].sort(([a], [b]) => (a < b ? -1 : 1)),
    catchUp: () => follower.catchUp(),
    close: () => follower.close(),
  };
}
