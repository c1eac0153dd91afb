import { child, children, idOf, text } from '../read/element.ts';
import type { Element } from '../read/element.ts';
import { artifactsOf } from './artifacts.ts';
import { bestDrawing } from './best-drawing.ts';
import { bandsOf, nameStrip, withLanes } from './lanes.ts';
import { ownersOf } from './parts.ts';
import type { Band, Drawing, Item, Link, Shape } from './parts.ts';
import type { Scope } from './scope.ts';
import { scopeOf } from './scope.ts';
import type { Care } from './taste.ts';
import { labelSize } from './text-size.ts';

/** A diagram: what it shows, and where. */
export interface Plane {
  readonly element: string;
  readonly drawing: Drawing;
}

/** A diagram for each collaboration with all its pools, and for each process that is in none. */
export function planesOf(definitions: Element, care: Care): readonly Plane[] {
  const roots = children(definitions, 'rootElements');
  const drawn = new Set<Element>();
  const planes: Plane[] = [];
  for (const collaboration of roots.filter(({ $type }) => $type === 'bpmn:Collaboration')) {
    const participants = children(collaboration, 'participants').filter((it) => idOf(it) !== '');
    if (participants.length === 0 || idOf(collaboration) === '') continue;
    planes.push({
      element: idOf(collaboration),
      drawing: drawPools(collaboration, participants, drawn, care),
    });
  }
  for (const process of roots.filter(({ $type }) => $type === 'bpmn:Process')) {
    if (drawn.has(process) || !children(process, 'flowElements').some(isNode)) continue;
    const scope = scopeOf(process, 0, 0, care);
    const drawing = bestDrawing({ items: scope.items, links: scope.links, bands: scope.lanes.bands }, care);
    const lanes = [{ lanes: scope.lanes, left: 0, right: drawing.size.width }];
    planes.push({ element: idOf(process), drawing: withLanes(drawing, lanes) });
  }
  return planes;
}

function isNode(element: Element): boolean {
  return element.$instanceOf?.('bpmn:FlowNode') === true;
}

interface Pool {
  readonly id: string;
  /** Null: closed. */
  readonly process: Element | null;
}

function drawPools(
  collaboration: Element,
  participants: readonly Element[],
  drawn: Set<Element>,
  care: Care,
): Drawing {
  const pools = ordered(
    participants.map((it): Pool => {
      const process = child(it, 'processRef');
      const isOpen =
        process !== null && !drawn.has(process) && children(process, 'flowElements').some(isNode);
      if (isOpen) drawn.add(process);
      return { id: idOf(it), process: isOpen ? process : null };
    }),
    collaboration,
  );
  const bands: Band[] = [];
  const scopes: (Scope | null)[] = [];
  const poolBands: (readonly [number, number])[] = [];
  pools.forEach(({ process }, pool) => {
    const first = bands.length;
    const scope = process && scopeOf(process, pool, first, care);
    scopes.push(scope);
    bands.push(...(scope?.lanes.bands ?? [{ pool, isClosed: true, least: 60 }]));
    poolBands.push([first, bands.length - 1]);
  });
  const items = scopes.flatMap((it) => it?.items ?? []);
  const holders = ownersOf(items);
  const messages = messagesOf(collaboration, pools, holders);
  const notes = artifactsOf([collaboration], (id) => holders.get(id));
  const links = [...scopes.flatMap((it) => it?.links ?? []), ...messages, ...notes.links];
  const drawing = bestDrawing({ items: [...items, ...notes.items], links, bands }, care);
  const depth = Math.max(0, ...scopes.map((it) => it?.lanes.depth ?? 0));
  const left = -(depth + 1) * nameStrip;
  const shapes = new Map<string, Shape>();
  pools.forEach(({ id }, pool) => {
    const [first, last] = poolBands[pool] ?? [0, 0];
    const [top, bottom] = [drawing.bands[first]?.top ?? 0, drawing.bands[last]?.bottom ?? 0];
    const box = { x: left, y: top, width: drawing.size.width - left, height: bottom - top };
    shapes.set(id, { box, label: null });
  });
  const all = withLanes(
    drawing,
    scopes.flatMap((it) => (it ? [{ lanes: it.lanes, left: 0, right: drawing.size.width }] : [])),
  );
  return { ...all, shapes: new Map([...shapes, ...all.shapes]) };
}

function messagesOf(
  collaboration: Element,
  pools: readonly Pool[],
  holders: ReadonlyMap<string, Item>,
): readonly Link[] {
  const end = (flow: Element, property: string): string => {
    const id = idOf(child(flow, property) ?? { $type: '' });
    const pool = pools.findIndex((it) => it.id === id);
    return pool === -1 ? id : `pool:${pool}`;
  };
  return children(collaboration, 'messageFlows')
    .map((flow): Link => ({
      id: idOf(flow),
      kind: 'message',
      source: end(flow, 'sourceRef'),
      target: end(flow, 'targetRef'),
      label: labelSize(text(flow, 'name') ?? ''),
      isDefault: false,
    }))
    .filter(({ id, source, target }) =>
      [source, target].every((it) => id !== '' && (it.startsWith('pool:') || holders.has(it))),
    );
}

/** Closed pools stand above or below those with a process, nearer to whom they speak with. */
function ordered(pools: readonly Pool[], collaboration: Element): readonly Pool[] {
  const open = pools.filter(({ process }) => process !== null);
  if (open.length === 0) return pools;
  const places = new Map<string, number>();
  let count = 0;
  for (const { process } of open) {
    for (const [id, band] of process ? placesIn(process) : []) places.set(id, count + band);
    count += 1;
  }
  const isAbove = ({ id }: Pool): boolean => {
    const others = children(collaboration, 'messageFlows').flatMap((flow) => {
      const ends = ['sourceRef', 'targetRef'].map((it) => idOf(child(flow, it) ?? { $type: '' }));
      return ends.includes(id) ? ends.flatMap((it) => places.get(it) ?? []) : [];
    });
    return others.length > 0 && others.reduce((sum, it) => sum + it, 0) / others.length < count / 2;
  };
  const closed = pools.filter(({ process }) => process === null);
  return [...closed.filter(isAbove), ...open, ...closed.filter((it) => !isAbove(it))];
}

/** How far down in its process each node stands, 0 to 1. */
function placesIn(process: Element): readonly (readonly [string, number])[] {
  const nodes = children(process, 'flowElements').filter(isNode);
  const { bands, bandOf } = bandsOf(process, nodes, 0, 0);
  return nodes.map((it) => [idOf(it), (bandOf(idOf(it)) + 0.5) / bands.length]);
}
