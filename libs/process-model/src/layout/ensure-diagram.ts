import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { checkDiagram, readDrawing } from '../check/check-diagram.ts';
import { Findings } from '../findings.ts';
import iter from '../iter-moddle.json' with { type: 'json' };
import { children, idOf, isElement } from '../read/element.ts';
import type { Element } from '../read/element.ts';
import { readGraph } from '../read/read-graph.ts';
import type { Graph } from '../read/read-graph.ts';
import type { Rule } from '../rules.ts';
import { complement } from '../xml/complement.ts';
import { gridOf } from './grid.ts';

const packages = { zeebe, iter, complement };
/** Beyond, the layout takes seconds. */
const mostNodes = 1_000;
const namespaces =
  'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"';

/**
 * Gives a file without any diagram one for each of its processes, so that the desk can show it. All else stays as it
 * is, byte for byte; a file with a diagram, or one that cannot be read, is returned unchanged.
 *
 * The drawing is that of bpmn-auto-layout; what that leaves out or cannot draw is laid out in a plain grid.
 * @param xml a file that `parseProcesses` accepts
 */
export async function ensureDiagram(xml: string): Promise<string> {
  if (/<(?:\w+:)?BPMNShape[\s>]/.test(xml)) return xml;
  const definitions = await read(xml);
  const end = xml.search(/<\/[\w.:-]+\s*>\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)*$/);
  if (!definitions || end === -1) return xml;
  const taken = new Set(Array.from(xml.matchAll(/\bid\s*=\s*["']([^"']+)["']/g), ([, id]) => id ?? ''));
  const processes = children(definitions, 'rootElements').filter(({ $type }) => $type === 'bpmn:Process');
  const diagrams: string[] = [];
  for (const process of processes) {
    const graph = readGraph(process, silent());
    if (graph.nodes.size > 0) diagrams.push(withNewIds(await drawingOf(graph), taken));
  }
  return xml.slice(0, end) + diagrams.map((diagram) => `  ${diagram}\n`).join('') + xml.slice(end);
}

function silent(): Findings<Rule> {
  return new Findings<Rule>(undefined, () => ({ line: 1, column: 1 }));
}

async function read(xml: string): Promise<Element | null> {
  try {
    const { rootElement } = await new BpmnModdle(packages).fromXML(xml, 'bpmn:Definitions', { lax: true });
    return isElement(rootElement) ? rootElement : null;
  } catch {
    return null;
  }
}

async function drawingOf(graph: Graph): Promise<string> {
  const drawn = await automatic(graph).catch(() => null);
  return drawn !== null && (await isWhole(drawn, graph)) ? drawn : plain(graph);
}

/** The process alone, as the layout wants it: it draws the first process of a file only. */
async function automatic(graph: Graph): Promise<string | null> {
  if (graph.nodes.size > mostNodes) return null;
  const { layoutProcess } = await import('bpmn-auto-layout');
  const laidOut = await layoutProcess(skeletonOf(graph));
  const diagram = /<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>/.exec(laidOut)?.[0];
  return diagram?.replace('<bpmndi:BPMNDiagram', `<bpmndi:BPMNDiagram ${namespaces}`) ?? null;
}

/** What is drawn of a process: nodes in their scopes, and flows. */
function skeletonOf(graph: Graph, diagram = ''): string {
  const inside = (scope: string | null): string =>
    [
      ...[...graph.nodes.values()]
        .filter((node) => node.scope === scope)
        .map(({ id, element, incoming, outgoing }) => {
          const name = element.$type.slice(5);
          const tag = name.charAt(0).toLowerCase() + name.slice(1);
          const host = element['attachedToRef'];
          const attached = isElement(host) ? ` attachedToRef="${idOf(host)}"` : '';
          const event = element['triggeredByEvent'] === true ? ' triggeredByEvent="true"' : '';
          const refs = [
            ...incoming.map((flow) => `<incoming>${flow}</incoming>`),
            ...outgoing.map((flow) => `<outgoing>${flow}</outgoing>`),
          ];
          return `<${tag} id="${id}"${attached}${event}>${refs.join('')}${inside(id)}</${tag}>`;
        }),
      ...[...graph.flows.values()]
        .filter(
          (flow) => flow.scope === scope && graph.nodes.has(flow.source) && graph.nodes.has(flow.target),
        )
        .map(
          ({ id, source, target }) =>
            `<sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}"/>`,
        ),
    ].join('');
  return `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:iter"><process id="${idOf(graph.process)}" isExecutable="true">${inside(null)}</process>${diagram}</definitions>`;
}

async function isWhole(diagram: string, graph: Graph): Promise<boolean> {
  const definitions = await read(skeletonOf(graph, diagram));
  const [process] = definitions ? children(definitions, 'rootElements') : [];
  if (!definitions || !process) return false;
  const findings = silent();
  checkDiagram(readGraph(process, findings), readDrawing(definitions), findings);
  return findings.problems.length === 0;
}

function plain(graph: Graph): string {
  const { boxes, lines } = gridOf(graph);
  const shapes = [...boxes].map(([id, { x, y, width, height }]) => {
    const open = graph.nodes.get(id)?.element.$instanceOf?.('bpmn:SubProcess') ? ' isExpanded="true"' : '';
    return `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"${open}><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}"/></bpmndi:BPMNShape>`;
  });
  const edges = [...lines].map(
    ([id, points]) =>
      `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}">${points.map(({ x, y }) => `<di:waypoint x="${x}" y="${y}"/>`).join('')}</bpmndi:BPMNEdge>`,
  );
  const id = idOf(graph.process);
  return `<bpmndi:BPMNDiagram ${namespaces} id="BPMNDiagram_${id}"><bpmndi:BPMNPlane id="BPMNPlane_${id}" bpmnElement="${id}">${[...shapes, ...edges].join('')}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`;
}

/** Ids of the drawing that the file has already are followed by a number. */
function withNewIds(diagram: string, taken: Set<string>): string {
  return diagram.replaceAll(/ id="([^"]+)"/g, (_all, id: string) => {
    let free = id;
    for (let n = 1; taken.has(free); n++) free = `${id}_${n}`;
    taken.add(free);
    return ` id="${free}"`;
  });
}
