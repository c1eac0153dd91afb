import type { Place } from '@iter/process-model';

/** The elements of a file as they stand in it: moddle knows no places, and many cells of a table have no id. */
export interface Outline {
  /** Without its prefix. */
  readonly name: string;
  /** Attributes as written, `xmlns` among them. */
  readonly attributes: string;
  readonly place: Place;
  readonly children: readonly Outline[];
}

interface Open extends Outline {
  readonly children: Open[];
}

const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<\/[^>]*>|<(?:[^\s:/>]+:)?([^\s/>]+)((?:[^>"']|"[^"]*"|'[^']*')*)>|[^<]+/y;

/**
 * The outline of a file that the scan has found well-formed.
 * @returns null when there is no element
 */
export function readOutline(xml: string): Outline | null {
  const roots: Open[] = [];
  const open: Open[] = [];
  let [line, lineStart, next] = [1, 0, xml.indexOf('\n')];
  token.lastIndex = 0;
  for (let at = 0; at < xml.length; at = token.lastIndex) {
    const [found, name, attributes = ''] = token.exec(xml) ?? [];
    if (found === undefined) break;
    if (found.startsWith('</')) open.pop();
    if (name === undefined) continue;
    for (; next !== -1 && next < at; next = xml.indexOf('\n', lineStart)) {
      line++;
      lineStart = next + 1;
    }
    const element: Open = { name, attributes, place: { line, column: at - lineStart + 1 }, children: [] };
    (open.at(-1)?.children ?? roots).push(element);
    if (!found.endsWith('/>')) open.push(element);
  }
  return roots[0] ?? null;
}

/** The innermost element that starts at or before a place, and those around it, from the root. */
export function pathTo(root: Outline, place: Place): readonly Outline[] {
  const path: Outline[] = [];
  for (let it: Outline | undefined = root; it;) {
    path.push(it);
    it = it.children.findLast((child) => !isAfter(child.place, place));
  }
  return path;
}

function isAfter(a: Place, b: Place): boolean {
  return a.line > b.line || (a.line === b.line && a.column > b.column);
}
