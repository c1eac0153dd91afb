import type { Box, Point, Size } from './geometry.ts';

export type Side = 'left' | 'right' | 'top' | 'bottom';

/** A boundary event: it sits on the lower edge of its activity, `offset` px right of the middle. */
export interface Attached {
  readonly id: string;
  readonly offset: number;
  readonly label: Size | null;
}

/** What stands in a cell of the sheet. */
export interface Item {
  readonly id: string;
  readonly kind: 'event' | 'gateway' | 'activity' | 'data' | 'note' | 'aside';
  readonly size: Size;
  /** The label outside of it. */
  readonly label: Size | null;
  /** Index of the band that it stands in. */
  readonly band: number;
  readonly attached: readonly Attached[];
  /** What is drawn inside, from the upper left corner. */
  readonly inside: Drawing | null;
  /** What an artifact explains: it stands near it. */
  readonly near: string | null;
  /** Whether a case ends here by fault: no happy path leads here. */
  readonly isBad: boolean;
}

export interface Link {
  readonly id: string;
  readonly kind: 'flow' | 'association' | 'message';
  /** Items, boundary events or closed bands (`band:` and the index). */
  readonly source: string;
  readonly target: string;
  readonly label: Size | null;
  readonly isDefault: boolean;
}

/** A horizontal strip: a lane, a whole process, or a closed pool. */
export interface Band {
  readonly pool: number;
  readonly isClosed: boolean;
  /** Least height: its name is written along it. */
  readonly least: number;
}

export interface Shape {
  readonly box: Box;
  readonly label: Box | null;
}

export interface Edge {
  readonly points: readonly Point[];
  readonly label: Box | null;
}

export interface Drawing {
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly edges: ReadonlyMap<string, Edge>;
  /** Top and bottom of each band. */
  readonly bands: readonly { readonly top: number; readonly bottom: number }[];
  readonly size: Size;
}

export interface Sheet {
  readonly items: readonly Item[];
  readonly links: readonly Link[];
  readonly bands: readonly Band[];
}

/** Items by their own id and those of their boundary events. */
export function ownersOf(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(
    items.flatMap((item) => [item.id, ...item.attached.map(({ id }) => id)].map((id) => [id, item])),
  );
}
