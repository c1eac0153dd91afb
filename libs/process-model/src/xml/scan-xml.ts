import { Parser } from 'saxen';
import type { Place } from '../model.ts';
import type { Rule } from '../rules.ts';
import { Lexicals } from './lexicals.ts';
import { createPositions } from './positions.ts';
import { tighten } from './tighten.ts';

export interface FileLimits {
  /** Of the whole file, in UTF-8. */
  readonly bytes: number;
  /** Elements in one another. */
  readonly depth: number;
  readonly elements: number;
  /** Of one element. */
  readonly attributes: number;
  /** Of one attribute's value: icons of element templates are the longest. */
  readonly attributeChars: number;
}

/** What a file may cost; measured against attacks, see the specs. */
export const fileLimits = {
  bytes: 5 * 1024 * 1024,
  depth: 50,
  elements: 5_000,
  attributes: 100,
  attributeChars: 100_000,
} as const satisfies FileLimits;

export interface XmlFault {
  readonly rule: Extract<Rule, `xml-${string}` | `file-${string}` | 'attribute-value'>;
  readonly message: string;
  readonly place: Place;
}

export interface ScannedXml {
  /** Where the element with this id starts; the file's start for what has no id. */
  placeOf(id: string): Place;
  /** The nearest element with an id that starts at or before a place. */
  elementAt(place: Place): string;
  readonly elements: number;
  /** Namespace and local name of the outermost element. */
  readonly root: { readonly uri: string; readonly local: string };
  /** First reason not to read further; null: none. */
  readonly fault: XmlFault | null;
  /** Values that their attributes do not take. */
  readonly values: readonly XmlFault[];
  /** The text as the reader takes it: attributes without blanks around `=`, booleans as `true` and `false`. */
  readonly text: string;
}

const start: Place = { line: 1, column: 1 };
/** Diagram parts are drawing only: they are many, and nothing in them is executed. */
const drawing = /(?:^|:)(?:BPMN(?:Diagram|Plane|Shape|Edge|Label|LabelStyle)|Bounds|Font|waypoint)$/;
/** Texts where none can be: the reader is slow to complain, so it does not get to see many. */
const mostStrayTexts = 20;
const takesText =
  /(?:Ref|Refs|Expression|ocumentation|text|script|body|from|to|condition|incoming|outgoing|time\w+|\w*[cC]ondition|import\w*|loopCardinality|transformation|value|name|dataState|userTaskForm)$/;
const ours = new Set([
  'http://www.omg.org/spec/BPMN/20100524/MODEL',
  'http://www.omg.org/spec/BPMN/20100524/DI',
  'http://www.omg.org/spec/DD/20100524/DI',
  'http://www.omg.org/spec/DD/20100524/DC',
  'http://camunda.org/schema/zeebe/1.0',
  'urn:iter:bpmn:1',
]);

/**
 * Looks through a file before anything is built from it: its size, its depth, and what XML offers to attackers
 * (document types, entities, processing instructions), which no process needs. Remembers where each id stands.
 */
export function scanXml(given: string, limits: FileLimits = fileLimits): ScannedXml {
  const scan = new Scan(limits);
  const bytes = bytesOf(given, limits);
  const xml = bytes > limits.bytes ? given : tighten(given);
  if (bytes > limits.bytes) {
    const megabytes = (bytes / 1024 / 1024).toFixed(1);
    scan.found('file-too-large', `A file has at most 5 MB; this one has ${megabytes} MB.`, start);
  } else if (/[\0\ufffd]/.test(xml)) {
    scan.found(
      'xml-encoding',
      'The file is not written in UTF-8, or holds characters that XML forbids.',
      start,
    );
  } else if (hasEndlessTag(xml, limits)) {
    scan.found('file-too-complex', `An element has at most ${limits.attributes} attributes.`, start);
  } else scan.read(xml);
  return {
    fault: scan.fault,
    elements: scan.elements,
    root: scan.root,
    values: scan.lexicals.faults,
    text: scan.fault ? xml : scan.lexicals.applied(xml),
    placeOf: (id) => scan.places.get(id) ?? start,
    elementAt(place) {
      const after = (it: Place): boolean =>
        it.line > place.line || (it.line === place.line && it.column > place.column);
      return scan.starts.findLast((it) => !after(it.place))?.id ?? '';
    },
  };
}

/** Length in UTF-8, counted only where it could matter. */
function bytesOf(xml: string, limits: FileLimits): number {
  return xml.length * 3 <= limits.bytes || xml.length > limits.bytes
    ? xml.length
    : new TextEncoder().encode(xml).length;
}

/**
 * Whether some tag has far more words than attributes are allowed. The parser complains of each before it can be
 * stopped, which takes ten seconds for a million: such a tag must not reach it.
 */
