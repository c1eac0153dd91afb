import { setImmediate } from 'node:timers/promises';
import { awaitedDefinitions, awaitsAll, caseStarts } from '@iter/process-model';
import type { Binding } from '@iter/process-model';
import type { DeployedDecisions, Definition, Definitions, SetAside } from './definition.ts';
import { readNow } from './stored-definition.ts';

/** Decisions as they lie in the log; `definitions` is null where they cannot be read any more. */
export interface StoredDecisions extends Omit<DeployedDecisions, 'definitions'> {
  readonly id: string;
  readonly definitions: DeployedDecisions['definitions'] | null;
}

const isReadable = (stored: StoredDecisions): stored is StoredDecisions & DeployedDecisions =>
  stored.definitions !== null;

/** What a text that cannot be read seems to decide. */
const decisionsIn = (xml: string): readonly string[] =>
  [...xml.matchAll(/<(?:[\w.-]+:)?decision\s[^>]*?\bid\s*=\s*["']([^"']+)["']/g)].map(([, id]) => id!);

/** The part of `Definitions` that needs no log. */
export interface DefinitionIndex extends Omit<Definitions, 'catchUp'> {
  /** Takes a definition in; one that is known already changes nothing. */
  add(definition: Definition): void;
  /** The same for decisions, also those that cannot be read: they stand in the way of those before them. */
  addDecisions(deployed: StoredDecisions): void;
  /** Hashes of what was deployed together, and as new. */
  deployedBy(deployment: string): readonly string[];
  /** Reads the latest versions one after the other. */
  readLatest(): Promise<void>;
}

/**
 * Definitions in memory, by hash, by key and version, and by the messages that start them.
 * @param onSetAside told once of each that cannot be read: no case begins with it, no task asks it, and the others go on
 */
export function createDefinitionIndex(
  onSetAside: (what: SetAside, error: Error) => void = () => undefined,
): DefinitionIndex {
  const byHash = new Map<string, Definition>();
  const byKey = new Map<string, Definition[]>();
  /** By decision id, in the order of deployment. */
  const decisions = new Map<string, readonly StoredDecisions[]>();
  const readable = new Map<Definition, boolean>();
  /** What is stored does not change: once is enough. */
  const canBeRead = (definition: Definition): boolean => {
    let can = readable.get(definition);
    if (can === undefined) {
      try {
        readNow(definition);
        can = true;
      } catch (error) {
        const { key, version, hash } = definition;
        onSetAside({ kind: 'process', key, version, hash }, error as Error);
        can = false;
      }
      readable.set(definition, can);
    }
    return can;
  };
  const latest = (): Definition[] =>
    [...byKey.values()].flatMap((versions) => versions.at(-1) ?? []).filter(canBeRead);
  return {
    add(definition) {
      const { key, hash, version } = definition;
      const versions = byKey.get(key) ?? [];
      if (versions.some((known) => known.version === version)) return;
      if (!byHash.has(hash)) byHash.set(hash, definition);
      byKey.set(
        key,
        [...versions, definition].sort((a, b) => a.version - b.version),
      );
    },
    addDecisions(deployed) {
      const { id: key, version, hash, definitions } = deployed;
      const isKnown = (it: StoredDecisions): boolean => it.hash === hash && it.version === version;
      if ([...decisions.values()].flat().some(isKnown)) return;
      // What decided last time is taken to decide still: else the version before would go on being asked.
      const before = [...decisions].filter(([, versions]) => versions.at(-1)?.id === key).map(([id]) => id);
      const ids = definitions?.decisions.keys() ?? new Set([...before, ...decisionsIn(deployed.xml)]);
      for (const id of ids) decisions.set(id, [...(decisions.get(id) ?? []), deployed]);
      if (definitions === null)
        onSetAside(
          { kind: 'decisions', key, version, hash },
          new Error(`version ${version} of the decisions ${key} cannot be read any more`),
        );
    },
    deployedBy: (deployment) =>
      [...byKey.values(), ...decisions.values()]
        .flat()
        .flatMap((it) => (it.deployment === deployment ? it.hash : [])),
    async readLatest() {
      for (const versions of [...byKey.values()]) {
        canBeRead(versions.at(-1)!);
        await setImmediate();
      }
    },
    byHash: (hash) => byHash.get(hash),
    find(key, version) {
      const versions = byKey.get(key);
      const found = version === undefined ? versions?.at(-1) : versions?.find((it) => it.version === version);
      return found && canBeRead(found) ? found : undefined;
    },
    versions: (key) => byKey.get(key) ?? [],
    async *readVersions(key) {
      for (const definition of byKey.get(key) ?? []) {
        await setImmediate();
        if (canBeRead(definition)) yield definition;
      }
    },
    list: () => latest().sort((a, b) => (a.key < b.key ? -1 : 1)),
    startedBy: (message) =>
      latest().flatMap((definition) =>
        caseStarts(definition.model)
          .filter(
            ({ node }) =>
              !awaitsAll(node) &&
              awaitedDefinitions(node).some((it) => it.kind === 'message' && it.name.constant === message),
          )
          .map(({ node }) => ({ definition, element: node.id })),
      ),
    called(process, binding, from) {
      const versions = byKey.get(process) ?? [];
      if (binding.kind === 'version-tag') {
        const tagged = versions.findLast((it) => canBeRead(it) && it.model.versionTag === binding.versionTag);
        return tagged?.hash ?? null;
      }
      return boundTo(versions, binding, byHash.get(from))?.hash ?? null;
    },
    decision(id, binding, from) {
      // A DMN file has no version tag: nothing is bound to one.
      if (binding.kind === 'version-tag') return null;
      const bound = boundTo(decisions.get(id) ?? [], binding, byHash.get(from));
      return bound && isReadable(bound) ? bound : null;
    },
    form: (hash, formId) => byHash.get(hash)?.forms.get(formId) ?? null,
    readForm: (hash, formId) => byHash.get(hash)?.readForms.get(formId) ?? null,
  };
}

type Versioned = { readonly deployedAt: string; readonly deployment: string | null };

/** The latest, or for a caller the one that came with it, else the latest that there was, else the first. */
function boundTo<T extends Versioned>(
  versions: readonly T[],
  { kind }: Binding,
  caller: Versioned | undefined,
): T | undefined {
  if (kind === 'latest' || !caller) return versions.at(-1);
  const together = versions.find(({ deployment }) => deployment !== null && deployment === caller.deployment);
  return together ?? versions.findLast(({ deployedAt }) => deployedAt <= caller.deployedAt) ?? versions[0];
}
