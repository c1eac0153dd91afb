import { awaitedDefinitions, awaitsAll, caseStarts } from '@iter/process-model';
import type { Binding } from '@iter/process-model';
import type { DeployedDecisions, Definition, Definitions } from './definition.ts';

/** The part of `Definitions` that needs no log. */
export interface DefinitionIndex extends Omit<Definitions, 'catchUp'> {
  /** Takes a definition in; one that is known already changes nothing. */
  add(definition: Definition): void;
  /** The same for decisions. */
  addDecisions(deployed: DeployedDecisions): void;
}

/** Definitions in memory, by hash, by key and version, and by the messages that start them. */
export function createDefinitionIndex(): DefinitionIndex {
  const byHash = new Map<string, Definition>();
  const byKey = new Map<string, Definition[]>();
  /** By decision id, in the order of deployment. */
  const decisions = new Map<string, readonly DeployedDecisions[]>();
  const latest = (): Definition[] => [...byKey.values()].flatMap((versions) => versions.at(-1) ?? []);
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
      for (const id of deployed.definitions.decisions.keys()) {
        const versions = decisions.get(id) ?? [];
        if (versions.some(({ hash, version }) => hash === deployed.hash && version === deployed.version))
          continue;
        decisions.set(id, [...versions, deployed]);
      }
    },
    byHash: (hash) => byHash.get(hash),
    find(key, version) {
      const versions = byKey.get(key);
      return version === undefined ? versions?.at(-1) : versions?.find((known) => known.version === version);
    },
    versions: (key) => byKey.get(key) ?? [],
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
        return versions.findLast(({ model }) => model.versionTag === binding.versionTag)?.hash ?? null;
      }
      return boundTo(versions, binding, byHash.get(from))?.hash ?? null;
    },
    decision(id, binding, from) {
      // A DMN file has no version tag: nothing is bound to one.
      if (binding.kind === 'version-tag') return null;
      return boundTo(decisions.get(id) ?? [], binding, byHash.get(from)) ?? null;
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
