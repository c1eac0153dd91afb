import { parseDecisions } from '@iter/dmn';
import type { DecisionDefinitions } from '@iter/dmn';
import type { JsonObject } from '@iter/event-store';
import { formsOf, parseProcesses, readForm } from '@iter/process-model';
import type { Form, Problem, ProcessModel } from '@iter/process-model';
import { missingActs, unknownNames } from './act-problems.ts';
import type { Definitions } from './definition.ts';
import { factProblems } from './fact-problems.ts';
import { lostFields } from './incoming-problems.ts';
import { problemAt, referenceProblems } from './references.ts';
import { actOf, sortFiles } from './source-files.ts';
import type { SortedFiles, SourceAct, SourceFile } from './source-files.ts';

/** A process of the files, read and checked. */
export interface Draft {
  readonly model: ProcessModel;
  readonly xml: string;
  readonly forms: ReadonlyMap<string, JsonObject>;
  /** The same forms as read, as far as they can be. */
  readonly readForms: ReadonlyMap<string, Form>;
  /** Texts of the templates that its tasks draft acts from. */
  readonly acts: ReadonlyMap<string, string>;
  /** The same as read, with their files. */
  readonly readActs: ReadonlyMap<string, SourceAct>;
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

/** The catalogue of terms, as far as deadlines name its entries. */
export interface KnownTerms {
  /** Whether there is a term of this key, in force at any time. */
  hasTerm(key: string): boolean;
  hasLadder(name: string): boolean;
  /** Whether a base of this name is among the candidates of some version of the term. */
  hasBase(key: string, name: string): boolean;
}

/** What is there already, for what the files refer to. */
export interface Known extends Pick<Definitions, 'find' | 'list' | 'decision'> {
  readonly terms?: KnownTerms;
}

/** An event holds the diagram and its forms, and an append holds at most 1 MiB. */
const maxBytes = 900 * 1024;

/**
 * Reads and checks all files together: each by itself, then what they refer to among one another and in what is
 * deployed already.
 * @param missingForms whether a form or a template that is not there is an error
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
    problems: [
      ...problems,
      ...drafts.flatMap((draft) => referenceProblems(draft, drafts, decisions, known)),
      ...drafts.flatMap((draft) => factProblems(draft, drafts, known)),
      ...unknownNames(drafts, known),
    ],
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
  terms?: KnownTerms,
): Promise<ReadonlyMap<string, readonly Problem[]>> {
  const isBeside = ({ name }: SourceFile): boolean => /\.(?:json|form|md)$/i.test(name);
  const beside = files.filter(isBeside);
  const read = new Map<string, Compiled>();
  for (const file of files) {
    read.set(file.name, await readAll(isBeside(file) ? [file] : [file, ...beside], missingForms, 'error'));
  }
  const drafts = [...read.values()].flatMap((it) => it.drafts);
  const decisions = [...read.values()].flatMap((it) => it.decisions);
  const nothing: Known = {
    find: () => undefined,
    list: () => [],
    decision: () => null,
    ...(terms && { terms }),
  };
  const unknown = unknownNames(drafts, nothing);
  return new Map(
    [...read].map(([name, it]) => {
      const own = it.problems.filter(({ file }) => file === undefined || file === name);
      return [
        name,
        [
          ...own,
          ...it.drafts.flatMap((draft) => [
            ...referenceProblems(draft, drafts, decisions, nothing),
            ...factProblems(draft, drafts, nothing),
          ]),
          ...unknown.filter(({ file }) => file === name),
        ],
      ];
    }),
  );
}

async function readAll(
  files: readonly SourceFile[],
  missingForms: Problem['severity'],
  missingTemplates: Problem['severity'] = missingForms,
): Promise<Compiled> {
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
      problems.push(
        ...formProblems(draft, name, missingForms),
        ...lostFields(draft, name),
        ...missingActs(draft, sorted.acts, name, missingTemplates),
        ...sizeProblems(draft, name),
      );
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
  const readForms = new Map<string, Form>();
  const readActs = new Map<string, SourceAct>();
  const sources = [file];
  for (const node of model.nodes.values()) {
    for (const id of formsOf(node)) {
      const embedded = model.embeddedForms.get(id);
      const form = sorted.forms.get(id);
      if (embedded !== undefined) {
        const { form: read } = readForm(embedded);
        forms.set(id, JSON.parse(embedded) as JsonObject);
        if (read) readForms.set(id, read);
      } else if (form) {
        forms.set(id, form.schema);
        readForms.set(id, form.form);
        sources.push(form.file);
      }
    }
    for (const { template } of node.acts) {
      const act = actOf(sorted.acts, file, template);
      if (!act) continue;
      readActs.set(template, act);
      sources.push(act.file);
    }
  }
  const acts = new Map([...readActs].map(([name, { text }]) => [name, text]));
  return { model, xml, forms, readForms, acts, readActs, files: [...new Set(sources)] };
}

function formProblems({ model, forms }: Draft, file: string, severity: Problem['severity']): Problem[] {
  return [...model.nodes.values()].flatMap((node) =>
    formsOf(node)
      .filter((id) => !forms.has(id))
      .map((id) => {
        const message = `Il modulo ${id} non è tra i file da installare.`;
        return problemAt(node, file, severity, 'form-missing', message);
      }),
  );
}

function sizeProblems({ xml, forms, acts, model }: Draft, file: string): Problem[] {
  const beside = JSON.stringify([...forms.values(), ...acts.values()]);
  const size = Buffer.byteLength(xml) + Buffer.byteLength(beside);
  if (size <= maxBytes) return [];
  const message = `Diagramma, moduli e modelli di atti occupano ${size} byte; il massimo è ${maxBytes}.`;
  return [
    {
      ...{ severity: 'error', file, line: 1, column: 1, element: model.key },
      ...{ rule: 'too-large', message, language: 'it' },
    },
  ];
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
    language: 'it' as const,
  }));
}
