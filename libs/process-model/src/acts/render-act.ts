import type { Evaluate, Json } from '@iter/feel';
import type { Place } from '../model.ts';
import type {
  ActDocument,
  ActTemplate,
  Blank,
  Block,
  Letterhead,
  Line,
  Placeholder,
  Run,
  TemplateNode,
  TextPart,
} from './act.ts';
import { elidedBefore, withElisions } from './elision.ts';
import { actFunctions, plainText } from './formats.ts';
import { joined, readMarkdown } from './markdown.ts';
import { tokenOf } from './tokens.ts';

/** A body as letterheads and texts name it. */
export type ActBody = { readonly ipa: string; readonly name: string };

/** What a template reads beside the variables of the case. */
export type ActSurroundings = {
  readonly case: { readonly id: string; readonly code: string | null; readonly process: string };
  readonly body: ActBody;
  readonly province: ActBody | null;
  /** Who is the author of the act in law. */
  readonly author: ActBody;
  readonly programme: ActBody | null;
  readonly deadlines: Json;
  /** YYYY-MM-DD, in Rome. */
  readonly today: string;
};

/** Names that mean these things in a template, whatever variables there are. */
export const actNames: readonly string[] = Object.freeze([
  ...['case', 'body', 'province', 'author', 'programme', 'deadlines', 'today'],
]);

export type RenderedAct =
  | { readonly ok: true; readonly document: ActDocument }
  | { readonly ok: false; readonly code: string; readonly place: Place; readonly message: string };

