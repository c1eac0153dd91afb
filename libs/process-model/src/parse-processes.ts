import { BpmnModdle } from 'bpmn-moddle';
import type { ModdleWarning } from 'bpmn-moddle';
import { Reader } from 'moddle-xml';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { checkDefinitions } from './check/check-definitions.ts';
import { checkDiagram, readDrawing } from './check/check-diagram.ts';
import { checkModel } from './check/check-model.ts';
import { checkShape } from './check/check-shape.ts';
import { Findings } from './findings.ts';
import iter from './iter-moddle.json' with { type: 'json' };
import type { Place, Problem, ProcessModel } from './model.ts';
import { children, extensions, isElement, nearestId } from './read/element.ts';
import type { Element } from './read/element.ts';
import { compensationLinks } from './read/read-compensation.ts';
import { globalGraph, hasGoodId, readGraph } from './read/read-graph.ts';
import type { Graph } from './read/read-graph.ts';
import { readProcess } from './read/read-process.ts';
import type { FileContext } from './read/read-process.ts';
import { checkExtensions, checkForeign } from './read/understood.ts';
import { globalTasks } from './read/vocabulary.ts';
import { everythingIn } from './read/walk.ts';
import type { Rule, RuleFindings } from './rules.ts';
import { sha256 } from './sha256.ts';
import { complement } from './xml/complement.ts';
import { withWideCharacters } from './xml/prepare-xml.ts';
import { scanXml } from './xml/scan-xml.ts';
import type { ScannedXml } from './xml/scan-xml.ts';

export interface ParsedProcesses {
  /** The executable processes of the file; empty when there is any error. */
  readonly models: readonly ProcessModel[];
  /** In the order of the file. */
  readonly problems: readonly Problem[];
}

const bpmn = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
/** Knows the vocabulary only: it may read any number of files at once. */
const moddle = new BpmnModdle({ zeebe, iter, complement });

/**
 * Reads a BPMN 2.0 file in Camunda 8's dialect with the `iter:` extension.
 *
 * Whatever the engine would not obey is an error with its element, line and column; nothing is ever silently
 * ignored. Processes that are not executable are checked for structure only and give no model.
 * @param xml the text of the file
 * @param file its name, for the problems
 * Source: BPMN 2.0.2; zeebe-bpmn-moddle; `iter-moddle.json`
 */
export async function parseProcesses(xml: string, file?: string): Promise<ParsedProcesses> {
  const { scanned, findings, isBpmn } = open(xml, file);
  const definitions = isBpmn ? await readXml(scanned, findings) : null;
  const models = definitions ? readDefinitions(definitions, sha256(xml), scanned.placeOf, findings) : [];
  return { models: findings.hasErrors ? [] : models, problems: findings.problems };
}

/**
 * The executable processes of a file that was deployed before, at once. What was accepted once stays readable, whatever rules
 * came later: the models are given in spite of errors, as far as there is anything to give.
 */
export function readAccepted(xml: string): readonly ProcessModel[] {
  const { scanned, findings, isBpmn } = open(xml);
  if (!isBpmn) return [];
  const reader = new Reader({ model: moddle, lax: true });
  const root = reader.handler('bpmn:Definitions');
  // The reader has read all when it returns: its promise tells later what the handler has by now.
  reader.fromXML(sourceOf(scanned), root).catch(() => undefined);
  return isElement(root.element) ? readDefinitions(root.element, sha256(xml), scanned.placeOf, findings) : [];
}

interface Opened {
  readonly scanned: ScannedXml;
  readonly findings: RuleFindings;
  /** Whether the text is well-formed and holds definitions of BPMN 2.0; where it does not, the findings say why. */
  readonly isBpmn: boolean;
}

function open(xml: string, file?: string): Opened {
  const scanned = scanXml(xml.startsWith('\ufeff') ? xml.slice(1) : xml);
  const findings = new Findings<Rule>(file, scanned.placeOf);
  if (scanned.fault) {
    const { rule, message, place } = scanned.fault;
    findings.error(scanned.elementAt(place), rule, message, place);
    return { scanned, findings, isBpmn: false };
  }
  const { uri, local } = scanned.root;
  if (uri !== bpmn || local !== 'definitions') {
    findings.error('', 'not-bpmn', `A BPMN 2.0 file holds definitions of ${bpmn}; this holds <${local}>.`);
    return { scanned, findings, isBpmn: false };
  }
  for (const { rule, message, place } of scanned.values)
    findings.error(scanned.elementAt(place), rule, message, place);
  return { scanned, findings, isBpmn: true };
}

/** The text for the reader; the declared encoding is not its business any more, it gets text. */
const sourceOf = ({ text }: ScannedXml): string =>
  withWideCharacters(text).replace(/^\s*<\?xml[^>]*\?>/, (declaration) =>
    declaration.replaceAll(/[^\n]/g, ' '),
  );

