import { BpmnModdle } from 'bpmn-moddle';
import type { ModdleWarning } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { checkModel } from './check/check-model.ts';
import { checkShape } from './check/check-shape.ts';
import { Findings } from './findings.ts';
import iter from './iter-moddle.json' with { type: 'json' };
import type { Place, Problem, ProcessModel } from './model.ts';
import { child, children, extensions, idOf, isElement, nearestId } from './read/element.ts';
import type { Element } from './read/element.ts';
import { globalGraph, hasGoodId, readGraph } from './read/read-graph.ts';
import { readProcess } from './read/read-process.ts';
import type { FileContext } from './read/read-process.ts';
import { checkExtensions, checkForeign } from './read/understood.ts';
import { globalTasks } from './read/vocabulary.ts';
import { sha256 } from './sha256.ts';
import { scanXml } from './xml/scan-xml.ts';
import type { ScannedXml } from './xml/scan-xml.ts';

export interface ParsedProcesses {
  /** The executable processes of the file; empty when there is any error. */
  readonly models: readonly ProcessModel[];
  /** In the order of the file. */
  readonly problems: readonly Problem[];
}

const packages = { zeebe, iter };

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
  const text = xml.startsWith('\ufeff') ? xml.slice(1) : xml;
  const scanned = scanXml(text);
  const findings = new Findings(file, scanned.placeOf);
  if (scanned.fault) {
    const { rule, message, place } = scanned.fault;
    findings.error(scanned.elementAt(place), rule, message, place);
    return { models: [], problems: findings.problems };
  }
  const definitions = await readXml(text, scanned, findings);
  const models = definitions ? readDefinitions(definitions, sha256(xml), scanned.placeOf, findings) : [];
  return { models: findings.hasErrors ? [] : models, problems: findings.problems };
}

async function readXml(xml: string, scanned: ScannedXml, findings: Findings): Promise<Element | null> {
  // The declared encoding is not the reader's business any more: it got text.
  const source = xml.replace(/^\s*<\?xml[^>]*\?>/, (declaration) => declaration.replaceAll(/[^\n]/g, ' '));
  const read = (lax: boolean) => new BpmnModdle(packages).fromXML(source, 'bpmn:Definitions', { lax });
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
function report(warning: ModdleWarning, scanned: ScannedXml, findings: Findings): void {
  const [, , line, column, reason] = unparsable.exec(warning.message) ?? [];
  if (reason !== undefined) {
    const place: Place = { line: Number(line) + 1, column: Number(column) + 1 };
    const id = /^duplicate ID <(.*)>$/.exec(reason)?.[1];
    const [rule, message] =
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
  findings: Findings,
): readonly ProcessModel[] {
  const roots = children(definitions, 'rootElements');
  const processes = roots.filter(({ $type }) => $type === 'bpmn:Process');
  const tasks = roots.filter(({ $type }) => globalTasks[$type] !== undefined);
  if (processes.length + tasks.length === 0)
    findings.error('', 'process-missing', 'The file holds no process.');
  const prefixes = new Map(
    Object.entries(definitions.$attrs ?? {}).flatMap(([name, uri]): [string, string][] =>
      name.startsWith('xmlns:') ? [[name.slice(6), uri]] : [],
    ),
  );
  const drawn = drawnIds(definitions);
  const models: ProcessModel[] = [];
  const file: FileContext = { roots, hash, placeOf, findings };
  for (const process of processes) {
    if (!hasGoodId(process, findings)) continue;
    const graph = readGraph(process, findings);
    checkShape(graph, findings);
    if (!graph.executable) continue;
    for (const element of everyElement(process)) checkForeign(element, prefixes, findings);
    const model = readProcess(graph, file);
    checkModel(model, findings);
    models.push(model);
    if (graph.nodes.size > 0 && ![...graph.nodes.keys()].some((id) => drawn.has(id))) {
      findings.warning(
        idOf(process),
        'diagram-missing',
        'The process has no diagram: the desk cannot show it.',
      );
    }
  }
  // Beside processes that only explain, global tasks only explain too.
  if (models.length > 0 || processes.length === 0) {
    for (const task of tasks) {
      if (!hasGoodId(task, findings)) continue;
      checkForeign(task, prefixes, findings);
      const model = readProcess(globalGraph(task), file);
      checkModel(model, findings);
      models.push(model);
    }
  }
  if (models.length > 0)
    for (const root of roots)
      if (root.$type !== 'bpmn:Process' && !tasks.includes(root)) checkRoot(root, findings);
  return models;
}

/** Messages and errors carry extensions too. */
function checkRoot(root: Element, findings: Findings): void {
  if (extensions(root).length > 0) checkExtensions(root, findings);
}

function drawnIds(definitions: Element): ReadonlySet<string> {
  const ids = children(definitions, 'diagrams')
    .flatMap((diagram) => children(child(diagram, 'plane') ?? diagram, 'planeElement'))
    .flatMap((shape) => child(shape, 'bpmnElement') ?? []);
  return new Set(ids.map(idOf));
}

function* everyElement(container: Element): Generator<Element> {
  yield container;
  for (const element of children(container, 'flowElements')) {
    if (element['flowElements'] !== undefined) yield* everyElement(element);
    else yield element;
  }
}
