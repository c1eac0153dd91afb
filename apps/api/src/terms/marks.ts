/** How sure a figure of the catalogue is. Source: domain/README.md, Marks */
export const markKinds = ['verified', 'reviewed', 'memory', 'design', 'prudential'] as const;
export type MarkKind = (typeof markKinds)[number];

const said: Readonly<Record<MarkKind, RegExp>> = {
  verified: /\bverified\b/,
  reviewed: /\breviewed\b/,
  memory: /\bfrom memory\b/,
  design: /\bdesign choice\b/,
  prudential: /\bprudential\b/,
};

/** What a mark says, in its order: first of the figure itself, then of its details. */
export function kindsOf(mark: string): readonly MarkKind[] {
  return markKinds
    .map((kind) => ({ kind, at: mark.search(said[kind]) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
    .map(({ kind }) => kind);
}

/** The open questions that a mark names, `Q3`. */
export const questionsIn = (mark: string): readonly string[] => mark.match(/\bQ[1-9]\d*\b/g) ?? [];