/** An expression that writes a date into what it says. */
const writesDates = /\b(?:day|moment)\s*\(/;

/** An expression that may write nothing on purpose; any other empty text is one that nobody has filled in. */
const saysNothing = /\b(?:then|else)\s*""/;

const limits = { lines: 20_000, rounds: 100_000, characters: 1_000_000 } as const;

/** Ends a rendering; caught by `renderAct` alone. */
class Unwritten extends Error {
  constructor(
    readonly code: string,
    readonly place: Place,
    message: string,
  ) {
    super(message);
  }
}

type Context = Readonly<Record<string, Json>>;

/**
 * Draws up an act: the same template, data and time give the same document. Values are text, never markup; what is null
 * is a blank to fill in, and is listed.
 * @returns the document; or the code of what cannot be written, with its place in the template and no value
 */
export function renderAct(
  template: ActTemplate,
  variables: Context,
  surroundings: ActSurroundings,
  evaluate: Evaluate,
): RenderedAct {
  try {
    return { ok: true, document: new Rendering(evaluate).document(template, variables, surroundings) };
  } catch (error) {
    if (!(error instanceof Unwritten)) throw error;
    return { ok: false, code: error.code, place: error.place, message: error.message };
  }
}

class Rendering {
  private readonly blanks: Blank[] = [];
  private readonly holes: Line[] = [];
  private characters = 0;
  private rounds = 0;

  constructor(private readonly evaluate: Evaluate) {}

  document(template: ActTemplate, variables: Context, surroundings: ActSurroundings): ActDocument {
    const context: Context = { ...variables, ...surroundings };
    const { title, letterhead, of, recipient, subject, signers, norms } = template;
    const head =
      typeof letterhead === 'string'
        ? letterheadOf(letterhead, surroundings)
        : [textOf(this.runs(letterhead, context))];
    const blocks: Block[] = [{ kind: 'letterhead', lines: head }];
    if (template.protocol) blocks.push({ kind: 'protocol' });
    if (recipient.length > 0)
      blocks.push({ kind: 'recipient', lines: recipient.map((parts) => this.runs(parts, context)) });
    if (subject) blocks.push({ kind: 'subject', runs: this.runs(subject, context) });
    blocks.push(...this.body(template.body, context));
    if (template.place) blocks.push({ kind: 'place-and-date' });
    if (signers.length > 0) {
      const boxes = signers.map(({ role, label }) => ({ role, label: this.runs(label, context) }));
      blocks.push({ kind: 'signatures', boxes });
    }
    if (norms.length > 0) blocks.push({ kind: 'norms', norms });
    return {
      ...{ template: template.name, templateVersion: template.version, templateHash: template.hash },
      ...{ title, name: of ? `${title}, ${textOf(this.runs(of, context))}` : title },
      ...{ language: 'it-IT', blocks, blanks: this.blanks },
    };
  }

  private body(nodes: readonly TemplateNode[], context: Context): readonly Block[] {
    const lines: string[] = [];
    const origin: number[] = [];
    this.expand(nodes, context, lines, origin);
    return readMarkdown(
      lines.join('\n'),
      (hole) => this.holes[hole] ?? [],
      ({ place, message }) => {
        throw new Unwritten(
          'act-construct',
          { line: origin[place.line - 1] ?? 1, column: place.column },
          message,
        );
      },
    );
  }

  private expand(nodes: readonly TemplateNode[], context: Context, lines: string[], origin: number[]): void {
    for (const node of nodes) {
      if (node.kind === 'line') {
        if (lines.length >= limits.lines) throw tooLarge({ line: node.line, column: 1 });
        let line = '';
        for (const part of node.parts)
          line = typeof part === 'string' ? line + part : this.withHole(line, part, context);
        lines.push(line);
        origin.push(node.line);
      } else if (node.kind === 'if') {
        this.expand(this.holds(node.condition, context) ? node.then : node.otherwise, context, lines, origin);
      } else {
        for (const item of this.items(node.list, context)) {
          if (++this.rounds > limits.rounds) throw tooLarge(node.list.place);
          this.expand(node.body, { ...context, [node.item]: item }, lines, origin);
        }
      }
    }
  }

  private withHole(before: string, placeholder: Placeholder, context: Context): string {
    const written = this.written(placeholder, context);
    this.holes.push(written);
    return elidedBefore(before, textOf(written)) + tokenOf(this.holes.length - 1);
  }

  private runs(parts: readonly TextPart[], context: Context): Line {
    const runs: Run[] = [];
    for (const part of parts) {
      const written = typeof part === 'string' ? [{ text: part }] : this.written(part, context);
      const before = runs.pop();
      if (before) runs.push({ ...before, text: elidedBefore(before.text, textOf(written)) });
      runs.push(...written);
    }
    return joined(runs);
  }

  /** A value as runs; a text of several lines keeps them. */
  private written(placeholder: Placeholder, context: Context): Line {
    const value = this.value(placeholder, context);
    if (value === '' && saysNothing.test(placeholder.expression.text)) return [];
    if (value === null || value === '') {
      this.leaveBlank(placeholder, 'value');
      return [{ text: '________', blank: true }];
    }
    const texts = Array.isArray(value) ? (value as readonly Json[]).map(plainText) : [plainText(value)];
    if (texts.includes(null)) {
      throw new Unwritten(
        'act-value',
        placeholder.place,
        `{{ ${placeholder.expression.text} }} è un valore composto: si nomina una sua parte, o si usa {{#each}}.`,
      );
    }
    const said = harmless(texts.join(', '));
    // A value that is only named is what somebody typed: it stays as it is.
    const text = writesDates.test(placeholder.expression.text) ? withElisions(said) : said;
    this.characters += text.length;
    if (this.characters > limits.characters) throw tooLarge(placeholder.place);
    const lines = text.split('\n');
    return lines.map((line, i): Run => (i < lines.length - 1 ? { text: line, break: true } : { text: line }));
  }

  private holds(condition: Placeholder, context: Context): boolean {
    const value = this.value(condition, context);
    if (typeof value === 'boolean') return value;
    if (value !== null)
      throw new Unwritten(
        'condition-not-boolean',
        condition.place,
        `«${condition.expression.text}» non è vero né falso.`,
      );
    this.leaveBlank(condition, 'condition');
    return false;
  }

  private items(list: Placeholder, context: Context): readonly Json[] {
    const value = this.value(list, context);
    if (Array.isArray(value)) return value as readonly Json[];
    if (value !== null)
      throw new Unwritten('act-value', list.place, `«${list.expression.text}» non è un elenco.`);
    this.leaveBlank(list, 'list');
    return [];
  }

  private value({ expression, place }: Placeholder, context: Context): Json {
    const seen: Record<string, Json> = {};
    for (const name of expression.names) {
      const value = Object.hasOwn(context, name) ? context[name] : undefined;
      if (value !== undefined) seen[name] = value;
    }
    const result = this.evaluate(expression, seen, actFunctions);
    if (!result.ok) throw new Unwritten(result.code, place, result.message);
    return result.value;
  }

  private leaveBlank({ expression, place }: Placeholder, kind: Blank['kind']): void {
    const blank = { expression: expression.text, line: place.line, kind };
    if (!this.blanks.some((it) => it.line === blank.line && it.expression === blank.expression))
      this.blanks.push(blank);
  }
}

const tooLarge = (place: Place): Unwritten =>
  new Unwritten('act-too-large', place, `Più di ${limits.lines} righe o ${limits.characters} caratteri.`);

/**
 * A text from outside as letters alone: no control characters, none that turn the direction of writing or that fonts
 * keep for themselves.
 */
function harmless(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/[\p{Cc}\p{Co}\uFFFE\uFFFF\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, (it) =>
      it === '\n' ? it : '',
    );
}

const textOf = (line: Line): string => line.map((run) => (run.break ? `${run.text} ` : run.text)).join('');

function letterheadOf(kind: Letterhead, around: ActSurroundings): readonly string[] {
  const { body, province, author, programme } = around;
  const whose = {
    comune: body,
    province: province ?? body,
    author,
    programme: programme ?? province ?? body,
  }[kind];
  return [harmless(whose.name)];
}