async function readXml(scanned: ScannedXml, findings: RuleFindings): Promise<Element | null> {
  const source = sourceOf(scanned);
  const read = (lax: boolean) => moddle.fromXML(source, 'bpmn:Definitions', { lax });
  try {
    // To place each fault the reader counts the lines again: of a large file, the first fault must do.
    const isSmall = source.length * scanned.elements < 300_000_000;
    const { rootElement, warnings } = await read(isSmall);
    for (const warning of warnings) report(warning, scanned, findings);
    return isElement(rootElement) ? rootElement : null;
  } catch (error) {
    // The reader's own explanation, without its stack: the file is at fault.
    const { message = '', warnings = [] } = error as {
      message?: string;
      warnings?: readonly ModdleWarning[];
    };
    for (const warning of warnings) report(warning, scanned, findings);
    if (unparsable.test(message)) report({ message }, scanned, findings);
    if (!findings.hasErrors)
      findings.error('', 'not-bpmn', `This is no BPMN 2.0 file: ${firstLine(message)}.`);
    return null;
  }
}

const unparsable =
  /^unparsable content ([\s\S]*) ?detected\n\tline: (\d+)\n\tcolumn: (\d+)\n\tnested error: ([\s\S]*)$/;

/** Every warning of the reader is an error: it says that something was left out. */
function report(warning: ModdleWarning, scanned: ScannedXml, findings: RuleFindings): void {
  const [, , line, column, reason] = unparsable.exec(warning.message) ?? [];
  if (reason !== undefined) {
    const place: Place = { line: Number(line) + 1, column: Number(column) + 1 };
    const id = /^duplicate ID <(.*)>$/.exec(reason)?.[1];
    const [rule, message]: readonly [Rule, string] =
      id !== undefined
        ? ['id-duplicate', `The id "${id}" is given twice.`]
        : /^(?:unknown type|unrecognized element|unexpected element)/.test(reason)
          ? ['unknown-element', `Not understood: ${reason}.`]
          : ['xml-content', `Not understood: ${reason}.`];
    findings.error(id ?? scanned.elementAt(place), rule, message, place);
    return;
  }
  const element = isElement(warning.element) ? warning.element : null;
  const id = element ? nearestId(element) : '';
  const what = firstLine(warning.message);
  if (what.startsWith('unknown attribute')) {
    findings.error(id, 'unknown-attribute', `Not understood: ${what} of ${element?.$type ?? 'an element'}.`);
  } else if (what.startsWith('unresolved reference')) {
    const property = warning.property ?? 'A reference';
    const message = `${property} names "${String(warning.value)}", which is not there.`;
    // Operations of services that nobody calls may point to other files.
    if (element && isInterface(element)) findings.warning(id, 'dangling-reference', message);
    else findings.error(id, 'dangling-reference', message);
  } else findings.error(id, 'not-bpmn', `Not understood: ${what}.`);
}

function isInterface(element: Element): boolean {
  return element.$type === 'bpmn:Operation' || element.$type === 'bpmn:Interface';
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').trim();
}

function readDefinitions(
  definitions: Element,
  hash: string,
  placeOf: (id: string) => Place,
  findings: RuleFindings,
): readonly ProcessModel[] {
  const roots = children(definitions, 'rootElements');
  const processes = roots.filter(({ $type }) => $type === 'bpmn:Process');
  const tasks = roots.filter(({ $type }) => globalTasks[$type] !== undefined);
  if (processes.length + tasks.length === 0)
    findings.error('', 'process-missing', 'The file holds no process.');
  checkDefinitions(definitions, findings);
  const collaborations = roots.filter((root) => root.$instanceOf?.('bpmn:Collaboration') === true);
  const artifacts = collaborations.flatMap((it) => children(it, 'artifacts'));
  const drawing = readDrawing(definitions);
  const file: FileContext = { roots, hash, placeOf, findings };
  const models: ProcessModel[] = [];
  const read = (graph: Graph): void => {
    const links = compensationLinks(graph, artifacts);
    for (const element of everythingIn(graph.process)) checkForeign(element, definitions, findings);
    const model = readProcess(graph, links, file);
    checkModel(model, links, findings);
    models.push(model);
  };
  for (const process of processes) {
    if (!hasGoodId(process, findings)) continue;
    const graph = readGraph(process, findings);
    checkShape(graph, findings);
    if (!graph.executable) continue;
    read(graph);
    checkDiagram(graph, drawing, findings);
  }
  // Beside processes that only explain, global tasks only explain too.
  if (models.length > 0 || processes.length === 0) {
    for (const task of tasks) if (hasGoodId(task, findings)) read(globalGraph(task));
  }
  const isRead = (root: Element): boolean => root.$type === 'bpmn:Process' || tasks.includes(root);
  if (models.length > 0) for (const root of roots) if (!isRead(root)) checkRoot(root, findings);
  return models;
}

/** Messages and errors carry extensions too. */
function checkRoot(root: Element, findings: RuleFindings): void {
  if (extensions(root).length > 0) checkExtensions(root, findings);
}