function hasEndlessTag(xml: string, limits: FileLimits): boolean {
  const suspicious = limits.attributes * 20;
  for (let at = xml.indexOf('<'); at !== -1; at = xml.indexOf('<', at)) {
    // Comments and sections of characters hold anything.
    const closing = xml.startsWith('<!--', at) ? '-->' : xml.startsWith('<![CDATA[', at) ? ']]>' : null;
    const next = closing === null ? xml.indexOf('<', at + 1) : xml.indexOf(closing, at);
    const end = next === -1 ? xml.length : next;
    if (closing === null && end - at > suspicious) {
      const [tag = ''] = /^<(?:[^>"']|"[^"]*"|'[^']*')*/.exec(xml.slice(at, end)) ?? [];
      const words = tag.replaceAll(/"[^"]*"|'[^']*'/g, '').match(/\s[^\s]/g)?.length ?? 0;
      if (words > limits.attributes * 3) return true;
    }
    at = end;
  }
  return false;
}

class Scan {
  readonly places = new Map<string, Place>();
  readonly starts: { place: Place; id: string }[] = [];
  readonly lexicals = new Lexicals();
  fault: XmlFault | null = null;
  elements = 0;
  root = { uri: '', local: '' };
  private readonly parser = new Parser();
  private readonly open: string[] = [];
  private readonly prefixes = new Map<string, string>();
  private strayTexts = 0;
  private readonly limits: FileLimits;

  constructor(limits: FileLimits) {
    this.limits = limits;
  }

  found(rule: XmlFault['rule'], message: string, place: Place): void {
    this.fault ??= { rule, message, place };
    this.parser.stop();
  }

  read(xml: string): void {
    const positions = createPositions(xml);
    const { parser } = this;
    parser.on('openTag', (name, attributes, _decode, selfClosing) => {
      const at = positions.ofTag(name);
      this.enter(name, attributes(), at, positions.offset());
      if (selfClosing) this.open.pop();
    });
    parser.on('closeTag', (_name, _decode, selfClosing) => {
      if (!selfClosing) this.open.pop();
    });
    parser.on('text', (text) => this.text(text, positions.here()));
    parser.on('cdata', (text) => {
      positions.skip('<![CDATA[', ']]>');
      this.text(text, positions.here());
    });
    parser.on('comment', () => positions.skip('<!--', '-->'));
    parser.on('attention', (text) => {
      this.found('xml-forbidden', 'Document types and entities are not accepted.', positions.of(text));
    });
    parser.on('question', (text) => {
      if (!/^<\?xml\s/.test(text)) {
        this.found('xml-forbidden', 'Processing instructions are not accepted.', positions.of(text));
      }
    });
    const malformed = (error: Error): void => {
      // The parser tells of every attribute, also when it was stopped.
      if (this.fault) return;
      this.found('xml-malformed', `This is not well-formed XML: ${error.message}.`, positions.here());
    };
    parser.on('error', malformed);
    // A malformed attribute is only a warning to the parser, which then leaves it out.
    parser.on('warn', malformed);
    parser.parse(xml);
  }

  private enter(name: string, attributes: Readonly<Record<string, string>>, at: Place, offset: number): void {
    this.open.push(name);
    if (this.open.length > this.limits.depth) {
      this.found('file-too-complex', `Elements lie at most ${this.limits.depth} deep in one another.`, at);
    }
    if (!drawing.test(name) && ++this.elements > this.limits.elements) {
      const message = `A file has at most ${this.limits.elements} elements, its drawing not counted.`;
      this.found('file-too-complex', message, at);
    }
    const names = Object.keys(attributes);
    if (names.length > this.limits.attributes) {
      this.found('file-too-complex', `An element has at most ${this.limits.attributes} attributes.`, at);
    }
    if (names.some((attribute) => (attributes[attribute] ?? '').length > this.limits.attributeChars)) {
      const message = `An attribute has at most ${this.limits.attributeChars} characters.`;
      this.found('file-too-complex', message, at);
    }
    for (const attribute of names) {
      const prefix = /^xmlns(?::(.+))?$/.exec(attribute);
      if (prefix) this.prefixes.set(prefix[1] ?? '', attributes[attribute] ?? '');
    }
    if (this.open.length === 1) {
      this.root = { uri: this.uriOf(name), local: name.split(':').at(-1) ?? '' };
    }
    if (this.isOurs(name)) this.lexicals.examine(attributes, at, offset);
    const { id } = attributes;
    if (id === undefined || this.places.has(id)) return;
    this.places.set(id, at);
    this.starts.push({ place: at, id });
  }

  private text(text: string, at: Place): void {
    if (text.trim() === '') return;
    const name = this.open.at(-1) ?? '';
    if (takesText.test(name.split(':').at(-1) ?? '') || !this.isOurs(name)) return;
    if (++this.strayTexts > mostStrayTexts) {
      this.found('xml-content', 'Text stands between elements where none belongs.', at);
    }
  }

  private isOurs(name: string): boolean {
    return ours.has(this.uriOf(name));
  }

  private uriOf(name: string): string {
    return this.prefixes.get(name.slice(0, Math.max(0, name.indexOf(':')))) ?? '';
  }
}
