import type { ProcessFigures } from '@iter/read-models';
import { serviceOf } from '@iter/registers';
import { currentVersion, itemKeyOf } from '@iter/registers/library';
import type { Library, LibraryItem, PackageFacts, PublishedVersion } from '@iter/registers/library';
import type {
  DerivedDto,
  NamedBodyDto,
  PackageDto,
  PackageItemDto,
  PackageVerdictDto,
  PackageVersionDto,
} from '../dto/library.ts';
import type { Language } from '../http/language.ts';
import { toldIn } from '../problems/problem.ts';
import type { Judged } from './publish.ts';

/** What is said of bodies; one that is not registered here is called as its package calls it. */
export interface BodyNamer {
  find(ipa: string): { readonly name: string } | null;
}

type Shelf = Pick<Library, 'find' | 'list'>;

const named =
  (bodies: BodyNamer) =>
  (ipa: string, otherwise = ipa): NamedBodyDto => ({ ipa, name: bodies.find(ipa)?.name ?? otherwise });

export const processOf = (key: string): string => key.slice(key.indexOf('.') + 1);

/** A package in a list. */
export function describeItem(
  key: string,
  item: LibraryItem,
  bodies: BodyNamer,
  figures: ReadonlyMap<string, ProcessFigures>,
): PackageItemDto {
  const shown = currentVersion(item);
  const process = processOf(key);
  const { process: _, ...ownFigures } = figures.get(process) ?? {};
  return {
    ...{ key, process, name: shown.name, service: serviceOf(process), summary: shown.summary },
    origin: named(bodies)(shown.origin.body, shown.origin.name),
    ...{ licence: shown.licence, version: shown.version, publishedAt: shown.publishedAt },
    withdrawn: shown.withdrawn !== null,
    versions: item.versions.length,
    users: item.uses.length,
    figures: figures.has(process) ? (ownFigures as PackageItemDto['figures']) : null,
  };
}

/** A package with its versions, its users and what others made of it. */
export function describePackage(
  key: string,
  item: LibraryItem,
  shelf: Shelf,
  bodies: BodyNamer,
  figures: ReadonlyMap<string, ProcessFigures>,
): PackageDto {
  const nameOf = named(bodies);
  return {
    ...describeItem(key, item, bodies, figures),
    all: item.versions.toReversed().map((version) => describeVersion(version, shelf, bodies)),
    usedBy: item.uses
      .map(({ body, ...use }) => ({ body: nameOf(body), ...use }))
      .sort((a, b) => a.body.name.localeCompare(b.body.name, 'it')),
    derived: derivedFrom(key, shelf, nameOf),
  };
}

/** What a version says of itself. */
function describeFacts(facts: PackageFacts, shelf: Shelf, bodies: BodyNamer) {
  const { version, authors, processes, contentHash, sizeBytes, fingerprint, basedOn } = facts;
  const from = basedOn && itemKeyOf(basedOn.origin.body, basedOn.key);
  const later = basedOn && from ? cameAfter(shelf.find(from), basedOn) : null;
  return {
    ...{ version, authors, processes, contentHash, sizeBytes, fingerprint },
    basedOn:
      basedOn && from
        ? {
            ...{ key: from, version: basedOn.version, contentHash: basedOn.contentHash },
            origin: named(bodies)(basedOn.origin.body, basedOn.origin.name),
            known: later !== null,
            later: later ?? [],
          }
        : null,
  };
}

/**
 * What came after a version and may be adopted, the latest first; null: the version itself is not there, with the same content
 * and not only of the same name.
 */
function cameAfter(
  item: LibraryItem | null,
  { version, contentHash }: Pick<PackageFacts, 'version' | 'contentHash'>,
): string[] | null {
  const at = item?.versions.findIndex((it) => it.version === version && it.contentHash === contentHash) ?? -1;
  if (!item || at < 0) return null;
  return item.versions
    .slice(at + 1)
    .flatMap((it) => (it.withdrawn === null ? [it.version] : []))
    .toReversed();
}

const describeVersion = (version: PublishedVersion, shelf: Shelf, bodies: BodyNamer): PackageVersionDto => ({
  ...describeFacts(version, shelf, bodies),
  publishedAt: version.publishedAt,
  publishedBy: named(bodies)(version.publishedBy),
  withdrawn: version.withdrawn,
});

const derivedFrom = (key: string, shelf: Shelf, nameOf: ReturnType<typeof named>): DerivedDto[] =>
  shelf
    .list()
    .flatMap(([other, { versions }]) =>
      versions.flatMap(({ version, origin, basedOn }) =>
        other !== key &&
        basedOn &&
        itemKeyOf(basedOn.origin.body, basedOn.key) === key &&
        cameAfter(shelf.find(key), basedOn) !== null
          ? [{ key: other, version, origin: nameOf(origin.body, origin.name), from: basedOn.version }]
          : [],
      ),
    );

/** Whether a package is called so, or says so of itself. */
export function matches(key: string, item: LibraryItem, text: string): boolean {
  const { name, summary, origin, authors } = currentVersion(item);
  const wanted = text.trim().toLowerCase();
  return [key, name, summary.it, summary.en, origin.name, ...authors].some((said) =>
    said.toLowerCase().includes(wanted),
  );
}

/** What would become of an archive that somebody wants to publish. */
export function describeVerdict(
  { facts, key, problems, refusal }: Judged,
  shelf: Shelf,
  bodies: BodyNamer,
  language: Language,
): PackageVerdictDto {
  const told = problems.map((it) => ({
    code: it.code,
    place: it.place,
    message: toldIn(it, language).message,
  }));
  if (facts === null || key === null) {
    const nothing = { key: null, name: null, summary: null, origin: null, licence: null, version: null };
    return { ...nothing, state: null, fit: false, problems: told };
  }
  const there = shelf.find(key)?.versions.find(({ version }) => version === facts.version);
  const state = stateOf(there, facts.archive);
  return {
    ...{ key, name: facts.name, summary: facts.summary, licence: facts.licence, state },
    fit: refusal === null && (state === 'new' || state === 'published'),
    origin: named(bodies)(facts.origin.body, facts.origin.name),
    version: describeFacts(facts, shelf, bodies),
    problems: told,
  };
}

function stateOf(there: PublishedVersion | undefined, archive: string): PackageVerdictDto['state'] {
  if (!there) return 'new';
  if (there.archive !== archive) return 'taken';
  return there.withdrawn ? 'withdrawn' : 'published';
}
