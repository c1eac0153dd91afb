import type { Element } from '../read/element.ts';
import { idOf } from '../read/element.ts';
import type { Box } from './geometry.ts';
import type { Plane } from './planes.ts';

const namespaces = [
  ['bpmndi', 'http://www.omg.org/spec/BPMN/20100524/DI'],
  ['dc', 'http://www.omg.org/spec/DD/20100524/DC'],
  ['di', 'http://www.omg.org/spec/DD/20100524/DI'],
] as const;
const margin = { x: 160, y: 80 };

/**
 * A diagram in BPMN's interchange format, its upper left corner where bpmn.io's tools begin.
 * @param declared what the root element of the file declares, by prefix
 * @param elements what the file says, by id: some shapes look as it says
 * @param taken ids of the file; those of the diagram are added
 * Source: BPMN 2.0.2 §12.2
 */
export function writeDiagram(
  { element, drawing }: Plane,
  declared: ReadonlyMap<string, string>,
  elements: ReadonlyMap<string, Element>,
  taken: Set<string>,
): string {
  const boxes = [...drawing.shapes.values()].map(({ box }) => box);
  const dx = margin.x - Math.min(...boxes.map(({ x }) => x));
  const dy = margin.y - Math.min(...boxes.map(({ y }) => y));
  const free = (wanted: string): string => {
    let id = wanted;
    for (let n = 1; taken.has(id); n++) id = `${wanted}_${n}`;
    taken.add(id);
    return id;
  };
  const bounds = ({ x, y, width, height }: Box): string =>
    `<dc:Bounds x="${px(x + dx)}" y="${px(y + dy)}" width="${px(width)}" height="${px(height)}" />`;
  const label = (box: Box | null): readonly string[] =>
    box ? ['        <bpmndi:BPMNLabel>', `          ${bounds(box)}`, '        </bpmndi:BPMNLabel>'] : [];
  const shapes = [...drawing.shapes].flatMap(([id, shape]) => [
    `      <bpmndi:BPMNShape id="${free(`${id}_di`)}" bpmnElement="${id}"${looks(elements.get(id))}>`,
    `        ${bounds(shape.box)}`,
    ...label(shape.label),
    '      </bpmndi:BPMNShape>',
  ]);
  const edges = [...drawing.edges].flatMap(([id, edge]) => [
    `      <bpmndi:BPMNEdge id="${free(`${id}_di`)}" bpmnElement="${id}">`,
    ...edge.points.map(({ x, y }) => `        <di:waypoint x="${px(x + dx)}" y="${px(y + dy)}" />`),
    ...label(edge.label),
    '      </bpmndi:BPMNEdge>',
  ]);
  const lacking = namespaces.filter(([prefix, uri]) => declared.get(prefix) !== uri);
  const declarations = lacking.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join('');
  return [
    `  <bpmndi:BPMNDiagram${declarations} id="${free(`BPMNDiagram_${element}`)}">`,
    `    <bpmndi:BPMNPlane id="${free(`BPMNPlane_${element}`)}" bpmnElement="${element}">`,
    ...shapes,
    ...edges,
    '    </bpmndi:BPMNPlane>',
    '  </bpmndi:BPMNDiagram>',
  ].join('\n');
}

function looks(element: Element | undefined): string {
  const is = (type: string): boolean => element?.$instanceOf?.(`bpmn:${type}`) === true;
  if (is('Participant') || is('Lane')) return ' isHorizontal="true"';
  if (is('SubProcess')) return ' isExpanded="true"';
  return is('ExclusiveGateway') ? ' isMarkerVisible="true"' : '';
}

function px(value: number): number {
  return Math.round(value);
}

/** Every element with an id, below this one. */
export function elementsById(root: Element): ReadonlyMap<string, Element> {
  const found = new Map<string, Element>();
  const walk = (element: Element): void => {
    const id = idOf(element);
    if (id !== '' && !found.has(id)) found.set(id, element);
    for (const value of Object.values(element)) {
      for (const it of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
        if (isChild(it, element)) walk(it);
      }
    }
  };
  walk(root);
  return found;
}

function isChild(value: unknown, parent: Element): value is Element {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as { $parent?: unknown }).$parent === parent &&
    typeof (value as { $type?: unknown }).$type === 'string'
  );
}
