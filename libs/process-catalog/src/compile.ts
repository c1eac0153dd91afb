import { parseDecisions } from '@iter/dmn';
import type { DecisionDefinitions } from '@iter/dmn';
import type { JsonObject } from '@iter/event-store';
import { parseProcesses, readForm } from '@iter/process-model';
import type { FlowNode, Problem, ProcessModel } from '@iter/process-model';
import type { Definitions } from './definition.ts';
import { sortFiles } from './source-files.ts';
import type { SortedFiles, SourceFile } from './source-files.ts';

/** A process of the files, read and checked. */
export interface Draft {
  readonly model: ProcessModel;
  readonly xml: string;
  readonly forms: ReadonlyMap<string, JsonObject>;
  readonly files: readonly string[];
}

/** A file of decisions, read and checked. */
export interface DecisionDraft {
  readonly definitions: DecisionDefinitions;
  readonly xml: string;
  readonly file: string;
}

export interface Compiled {
  readonly drafts: readonly Draft[];
  readonly decisions: readonly DecisionDraft[];
  /** All that was found, errors and warnings, with file, line and element. */
  readonly problems: readonly Problem[];
}

/** What is deployed already, for what the files refer to. */
export type Known = Pick<Definitions, 'find' | 'decision'>;

/** An event holds the diagram and its forms, and an append holds at most 1 MiB. */
const maxBytes = 900 * 1024;

/**
 * Reads and checks all files together: each by itself, then what they refer to among one another and in what is
 * deployed already.
 * @param missingForms whether a form that is not there is an error
 */
export async function compile(
  files: readonly SourceFile[],
  known: Known,
  missingForms: 'error' | 'warning',
): Promise<Compiled> {
  const { drafts, decisions, problems } = await readAll(files, missingForms);
  return {
    drafts,
    decisions,
    problems: [...problems, ...drafts.flatMap((draft) => referenceProblems(draft, drafts, decisions, known))],
  };
}

/**
 * Checks diagrams and decisions each by itself, as if they were deployed one after the other: two of them may be versions
 * of one process. What one refers to may be in any of them, and in nothing else.
 * @returns what was found, by the names of the files
 */
export async function checkEach(
  files: readonly SourceFile[],
  missingForms: 'error' | 'warning',
): Promise<ReadonlyMap<string, readonly Problem[]>> {
  const isForm = ({ name }: SourceFile): boolean => /\.(?:json|form)$/i.test(name);
  const forms = files.filter(isForm);
  const read = new Map<string, Compiled>();
  for (const file of files) {
    read.set(file.name, await readAll(isForm(file) ? [file] : [file, ...forms], missingForms));
  }
  const drafts = [...read.values()].flatMap((it) => it.drafts);
  const decisions = [...read.values()].flatMap((it) => it.decisions);
  const nothing: Known = { find: () => undefined, decision: () => null };
  return new Map(
    [...read].map(([name, it]) => {
      const own = it.problems.filter(({ file }) => file === undefined || file === name);
      return [
        name,
        [...own, ...it.drafts.flatMap((draft) => referenceProblems(draft, drafts, decisions, nothing))],
      ];
    }),
  );
}

async function readAll(files: readonly SourceFile[], missingForms: 'error' | 'warning'): Promise<Compiled> {
  const sorted = sortFiles(files);
  const problems: Problem[] = [...sorted.problems];
  const decisions: DecisionDraft[] = [];
  for (const { name, text } of sorted.dmn) {
    const parsed = await parseDecisions(text, name);
    problems.push(...parsed.problems);
    if (parsed.definitions) decisions.push({ definitions: parsed.definitions, xml: text, file: name });
  }
  const drafts: Draft[] = [];
  for (const { name, text } of sorted.bpmn) {
    const parsed = await parseProcesses(text, name);
    problems.push(...parsed.problems);
    for (const model of parsed.models) {
      const draft = draftOf(model, text, name, sorted);
      drafts.push(draft);
      problems.push(...formProblems(draft, name, missingForms), ...sizeProblems(draft, name));
    }
  }
  problems.push(
    ...repeated(
      drafts.map(({ model }) => model.key),
      'process-duplicate',
      (key) => `Il processo ${key} è in più di un file.`,
    ),
    ...repeated(
      decisions.flatMap(({ definitions }) => [...definitions.decisions.keys()]),
      'decision-duplicate',
      (id) => `La decisione ${id} è in più di un file.`,
    ),
  );
  return { drafts, decisions, problems };
}

