import { awaitedDefinitions, awaitsAll, caseStarts } from '@iter/process-model';
import type { Definition, Definitions } from './definition.ts';

/** The part of `Definitions` that needs no log. */
export interface DefinitionIndex extends Omit<Definitions, 'catchUp'> {
  /** Takes a definition in; one that is known already changes nothing. */
  add(definition: Definition): void;
}

/** Definitions in memory, by hash, by key and version, and by the messages that start them. */
export function createDefinitionIndex(): DefinitionIndex {
  const byHash = new Map<string, Definition>();
  const byKey = new Map<string, Definition[]>();
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
    called(process, { kind, versionTag }, from) {
      const all = byKey.get(process) ?? [];
      const caller = byHash.get(from)?.deployedAt ?? '';
      const fitting = all.filter(({ model, deployedAt }) => {
        if (kind === 'version-tag') return model.versionTag === versionTag;
        return kind === 'latest' || deployedAt <= caller;
      });
      return (fitting.at(-1) ?? (kind === 'deployment' ? all[0] : undefined))?.hash ?? null;
    },
    form: (hash, formId) => byHash.get(hash)?.forms.get(formId) ?? null,
    readForm: (hash, formId) => byHash.get(hash)?.readForms.get(formId) ?? null,
  };
}
