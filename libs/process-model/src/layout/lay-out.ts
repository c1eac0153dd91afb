import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import iter from '../iter-moddle.json' with { type: 'json' };
import { isElement } from '../read/element.ts';
import type { Element } from '../read/element.ts';
import { complement } from '../xml/complement.ts';
import { planesOf } from './planes.ts';
import { plainPlanesOf } from './plain.ts';
import { quick } from './taste.ts';
import type { Care } from './taste.ts';
import { elementsById, writeDiagram } from './write-diagram.ts';

const packages = { zeebe, iter, complement };
/** Beyond, finding ways takes seconds, and nobody reads the drawing: it is a plain grid. */
const mostFlows = 800;
const attribute = `(?:"[^"]*"|'[^']*'|[^"'>])*`;
/** Comments and character data, in which tags mean nothing; and the tags of diagrams. */
const diagramTags = new RegExp(
  `<!--[\\s\\S]*?-->|<!\\[CDATA\\[[\\s\\S]*?\\]\\]>|<(/?)(?:[\\w.-]+:)?BPMNDiagram\\b${attribute}?(/?)>`,
  'g',
);

/**
 * Draws a file anew: its diagrams give way to one for each collaboration and for each process in none. All else stays
 * as it is, byte for byte. A file that cannot be read, or in which nothing can be drawn, is returned unchanged.
 * @param xml a file that `parseProcesses` accepts, with or without diagrams
 * @param care `thorough` takes several times as long, and avoids what crossings and far words it can; with tries, minutes
 */
export async function layOut(xml: string, care: Care = quick): Promise<string> {
  const definitions = await readLeniently(xml);
  if (!definitions) return xml;
  const spans = diagramsIn(xml);
  const [first] = spans;
  const end = first?.[0] ?? xml.search(/<\/[\w.:-]+\s*>\s*(?:<!--(?:(?!-->)[\s\S])*-->\s*)*$/);
  const count = xml.match(/<(?:[\w.-]+:)?sequenceFlow[\s>]/g)?.length ?? 0;
  const planes = count > mostFlows ? plainPlanesOf(definitions) : planesOf(definitions, care);
  if (end === -1 || planes.length === 0) return xml;
  let rest = '';
  let at = end;
  for (const [from, to] of spans) {
    rest += xml.slice(at, from);
    at = to;
  }
  const [before, after] = [xml.slice(0, end), rest + xml.slice(at)];
  const taken = new Set(
    Array.from((before + after).matchAll(/\bid\s*=\s*["']([^"']+)["']/g), ([, id]) => id ?? ''),
  );
  const root = /<[\w.:-]*\bdefinitions\b(?:"[^"]*"|'[^']*'|[^"'>])*>/.exec(xml)?.[0] ?? '';
  const declared = new Map(
    Array.from(root.matchAll(/xmlns:([\w.-]+)\s*=\s*["']([^"']+)["']/g), ([, key, uri]) => [
      key ?? '',
      uri ?? '',
    ]),
  );
  const elements = elementsById(definitions);
  const drawn = planes.map((plane) => `${writeDiagram(plane, declared, elements, taken)}\n`).join('');
  return before + drawn + after;
}

/** Spans of the diagrams, each with the blanks before it on its line and the end of that line. */
function diagramsIn(xml: string): readonly (readonly [number, number])[] {
  const spans: (readonly [number, number])[] = [];
  let from = -1;
  for (const match of xml.matchAll(diagramTags)) {
    const [all, close, empty] = match;
    if (close === undefined) continue;
    if (close === '' && from === -1) from = match.index;
    if ((close === '/' || empty === '/') && from !== -1) {
      const blanks = /(?<=\n)[ \t]*$/.exec(xml.slice(Math.max(0, from - 200), from))?.[0].length ?? 0;
      const line = /^[ \t]*\r?\n/.exec(xml.slice(match.index + all.length, match.index + all.length + 200));
      spans.push([from - blanks, match.index + all.length + (line?.[0].length ?? 0)]);
      from = -1;
    }
  }
  return spans;
}

/** @returns null when the text is no BPMN */
export async function readLeniently(xml: string): Promise<Element | null> {
  try {
    const { rootElement } = await new BpmnModdle(packages).fromXML(xml, 'bpmn:Definitions', { lax: true });
    return isElement(rootElement) ? rootElement : null;
  } catch {
    return null;
  }
}