function draftOf(model: ProcessModel, xml: string, file: string, sorted: SortedFiles): Draft {
  const forms = new Map<string, JsonObject>();
  const sources = [file];
  for (const { userTask } of model.nodes.values()) {
    const id = userTask?.formId;
    const embedded = id ? model.embeddedForms.get(id) : undefined;
    const form = id ? sorted.forms.get(id) : undefined;
    if (id && embedded !== undefined) forms.set(id, JSON.parse(embedded) as JsonObject);
    else if (id && form) {
      forms.set(id, form.schema);
      sources.push(form.file);
    }
  }
  return { model, xml, forms, files: [...new Set(sources)] };
}

const problemAt = (
  { id, place }: Pick<FlowNode, 'id' | 'place'>,
  file: string,
  severity: Problem['severity'],
  rule: string,
  message: string,
): Problem => ({ severity, file, ...place, element: id, rule, message });

function formProblems({ model, forms }: Draft, file: string, severity: Problem['severity']): Problem[] {
  const problems: Problem[] = [];
  for (const node of model.nodes.values()) {
    const id = node.userTask?.formId;
    if (!id) continue;
    const schema = forms.get(id);
    if (!schema) {
      const message = `Il modulo ${id} non è tra i file da installare.`;
      problems.push(problemAt(node, file, severity, 'form-missing', message));
    } else if (model.embeddedForms.has(id)) {
      problems.push(
        ...readForm(schema, { file }).problems.map((it) => ({ ...it, ...node.place, element: node.id })),
      );
    }
  }
  return problems;
}

function sizeProblems({ xml, forms, model }: Draft, file: string): Problem[] {
  const size = Buffer.byteLength(xml) + Buffer.byteLength(JSON.stringify([...forms.values()]));
  if (size <= maxBytes) return [];
  const message = `Diagramma e moduli occupano ${size} byte; il massimo è ${maxBytes}.`;
  return [{ severity: 'error', file, line: 1, column: 1, element: model.key, rule: 'too-large', message }];
}

function repeated(ids: readonly string[], rule: string, message: (id: string) => string): Problem[] {
  const twice = new Set(ids.filter((id, i) => ids.indexOf(id) !== i));
  return [...twice].map((id) => ({
    severity: 'error' as const,
    line: 1,
    column: 1,
    element: id,
    rule,
    message: message(id),
  }));
}

const latest = { kind: 'latest', versionTag: null } as const;

/** What is called or decided must be there: among the files, or deployed already. Computed names are judged when they run. */
function referenceProblems(
  { model, files: [file = ''] }: Draft,
  drafts: readonly Draft[],
  decisions: readonly DecisionDraft[],
  known: Known,
): Problem[] {
  const problems: Problem[] = [];
  for (const node of model.nodes.values()) {
    const process = node.call?.process.constant;
    if (
      typeof process === 'string' &&
      !drafts.some((it) => it.model.key === process) &&
      !known.find(process)
    ) {
      const message = `Il processo chiamato ${process} non è tra i file e non è installato.`;
      problems.push(problemAt(node, file, 'error', 'call-unresolved', message));
    }
    const decision = node.decision?.decision.constant;
    if (typeof decision !== 'string' || known.decision(decision, latest, '')) continue;
    if (decisions.some(({ definitions }) => definitions.decisions.has(decision))) continue;
    const message = `La decisione ${decision} non è tra i file e non è installata.`;
    problems.push(problemAt(node, file, 'error', 'decision-unresolved', message));
  }
  return problems;
}
