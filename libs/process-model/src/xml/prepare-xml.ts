import { runs } from './complement.ts';

export interface PreparedXml {
  readonly xml: string;
  /** One prefix for each namespace of the file, whatever prefixes it uses where. */
  readonly prefixes: ReadonlyMap<string, string>;
}

/** What bpmn-moddle has a description of. */
export interface Described {
  /** Prefix of each described namespace. */
  readonly prefixes: ReadonlyMap<string, string>;
  /** Names of the attributes that are true or false. */
  readonly booleans: ReadonlySet<string>;
}

const token = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(?:[^>"']|"[^"]*"|'[^']*')*>|[^<]+/y;
const attribute = /([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/g;
const isBlank = (text: string): boolean => /^[ \t\n]*$/.test(text);

/**
 * Says in the one way that bpmn-moddle reads rightly what XML can say in several: ends of lines, whitespace and
 * characters of attributes, CDATA sections, `1` for true, and text among elements, which it would take out of its
 * place (each run of such text becomes an element of its own, see `complement.ts`). The meaning stays as it is.
 * Source: XML 1.0 §2.11, §3.3.3; XML Schema 1.0 part 2 §3.2.2
 */
export function prepareXml(xml: string, described: Described): PreparedXml {
  const preparation = new Preparation(described);
  const source = xml.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  token.lastIndex = 0;
  for (let at = 0; at < source.length; at = token.lastIndex) {
    const [found] = token.exec(source) ?? [];
    // Not well-formed from here on: the parser says what is wrong.
    if (found === undefined) return { ...preparation.result(), xml: source };
    preparation.add(found);
  }
  return preparation.result();
}

interface Open {
  readonly scope: ReadonlyMap<string, string>;
  /** Of a namespace without a description, or inside such an element. */
  readonly isForeign: boolean;
  readonly mayMix: boolean;
  readonly start: number;
  hasElements: boolean;
  hasText: boolean;
}

class Preparation {
  private readonly described: Described;
  private readonly out: string[] = [];
  private readonly texts = new Set<number>();
  private readonly open: Open[] = [];
  private readonly prefixes: Map<string, string>;
  private text = '';

  constructor(described: Described) {
    this.described = described;
    this.prefixes = new Map([...described.prefixes, [runs, 'runs']]);
  }

  result(): PreparedXml {
    this.flush();
    return { xml: this.out.join(''), prefixes: this.prefixes };
  }

  add(found: string): void {
    if (found.startsWith('<![CDATA[')) this.text += escape(found.slice(9, -3));
    else if (!found.startsWith('<')) this.text += withWideCharacters(found);
    // Comments and instructions end no text.
    else if (!found.startsWith('<!--') && !found.startsWith('<?')) {
      this.flush();
      if (found.startsWith('</')) this.close(found);
      else if (found.startsWith('<!')) this.out.push(found);
      else this.openTag(found);
    }
  }

  private flush(): void {
    if (this.text === '') return;
    const parent = this.open.at(-1);
    if (parent && !isBlank(this.text)) parent.hasText = true;
    this.texts.add(this.out.push(visible(this.text)) - 1);
    this.text = '';
  }

  private openTag(tag: string): void {
    const parent = this.open.at(-1);
    if (parent) parent.hasElements = true;
    const scope = this.scopeOf(tag, parent?.scope);
    const [, prefix = '', local = ''] = /^<(?:([^\s:/>]+):)?([^\s/>]+)/.exec(tag) ?? [];
    const uri = scope.get(prefix) ?? '';
    const isForeign = (parent?.isForeign ?? false) || !this.described.prefixes.has(uri);
    const mayMix = isForeign || (local === 'documentation' && this.described.prefixes.get(uri) === 'bpmn');
    const written = tag.replace(attribute, (_, name: string, quoted: string) => {
      const value = withWideCharacters(quoted.slice(1, -1).replace(/[\t\n]/g, ' '));
      const said =
        !isForeign && this.described.booleans.has(name) ? (truth.get(value.trim()) ?? value) : value;
      return `${name}=${quoted.charAt(0)}${said}${quoted.charAt(0)}`;
    });
    const start = this.out.push(written);
    if (!tag.endsWith('/>'))
      this.open.push({ scope, isForeign, mayMix, start, hasElements: false, hasText: false });
  }

  private close(tag: string): void {
    const closed = this.open.pop();
    if (closed && closed.mayMix && closed.hasElements && closed.hasText) {
      for (let i = closed.start; i < this.out.length; i++) {
        if (!this.texts.delete(i)) continue;
        const text = this.out[i] ?? '';
        this.out[i] = `<t:run xmlns:t="${runs}">${isBlank(text) ? `<![CDATA[${text}]]>` : text}</t:run>`;
      }
    }
    this.out.push(tag);
  }

  private scopeOf(tag: string, outer: Open['scope'] = new Map()): Open['scope'] {
    const declared = Array.from(tag.matchAll(attribute)).flatMap(
      ([, name = '', quoted = '']): [string, string][] => {
        const prefix = /^xmlns(?::(.+))?$/.exec(name);
        return prefix ? [[prefix[1] ?? '', unescaped(quoted.slice(1, -1))]] : [];
      },
    );
    for (const [prefix, uri] of declared) this.name(uri, prefix);
    return declared.length > 0 ? new Map([...outer, ...declared]) : outer;
  }

  /** The parser makes prefixes up where a file uses one twice; nobody could tell afterwards what they stood for. */
  private name(uri: string, wanted: string): void {
    if (uri === '' || this.prefixes.has(uri)) return;
    const taken = new Set([...this.prefixes.values(), 'xmlns']);
    const base = wanted === '' ? 'ns' : wanted;
    let prefix = base;
    for (let n = 1; taken.has(prefix); n++) prefix = `${base}_${n}`;
    this.prefixes.set(uri, prefix);
  }
}

const truth = new Map(Object.entries({ '1': 'true', '0': 'false', true: 'true', false: 'false' }));
const entities = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }));
const unescaped = (value: string): string =>
  value.replace(/&(\w+);/g, (all, name: string) => entities.get(name) ?? all);
const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The parser knows references to characters of 16 bits only. */
export function withWideCharacters(text: string): string {
  return text.replace(/&#(?:x([0-9a-fA-F]+)|(\d+));/g, (all, hex?: string, decimal?: string) => {
    const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
    return code > 0xffff && code <= 0x10_ffff ? String.fromCodePoint(code) : all;
  });
}

/** The parser passes over text that JavaScript calls blank; a no-break space is text. */
function visible(text: string): string {
  if (isBlank(text)) return text;
  const decoded = text.replace(/&#(?:x0*a0|0*160);/gi, '\u00a0');
  return decoded.trim() === '' ? `<![CDATA[${decoded}]]>` : text;
}
