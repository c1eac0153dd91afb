import type { ActorRef, EventLog, Position, StoredEvent } from '@iter/event-store';
import { createLedger, createMemoryIndex } from '@iter/event-store/ledger';
import { uuidV5 } from '@iter/platform/ids';
import { parseDecisions } from '@iter/dmn';
import { ensureDiagram } from '@iter/process-model';
import type { Problem } from '@iter/process-model';
import { createDefinitionIndex } from './definition-index.ts';
import type { StoredDecisions } from './definition-index.ts';
import { compile } from './compile.ts';
import type { DecisionDraft, Draft, KnownTerms } from './compile.ts';
import type {
  DecisionsDeployed,
  Definition,
  DefinitionDeployed,
  Definitions,
  SetAside,
} from './definition.ts';
import { definitionHash } from './source-files.ts';
import type { SourceFile } from './source-files.ts';
import { readNow, storedDefinition } from './stored-definition.ts';

export interface CatalogPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  /** A task that names a form or a template which is not among the files: refused (default), or only a warning. */
  readonly missingForms?: 'error' | 'warning';
  /**
   * What is stored has a diagram, laid out where the file has none (default); or is as given, where nobody looks at
   * it and time counts. The address of a definition is in both cases that of the file as given.
   */
  readonly diagrams?: 'ensure' | 'as-given';
  /** The legal terms and ladders that deadlines may name; without, any. */
  readonly terms?: KnownTerms;
  /**
   * Told once of each definition that cannot be read: no case begins with it, and the others go on; and of each file of
   * decisions: what asks it meets an incident.
   */
  onSetAside?(what: SetAside, error: Error): void;
  /** Told when following the log ends in an error: definitions deployed later are missing then. */
  onFailure?(error: Error): void;
  /** Told when it has failed for a while and is tried on; with null when it goes well again. */
  onTrouble?(trouble: Error | null): void;
}

export interface Deployment {
  readonly files: readonly SourceFile[];
  readonly actor: ActorRef;
  /** Body in whose name it is deployed. */
  readonly tenant: string;
  /** Names the request, where it may be sent again: what it has deployed it does not deploy anew. */
  readonly request?: string;
}

export interface DeploymentResult {
  /** True: every process of the files is deployed now, in this or an earlier version. False: nothing changed. */
  readonly deployed: boolean;
  readonly definitions: readonly { readonly definition: Definition; readonly isNew: boolean }[];
  /** All that was found, errors and warnings, with file, line and element. */
  readonly problems: readonly Problem[];
  /** Of the last append; null: everything was there already. */
  readonly position: Position | null;
  /** The request was known, and had deployed something else: nothing changed. */
  readonly isReused?: true;
}

export interface ProcessCatalog extends Definitions {
  /** Checks without deploying. */
  check(files: readonly SourceFile[]): Promise<Pick<DeploymentResult, 'problems'>>;
  /**
   * Deploys all processes of the files, or none when there is any error. The same bytes again give the same
   * version and append nothing.
   */
  deploy(deployment: Deployment): Promise<DeploymentResult>;
  /** Reads the latest versions, so that nobody waits for it later; others have their turn in between. */
  readLatest(): Promise<void>;
  close(): Promise<void>;
}

/** Nothing in a process or a table is personal. */
export const definitionClearFields = {
  DefinitionDeployed: [
    'key',
    'name',
    'version',
    'hash',
    'xml',
    'deployed',
    'forms',
    'acts',
    'files',
    'deployment',
  ],
  DecisionsDeployed: ['id', 'version', 'hash', 'xml', 'file', 'deployment'],
} as const;

const kind = {
  initial: [] as readonly DefinitionDeployed['data'][],
  evolve: (versions: readonly DefinitionDeployed['data'][], event: DefinitionDeployed) => [
    ...versions,
    event.data,
  ],
  clear: definitionClearFields,
};

const decisionsKind = {
  initial: [] as readonly DecisionsDeployed['data'][],
  evolve: (versions: readonly DecisionsDeployed['data'][], event: DecisionsDeployed) => [
    ...versions,
    event.data,
  ],
  clear: definitionClearFields,
};

