import type { ActorRef, EventLog, Position, StoredEvent } from '@iter/event-store';
import type { JsonObject } from '@iter/event-store';
import { createLedger, createMemoryIndex } from '@iter/event-store/ledger';
import { uuidV5 } from '@iter/platform/ids';
import { parseProcesses, readForm } from '@iter/process-model';
import type { Form, Problem, ProcessModel } from '@iter/process-model';
import { createDefinitionIndex } from './definition-index.ts';
import type { Definition, DefinitionDeployed, Definitions } from './definition.ts';
import { definitionHash, sortFiles } from './source-files.ts';
import type { SourceFile } from './source-files.ts';

export interface CatalogPorts {
  readonly log: EventLog;
  readonly clock: { now(): string };
  /** A task that names a form which is not among the files: refused (default), or only a warning. */
  readonly missingForms?: 'error' | 'warning';
  /** Told when following the log ends in an error: definitions deployed later are missing then. */
  onFailure?(error: Error): void;
}

export interface Deployment {
  readonly files: readonly SourceFile[];
  readonly actor: ActorRef;
  /** Body in whose name it is deployed. */
  readonly tenant: string;
}

export interface DeploymentResult {
  /** True: every process of the files is deployed now, in this or an earlier version. False: nothing changed. */
  readonly deployed: boolean;
  readonly definitions: readonly { readonly definition: Definition; readonly isNew: boolean }[];
  /** All that was found, errors and warnings, with file, line and element. */
  readonly problems: readonly Problem[];
  /** Of the last append; null: everything was there already. */
  readonly position: Position | null;
}

export interface ProcessCatalog extends Definitions {
  /** Checks without deploying. */
  check(files: readonly SourceFile[]): Promise<Pick<DeploymentResult, 'problems'>>;
  /**
   * Deploys all processes of the files, or none when there is any error. The same bytes again give the same
   * version and append nothing.
   */
  deploy(deployment: Deployment): Promise<DeploymentResult>;
  close(): Promise<void>;
}

/** An event holds the diagram and its forms, and an append holds at most 1 MiB. */
const maxBytes = 900 * 1024;

const kind = {
  initial: [] as readonly DefinitionDeployed['data'][],
  evolve: (versions: readonly DefinitionDeployed['data'][], event: DefinitionDeployed) => [
    ...versions,
    event.data,
  ],
  clear: { DefinitionDeployed: ['key', 'name', 'version', 'hash', 'xml', 'forms', 'files'] },
};

/** The definitions deployed in a log, kept in memory by following it. */
export function createProcessCatalog(ports: CatalogPorts): ProcessCatalog {
  const { log, missingForms = 'error' } = ports;
  const index = createDefinitionIndex();
  const ledger = createLedger<readonly DefinitionDeployed['data'][], DefinitionDeployed>(ports, kind);
  // What this process has just read itself need not be read again when it comes back through the log.
  const compiled = new Map<string, ProcessModel>();
  const follower = createMemoryIndex({
    log,
    prefixes: ['definition-'],
    apply: async (event: StoredEvent) => {
      if (event.type !== 'DefinitionDeployed') return;
      const { hash } = event.data as unknown as DefinitionDeployed['data'];
      index.add(await restore(event, compiled.get(hash)));
      compiled.delete(hash);
    },
    ...(ports.onFailure && { onFailure: ports.onFailure }),
  });

  async function compile(files: readonly SourceFile[]) {
    const sorted = sortFiles(files);
    const problems = [...sorted.problems];
    const drafts: Draft[] = [];
    for (const { name, text } of sorted.bpmn) {
      const parsed = await parseProcesses(text, name);
      problems.push(...parsed.problems);
      for (const model of parsed.models) {
        const forms = new Map<string, JsonObject>();
        const sources = [name];
        for (const { id, userTask, place } of model.nodes.values()) {
          const form = userTask?.formId ? sorted.forms.get(userTask.formId) : undefined;
          if (userTask?.formId && !form) {
            const message = `Il modulo ${userTask.formId} non è tra i file da installare.`;
            problems.push({
              severity: missingForms,
              file: name,
              ...place,
              element: id,
              rule: 'form-missing',
              message,
            });
          }
          if (!userTask?.formId || !form) continue;
          forms.set(userTask.formId, form.schema);
          sources.push(form.file);
        }
        const size = Buffer.byteLength(text) + Buffer.byteLength(JSON.stringify([...forms.values()]));
        if (size > maxBytes) {
          const message = `Diagramma e moduli occupano ${size} byte; il massimo è ${maxBytes}.`;
          problems.push({
            severity: 'error',
            file: name,
            line: 1,
            column: 1,
            element: '',
            rule: 'too-large',
            message,
          });
        }
        drafts.push({ model, xml: text, forms, files: [...new Set(sources)] });
      }
    }
    const keys = drafts.map(({ model }) => model.key);
    for (const key of new Set(keys.filter((key, i) => keys.indexOf(key) !== i))) {
      const message = `Il processo ${key} è in più di un file.`;
      problems.push({
        severity: 'error',
        line: 1,
        column: 1,
        element: key,
        rule: 'process-duplicate',
        message,
      });
    }
    return { drafts, problems };
  }

  return {
    ...index,
    catchUp: () => follower.catchUp(),
    check: async (files) => ({ problems: (await compile(files)).problems }),
    async deploy({ files, actor, tenant }) {
      const { drafts, problems } = await compile(files);
      if (problems.some(({ severity }) => severity === 'error')) {
        return { deployed: false, definitions: [], problems, position: null };
      }
      let position: Position | null = null;
      const definitions: { definition: Definition; isNew: boolean }[] = [];
      for (const draft of drafts) {
        const { key, name } = draft.model;
        const hash = definitionHash(key, draft.xml, draft.forms);
        if (!index.byHash(hash)) compiled.set(hash, draft.model);
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
                      xml: draft.xml,
                      forms: Object.fromEntries(draft.forms),
                      files: draft.files,
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
        definitions.push({ definition, isNew: result.position !== null });
      }
      return { deployed: true, definitions, problems, position };
    },
    close: () => follower.close(),
  };
}

interface Draft {
  readonly model: ProcessModel;
  readonly xml: string;
  readonly forms: ReadonlyMap<string, JsonObject>;
  readonly files: readonly string[];
}

/** A definition out of the log: parsed again, since what is stored is the file and not what was made of it. */
async function restore(event: StoredEvent, known: ProcessModel | undefined): Promise<Definition> {
  const { key, name, version, hash, xml, forms, files } = event.data as unknown as DefinitionDeployed['data'];
  const model = known ?? (await parseProcesses(xml, files[0])).models.find((each) => each.key === key);
  if (!model) throw new Error(`version ${version} of ${key} cannot be read any more`);
  return {
    key,
    name,
    version,
    hash,
    model: Object.freeze({ ...model, hash }),
    xml,
    forms: new Map(Object.entries(forms)),
    readForms: new Map(Object.entries(forms).map(([id, schema]) => [id, readAgain(id, schema)])),
    files,
    deployedAt: event.recordedAt,
    deployedBy: event.actor.account,
    deployedFor: event.tenant,
  };
}

function readAgain(id: string, schema: JsonObject): Form {
  const { form } = readForm(schema);
  // A form that was accepted once and no longer is must not make its task accept anything.
  if (!form) throw new Error(`the form ${id} cannot be read any more`);
  return form;
}
