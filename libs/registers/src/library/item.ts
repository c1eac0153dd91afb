import type { Label } from '@iter/platform/words';

/** Another package, for ever: what it was called and exactly what was in it. */
export interface BasedOn {
  readonly origin: { readonly body: string; readonly name: string };
  readonly key: string;
  readonly version: string;
  readonly contentHash: string;
}

/** What a package says of itself, and what its archive is. */
export interface PackageFacts {
  readonly version: string;
  /** Of the process that it is about. */
  readonly name: string;
  readonly summary: { readonly it: string; readonly en: string };
  /** SPDX identifier. */
  readonly licence: string;
  readonly origin: { readonly body: string; readonly name: string };
  readonly authors: readonly string[];
  readonly basedOn: BasedOn | null;
  /** Keys of the processes in it. */
  readonly processes: readonly string[];
  /** Of its files, whoever packed them. */
  readonly contentHash: string;
  /** SHA-256 of the archive, hex; the content lies under it. */
  readonly archive: string;
  readonly sizeBytes: number;
  /** How people tell who signed it; null: nobody did. */
  readonly fingerprint: string | null;
}

export interface PublishedVersion extends PackageFacts {
  readonly publishedAt: string;
  /** The body for which it was published. */
  readonly publishedBy: string;
  /** Null: it can be adopted. */
  readonly withdrawn: { readonly at: string; readonly reason: string } | null;
}

/** That a body uses a package. */
export interface PackageUse {
  readonly body: string;
  readonly version: string;
  /** Day. */
  readonly since: string;
  /** Content hash of what it made of it; null: as published. */
  readonly adapted: string | null;
}

/** A package of a body with all its versions, in the order of their publication. */
export interface LibraryItem {
  readonly versions: readonly PublishedVersion[];
  /** By body. */
  readonly uses: readonly PackageUse[];
}

export const noItem: LibraryItem = { versions: [], uses: [] };

export type LibraryCommand =
  | { readonly type: 'PublishPackage'; readonly facts: PackageFacts }
  | { readonly type: 'WithdrawPackage'; readonly version: string; readonly reason: string }
  | ({ readonly type: 'AdoptPackage' } & PackageUse)
  | { readonly type: 'StopUsingPackage'; readonly body: string };

export type LibraryEvent =
  | { readonly type: 'PackagePublished'; readonly data: Omit<PublishedVersion, 'withdrawn'> }
  | {
      readonly type: 'PackageWithdrawn';
      readonly data: { readonly version: string; readonly reason: string; readonly at: string };
    }
  | { readonly type: 'PackageAdopted'; readonly data: PackageUse }
  | { readonly type: 'PackageUseEnded'; readonly data: { readonly body: string } };

export interface LibraryRejection {
  readonly code:
    | 'package-not-found'
    | 'package-version-taken'
    | 'package-withdrawn'
    | 'package-not-in-use'
    | 'date-in-the-future';
  readonly message: Label;
}

/** Who decides, and when. */
export interface LibraryEnv {
  /** Instant. */
  readonly now: string;
  /** Day in Rome. */
  readonly today: string;
  /** The body for which the actor acts. */
  readonly by: string;
}

const rejected = (code: LibraryRejection['code'], message: Label): LibraryRejection => ({ code, message });

/** What a command adds; nothing when it is so already. Pure. */
export function decideItem(
  { versions, uses }: LibraryItem,
  command: LibraryCommand,
  { now, today, by }: LibraryEnv,
): readonly LibraryEvent[] | LibraryRejection {
  const find = (wanted: string) => versions.find(({ version }) => version === wanted);
  const absent = (version: string) =>
    rejected('package-not-found', {
      it: `Non c’è una versione ${version}.`,
      en: `There is no version ${version}.`,
    });
  switch (command.type) {
    case 'PublishPackage': {
      const { facts } = command;
      const there = find(facts.version);
      if (!there)
        return [{ type: 'PackagePublished', data: { ...facts, publishedAt: now, publishedBy: by } }];
      if (there.archive !== facts.archive)
        return rejected('package-version-taken', {
          it: `La versione ${facts.version} è già pubblicata con un altro contenuto: serve un numero nuovo.`,
          en: `Version ${facts.version} is published already with other content: a new number is needed.`,
        });
      return there.withdrawn ? withdrawn(there) : [];
    }
    case 'WithdrawPackage': {
      const { version, reason } = command;
      const there = find(version);
      if (!there) return absent(version);
      return there.withdrawn ? [] : [{ type: 'PackageWithdrawn', data: { version, reason, at: now } }];
    }
    case 'AdoptPackage': {
      const { type: _, ...use } = command;
      const there = find(use.version);
      if (!there) return absent(use.version);
      if (there.withdrawn) return withdrawn(there);
      if (use.since > today)
        return rejected('date-in-the-future', {
          it: 'Si adotta da un giorno che è già venuto.',
          en: 'A package is adopted from a day that has come already.',
        });
      const known = uses.find(({ body }) => body === use.body);
      const isSame =
        known?.version === use.version && known.since === use.since && known.adapted === use.adapted;
      return isSame ? [] : [{ type: 'PackageAdopted', data: use }];
    }
    case 'StopUsingPackage': {
      const { body } = command;
      if (versions.length === 0)
        return rejected('package-not-found', {
          it: 'Il pacchetto non è nella biblioteca.',
          en: 'The package is not in the library.',
        });
      if (uses.some((use) => use.body === body)) return [{ type: 'PackageUseEnded', data: { body } }];
      return rejected('package-not-in-use', {
        it: 'L’ente non risulta tra chi usa il pacchetto.',
        en: 'The body is not among those that use the package.',
      });
    }
  }
}

const withdrawn = ({ version }: PublishedVersion): LibraryRejection =>
  rejected('package-withdrawn', {
    it: `La versione ${version} è stata ritirata.`,
    en: `Version ${version} was withdrawn.`,
  });

export function evolveItem(item: LibraryItem, { type, data }: LibraryEvent): LibraryItem {
  const others = (body: string) => item.uses.filter((use) => use.body !== body);
  switch (type) {
    case 'PackagePublished':
      return { ...item, versions: [...item.versions, { ...data, withdrawn: null }] };
    case 'PackageWithdrawn': {
      const { version: which, at, reason } = data;
      const versions = item.versions.map((it) =>
        it.version === which ? { ...it, withdrawn: { at, reason } } : it,
      );
      return { ...item, versions };
    }
    case 'PackageAdopted':
      return { ...item, uses: [...others(data.body), data] };
    case 'PackageUseEnded':
      return { ...item, uses: others(data.body) };
  }
}

/** The version to look at first: the last one that can be adopted, else the last. */
export const currentVersion = ({ versions }: LibraryItem): PublishedVersion =>
  versions.findLast((it) => it.withdrawn === null) ?? versions.at(-1)!;

/** What tells a package from those of other bodies about the same process. */
export const itemKeyOf = (originBody: string, process: string): string => `${originBody}.${process}`;