/** The definitions deployed in a log, kept in memory by following it. */
export function createProcessCatalog(ports: CatalogPorts): ProcessCatalog {
  const { log, missingForms = 'error', diagrams = 'ensure', terms } = ports;
  const index = createDefinitionIndex(ports.onSetAside);
  const ledger = createLedger<readonly DefinitionDeployed['data'][], DefinitionDeployed>(ports, kind);
  // What is being deployed was read for it, and need not be read again when it comes back through the log.
  const compiled = new Map<string, Draft>();
  const follower = createMemoryIndex({
    log,
    prefixes: ['definition-'],
    apply: async (event: StoredEvent) => {
      if (event.type === 'DecisionsDeployed') index.addDecisions(await storedDecisions(event));
      if (event.type !== 'DefinitionDeployed') return;
      index.add(storedDefinition(event, compiled));
    },
    ...(ports.onFailure && { onFailure: ports.onFailure }),
    ...(ports.onTrouble && { onTrouble: ports.onTrouble }),
  });

  const known = { ...index, ...(terms && { terms }) };
  const decisionLedger = createLedger<readonly DecisionsDeployed['data'][], DecisionsDeployed>(
    ports,
    decisionsKind,
  );

  async function deployDecisions(
    { definitions: { id, hash }, xml, file }: DecisionDraft,
    by: { readonly deployment: string; readonly tenant: string; readonly actor: ActorRef },
  ): Promise<Position | null> {
    const stream = `definition-dmn-${id}`;
    const { deployment, tenant, actor } = by;
    const result = await decisionLedger.execute<never>({
      stream,
      tenant,
      actor,
      commandId: uuidV5(`deploy-decisions|${id}|${hash}|${(await decisionLedger.load(stream)).length}`),
      requestHash: hash,
      decide: (versions) =>
        versions.at(-1)?.hash === hash
          ? []
          : [
              {
                type: 'DecisionsDeployed',
                data: { id, version: versions.length + 1, hash, xml, file, deployment },
              },
            ],
    });
    if (result.outcome !== 'done') throw new Error(`deploying ${id} was answered ${result.outcome}`);
    return result.position;
  }

  return {
    ...index,
    catchUp: () => follower.catchUp(),
    check: async (files) => ({ problems: (await compile(files, known, missingForms)).problems }),
    async deploy({ files, actor, tenant, request }) {
      const { drafts, decisions, problems } = await compile(files, known, missingForms);
      const nothing = { deployed: false, definitions: [], problems, position: null } as const;
      if (problems.some(({ severity }) => severity === 'error')) return nothing;
      const hashes = [...decisions.map((it) => it.definitions.hash), ...drafts.map(hashOf)];
      const deployment = request ?? uuidV5(['together', ports.clock.now(), ...hashes].join('|'));
      if (request !== undefined) await follower.catchUp();
      const before = new Set(request === undefined ? [] : index.deployedBy(request));
      if ([...before].some((hash) => !hashes.includes(hash))) return { ...nothing, isReused: true };
      let position: Position | null = null;
      // What decides is there before what asks it.
      for (const draft of decisions.filter((it) => !before.has(it.definitions.hash))) {
        position = (await deployDecisions(draft, { deployment, tenant, actor })) ?? position;
      }
      if (position !== null) await follower.catchUp();
      const definitions: { definition: Definition; isNew: boolean }[] = [];
      for (const draft of drafts) {
        const { key, name } = draft.model;
        const hash = hashOf(draft);
        const again = before.has(hash) && index.versions(key).find((it) => it.deployment === request);
        if (again) {
          definitions.push({ definition: again, isNew: true });
          continue;
        }
        compiled.set(hash, draft);
        const xml = diagrams === 'ensure' ? await ensureDiagram(draft.xml) : draft.xml;
        const result = await ledger.execute<never>({
          stream: `definition-${key}`,
          tenant,
          actor,
          // The same bytes after other ones are a new version again: the id depends on what they follow.
          commandId: uuidV5(`deploy|${key}|${hash}|${(await ledger.load(`definition-${key}`)).length}`),
          requestHash: hash,
          decide: (versions) =>
            versions.at(-1)?.hash === hash
              ? []
              : [
                  {
                    type: 'DefinitionDeployed',
                    data: {
                      key,
                      name,
                      version: versions.length + 1,
                      hash,
                      xml,
                      // A drawing that was only added can be taken away again.
                      ...(xml !== draft.xml && draft.xml.includes('BPMNDiagram') && { deployed: draft.xml }),
                      forms: Object.fromEntries(draft.forms),
                      ...(draft.acts.size > 0 && { acts: Object.fromEntries(draft.acts) }),
                      files: draft.files,
                      deployment,
                    },
                  },
                ],
        });
        if (result.outcome !== 'done') throw new Error(`deploying ${key} was answered ${result.outcome}`);
        position = result.position ?? position;
        await follower.catchUp();
        const definition = index.find(
          key,
          result.state.findLast((version) => version.hash === hash)?.version,
        );
        if (!definition) throw new Error(`${key} was deployed but is not in the index`);
        readNow(definition);
        compiled.delete(hash);
        definitions.push({ definition, isNew: result.position !== null });
      }
      return { deployed: true, definitions, problems, position };
    },
    close: () => follower.close(),
  };
}

const hashOf = ({ model, xml, forms, acts }: Draft): string => definitionHash(model.key, xml, forms, acts);

/** Decisions out of the log: parsed again, as a definition is. */
async function storedDecisions(event: StoredEvent): Promise<StoredDecisions> {
  const { deployment, ...data } = event.data as unknown as DecisionsDeployed['data'];
  const { definitions } = await parseDecisions(data.xml, data.file);
  return { ...data, definitions, deployedAt: event.recordedAt, deployment };
}
