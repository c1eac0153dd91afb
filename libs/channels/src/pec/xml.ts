import { hasSoundTags } from '@iter/platform/xml';
import { Parser } from 'saxen';

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** All text directly in it, references resolved. */
  readonly text: string;
}

export type XmlFault = 'too-large' | 'encoding' | 'forbidden' | 'malformed' | 'too-complex';

/** Far above what a provider writes: a message has at most some hundred recipients. */
export const xmlLimits = {
  bytes: 1024 * 1024,
  elements: 5_000,
  depth: 10,
  attributes: 20,
  tagChars: 5_000,
} as const;

interface Growing {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Growing[];
  text: string;
}

/**
 * Reads a small XML file into a tree. What attackers use (document types, entities, processing instructions, depth,
 * size) is refused before anything is made of it; nothing outside the file is ever read.
 * @returns the outermost element or the first fault; never throws
 */
export function readTree(file: Uint8Array): { ok: true; root: XmlNode } | { ok: false; fault: XmlFault } {
  if (file.byteLength > xmlLimits.bytes) return { ok: false, fault: 'too-large' };
  const xml = textIn(file);
  if (xml === null || xml.includes('\0')) return { ok: false, fault: 'encoding' };
  if (!hasSoundTags(xml, xmlLimits.tagChars)) return { ok: false, fault: 'malformed' };
  const reading = new Reading();
  reading.read(xml);
  if (reading.fault !== null) return { ok: false, fault: reading.fault };
  return reading.root === null ? { ok: false, fault: 'malformed' } : { ok: true, root: reading.root };
}

const encodings: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  'us-ascii': 'utf-8',
  'iso-8859-1': 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  'windows-1252': 'windows-1252',
};

/** In the encoding that it declares, UTF-8 without one. */
function textIn(file: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(file.subarray(0, 200));
  const declared = /^(?:ï»¿)?<\?xml\s[^>]*?encoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1] ?? 'utf-8';
  const encoding = encodings[declared.toLowerCase()];
  if (encoding === undefined) return null;
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(file);
  } catch {
    return null;
  }
}

class Reading {
  fault: XmlFault | null = null;
  root: Growing | null = null;
  private readonly parser = new Parser();
  private readonly open: Growing[] = [];
  private elements = 0;

  read(xml: string): void {
    const { parser } = this;
    parser.on('openTag', (name, attributes, _decode, selfClosing) => {
      this.enter(name, attributes());
      if (selfClosing) this.open.pop();
    });
    parser.on('closeTag', (_name, _decode, selfClosing) => {
      if (!selfClosing) this.open.pop();
    });
    parser.on('text', (text) => this.add(this.resolved(text)));
    parser.on('cdata', (text) => this.add(text));
    parser.on('comment', () => undefined);
    parser.on('attention', () => this.found('forbidden'));
    parser.on('question', (text) => {
      if (!/^<\?xml\s/.test(text)) this.found('forbidden');
    });
    parser.on('error', () => this.found('malformed'));
    // A malformed attribute is only a warning to the parser, which then leaves it out.
    parser.on('warn', () => this.found('malformed'));
    parser.parse(xml);
    if (this.open.length > 0) this.found('malformed');
  }

  private found(fault: XmlFault): void {
    this.fault ??= fault;
    this.parser.stop();
  }

  private enter(name: string, given: Readonly<Record<string, string>>): void {
    const words = Object.entries(given);
    if (
      ++this.elements > xmlLimits.elements ||
      this.open.length >= xmlLimits.depth ||
      words.length > xmlLimits.attributes
    ) {
      this.found('too-complex');
      return;
    }
    const attributes = Object.fromEntries(words.map(([key, value]) => [key, this.resolved(value)]));
    const node: Growing = { name, attributes, children: [], text: '' };
    const parent = this.open.at(-1);
    if (parent) parent.children.push(node);
    else if (this.root === null) this.root = node;
    else this.found('malformed');
    this.open.push(node);
  }

  private add(text: string): void {
    const node = this.open.at(-1);
    if (node) node.text += text;
    else if (text.trim() !== '') this.found('malformed');
  }

  /** The five references that XML itself knows, and characters by number; without a document type there are no others. */
  private resolved(text: string): string {
    return text.replace(/&([^;&]{0,12});?/g, (whole, name: string) => {
      const known = predefined[name];
      if (known !== undefined && whole.endsWith(';')) return known;
      const number = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name);
      const code = number
        ? number[1] === undefined
          ? Number(number[2])
          : Number.parseInt(number[1], 16)
        : -1;
      const isCharacter =
        whole.endsWith(';') && (code >= 0x20 || code === 9 || code === 10 || code === 13) && code <= 0x10ffff;
      if (isCharacter && (code < 0xd800 || code > 0xdfff)) return String.fromCodePoint(code);
      this.found('malformed');
      return '';
    });
  }
}

const predefined: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
