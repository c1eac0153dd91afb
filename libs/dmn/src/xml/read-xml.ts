import { given, isElement, nearestId } from '@iter/process-model/reading';
import type { Findings, ScannedXml } from '@iter/process-model/reading';
import type { Place } from '@iter/process-model';
import type { ModdleWarning } from 'dmn-moddle';
import { pathTo, readOutline } from './outline.ts';
import type { Outline } from './outline.ts';
import { everyTag, Tag, tagName } from './tag.ts';
import { moddleFor } from './versions.ts';

/**
 * Reads the elements of a file that the scan has passed; whatever moddle would leave out is reported.
 * @returns the definitions, or null when there is nothing to go on with
 */
export async function readXml(xml: string, scanned: ScannedXml, findings: Findings): Promise<Tag | null> {
  const outline = readOutline(xml);
  const moddle = outline && moddleFor(outline);
  if (!outline || !moddle) {
    findings.error('', 'not-dmn', 'This is no DMN file of the versions 1.1 to 1.5.', outline?.place);
    return null;
  }
  checkIds(outline, findings);
  // The declared encoding is not the reader's business any more: it got text.
  const source = xml.replace(/^\s*<\?xml[^>]*\?>/, (declaration) => declaration.replaceAll(/[^\n]/g, ' '));
  // To place each fault the reader counts the lines again: of a large file, the first fault must do.
  const lax = source.length * scanned.elements < 300_000_000;
  const report = (warning: ModdleWarning): void => {
    if (isElement(warning.element) && !warning.element.$type.startsWith('dmn:')) return;
    const [element, rule, message, place] = explain(warning, scanned);
    if (!place || !isDrawing(pathTo(outline, place))) findings.error(element, rule, message, place);
  };
  try {
    const { rootElement, warnings } = await moddle.fromXML(source, 'dmn:Definitions', { lax });
    warnings.forEach(report);
    if (!isElement(rootElement)) return null;
    const tag = new Tag(rootElement, outline, findings);
    if (!findings.hasErrors) checkNothingLost(tag);
    return tag;
  } catch (error) {
    // The reader's own explanation, without its stack: the file is at fault.
    report(error as ModdleWarning);
    return null;
  }
}

function checkIds(root: Outline, findings: Findings): void {
  const seen = new Set<string>();
  const waiting = [root];
  for (let it = waiting.pop(); it; it = waiting.pop()) {
    const [, double, single] = /\sid\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(it.attributes) ?? [];
    const id = double ?? single;
    if (id !== undefined && seen.has(id)) {
      findings.error(id, 'id-duplicate', `The id "${id}" is given twice.`, it.place);
    }
    if (id !== undefined) seen.add(id);
    waiting.push(...it.children.toReversed());
  }
}

const unparsable =
  /^unparsable content ([\s\S]*) ?detected\n\tline: (\d+)\n\tcolumn: (\d+)\n\tnested error: ([\s\S]*)$/;

function explain(warning: ModdleWarning, scanned: ScannedXml): [string, string, string, Place?] {
  const [, , line, column, reason] = unparsable.exec(warning.message) ?? [];
  const element = isElement(warning.element) ? warning.element : null;
  const id = element ? nearestId(element) : '';
  if (reason === undefined) {
    const what = (warning.message.split('\n')[0] ?? '').trim();
    return what.startsWith('unknown attribute')
      ? [id, 'unknown-attribute', `Not understood: ${what} of ${element?.$type ?? 'an element'}.`]
      : [id, 'not-dmn', `Not understood: ${what}.`];
  }
  const place: Place = { line: Number(line) + 1, column: Number(column) + 1 };
  const isUnknown = /^(?:unknown type|unrecognized element|unexpected element)/.test(reason);
  const rule = isUnknown ? 'unknown-element' : 'xml-content';
  return [scanned.elementAt(place), rule, `Not understood: ${reason}.`, place];
}

/** What is drawn says nothing to an engine, and each tool draws in its own way. */
function isDrawing(path: readonly Outline[]): boolean {
  return path.some(({ name }) => name === 'DMNDI' || name === 'extensionElements');
}

/** Of what may stand once only, moddle keeps the last and says nothing. */
function checkNothingLost(root: Tag): void {
  for (const tag of everyTag(root)) {
    const kept = new Map<string, number>();
    for (const property of given(tag.element)) {
      const value = tag.element[property];
      for (const it of (Array.isArray(value) ? value : [value]) as readonly unknown[]) {
        for (const name of new Set([property, ...(isElement(it) ? [tagName(it)] : [])])) {
          kept.set(name, (kept.get(name) ?? 0) + 1);
        }
      }
    }
    for (const [name, times] of tag.names) {
      if (name === 'DMNDI' || times <= (kept.get(name) ?? 0)) continue;
      tag.error('element-repeated', `<${name}> stands where there is another already: only one can count.`);
    }
  }
}
