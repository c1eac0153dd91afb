import { cross, overlap, pieces, runTogether } from './geometry.ts';
import type { Box, Piece } from './geometry.ts';
import { besideGateway, between, nearness, wordsAway } from './labels.ts';
import type { Drawing, Link, Sheet } from './parts.ts';

/** What hinders a reader of a sheet. */
export interface Effort {
  readonly crossings: number;
  /** Crossings, and exits of gateways whose words do not stand beside them. */
  readonly hindrances: number;
  /** All that hinders, weighed. */
  readonly cost: number;
}

const weights = {
  crossing: 500,
  /** Words away from their gateway: a decision without words hinders more than a crossing; and for each px. */
  astray: 600,
  away: 0.4,
  /** An exit with words that leaves as another one does. */
  shared: 250,
  together: 2_000,
  label: 1_000,
  doubt: 150,
  bend: 40,
  detour: 400,
  length: 0.3,
  size: 0.5,
};

/**
 * How hard a sheet is to read: crossings, words away from their gateway, lines on one another, labels on something or
 * beside several lines, turns and lengths of lines, width and height.
 * @param path flows of the happy path, which are straight within a band
 */
export function effortOf(sheet: Sheet, drawing: Drawing, path: ReadonlySet<Link>): Effort {
  const lines = sheet.links.map(({ id }) => pieces(drawing.edges.get(id)?.points ?? []));
  const { crossings, together } = meetings(sheet, lines);
  let bends = 0;
  let length = 0;
  let detours = 0;
  const bandOf = new Map(sheet.items.map(({ id, band }) => [id, band]));
  lines.forEach((line, i) => {
    const link = sheet.links[i];
    const isStraight = line.length === 1 || !link || bandOf.get(link.source) !== bandOf.get(link.target);
    if (!isStraight && path.has(link)) detours++;
    bends += Math.max(0, line.length - 1);
    for (const [a, b] of line) length += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  });
  const astray = wordsAway(sheet, drawing).filter(({ distance }) => distance > besideGateway);
  const away = astray.reduce((sum, { distance }) => sum + distance, 0);
  const cost =
    crossings * weights.crossing +
    astray.length * weights.astray +
    away * weights.away +
    sharedExits(sheet, drawing) * weights.shared +
    together * weights.together +
    coveredLabels(sheet, drawing, lines) * weights.label +
    doubtfulLabels(sheet, drawing, lines) * weights.doubt +
    bends * weights.bend +
    detours * weights.detour +
    length * weights.length +
    (drawing.size.width + drawing.size.height) * weights.size;
  return { crossings, hindrances: crossings + astray.length, cost };
}

/** How often lines cross, and how often two lie on one another that may not. */
function meetings(
  { links }: Sheet,
  lines: readonly (readonly Piece[])[],
): { readonly crossings: number; readonly together: number } {
  let crossings = 0;
  let together = 0;
  lines.forEach((line, i) => {
    for (let j = i + 1; j < lines.length; j++) {
      const isKin = areKin(links[i], links[j]);
      for (const one of line) {
        for (const other of lines[j] ?? []) {
          if (cross(one, other)) crossings++;
          else if (!isKin && runTogether(one, other)) together++;
        }
      }
    }
  });
  return { crossings, together };
}

/** Whether two lines may run together: of one kind, from one place or to one. */
function areKin(a: Link | undefined, b: Link | undefined): boolean {
  return a?.kind === b?.kind && (a?.source === b?.source || a?.target === b?.target);
}

/** Exits with words that begin where another of the same gateway does. */
function sharedExits(sheet: Sheet, drawing: Drawing): number {
  const begins = wordsAway(sheet, drawing).map(({ link }) => {
    const { x = 0, y = 0 } = drawing.edges.get(link.id)?.points[0] ?? {};
    return `${link.source} ${x} ${y}`;
  });
  return begins.length - new Set(begins).size;
}

function coveredLabels(
  { items, links }: Sheet,
  { shapes, edges }: Drawing,
  lines: readonly (readonly Piece[])[],
): number {
  const drawn = items
    .flatMap(({ id, attached }) => [id, ...attached.map((it) => it.id)])
    .flatMap((id) => shapes.get(id) ?? []);
  const labels = [...drawn, ...links.flatMap(({ id }) => edges.get(id) ?? [])].flatMap(
    ({ label }) => label ?? [],
  );
  const others: readonly Box[] = [
    ...drawn.map(({ box }) => box),
    ...lines.flat().map(([a, b]) => between(a, b)),
  ];
  let count = 0;
  labels.forEach((label, i) => {
    for (const it of others) if (overlap(label, it, 2)) count++;
    for (const it of labels.slice(i + 1)) if (overlap(label, it, 2)) count++;
  });
  return count;
}

/** Labels of lines that might be another line’s. */
function doubtfulLabels({ links }: Sheet, { edges }: Drawing, lines: readonly (readonly Piece[])[]): number {
  return links.filter(({ id }, own) => {
    const label = edges.get(id)?.label;
    const isNear = ([a, b]: Piece): boolean =>
      label !== null && label !== undefined && overlap(label, between(a, b), -nearness);
    return lines.some((line, i) => i !== own && line.some(isNear));
  }).length;
}
