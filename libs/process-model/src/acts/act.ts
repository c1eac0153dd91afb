import type { Expression, Place } from '../model.ts';

/** Whose paper an act is written on. */
export type Letterhead = 'comune' | 'province' | 'author' | 'programme';

/** Text with holes: what stands between `{{` and `}}`. */
export type TextPart = string | Placeholder;

export interface Placeholder {
  readonly expression: Expression;
  readonly place: Place;
  /** Characters from `{{` to `}}`. */
  readonly width: number;
}

/** What the body is made of before any data: lines of Markdown, and what repeats or leaves out some of them. */
export type TemplateNode =
  | { readonly kind: 'line'; readonly parts: readonly TextPart[]; readonly line: number }
  | {
      readonly kind: 'if';
      readonly condition: Placeholder;
      readonly then: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    }
  | {
      readonly kind: 'each';
      readonly list: Placeholder;
      readonly item: string;
      readonly body: readonly TemplateNode[];
    };

export interface Signer {
  /** Code of a role. */
  readonly role: string;
  readonly label: readonly TextPart[];
}

/** A template of an act, read and checked: nothing in it that the renderer would ignore. */
export interface ActTemplate {
  /** Name of its file without `.md`: what `iter:act` names. */
  readonly name: string;
  readonly title: string;
  readonly titleEn: string | null;
  /** The author's: it rises when the act says something else. */
  readonly version: number;
  /** SHA-256 of its text, hex. */
  readonly hash: string;
  readonly norms: readonly string[];
  /** Also a name with holes: of a body that does a task in another's case. */
  readonly letterhead: Letterhead | readonly TextPart[];
  /** Tells several acts of one case apart where people choose among them: of which Comune, of which meeting. */
  readonly of: readonly TextPart[] | null;
  /** Whether the act goes through the register of protocol. */
  readonly protocol: boolean;
  readonly recipient: readonly (readonly TextPart[])[];
  /** What stands after «OGGETTO:»; null: the act has no such line. */
  readonly subject: readonly TextPart[] | null;
  readonly signers: readonly Signer[];
  /** Whether place and date are written at the end. */
  readonly place: boolean;
  readonly body: readonly TemplateNode[];
  /** Top-level names that it reads, and where first. */
  readonly reads: ReadonlyMap<string, Place>;
}

/** A piece of a line; `blank`: to be filled in by hand. */
export interface Run {
  readonly text: string;
  readonly bold?: true;
  readonly italic?: true;
  readonly blank?: true;
  /** A new line begins after it. */
  readonly break?: true;
}

export type Line = readonly Run[];

/** What an act consists of, top to bottom; how it looks is for whoever writes it to a file. */
export type Block =
  | { readonly kind: 'letterhead'; readonly lines: readonly string[] }
  | { readonly kind: 'protocol' }
  | { readonly kind: 'recipient'; readonly lines: readonly Line[] }
  | { readonly kind: 'subject'; readonly runs: Line }
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly runs: Line }
  | { readonly kind: 'paragraph'; readonly runs: Line }
  | {
      readonly kind: 'list';
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly (readonly Block[])[];
    }
  | {
      readonly kind: 'table';
      readonly align: readonly ('left' | 'center' | 'right')[];
      readonly header: readonly Line[];
      readonly rows: readonly (readonly Line[])[];
    }
  | { readonly kind: 'rule' }
  | { readonly kind: 'place-and-date' }
  | {
      readonly kind: 'signatures';
      readonly boxes: readonly { readonly role: string; readonly label: Line }[];
    }
  | { readonly kind: 'norms'; readonly norms: readonly string[] };

/** What was asked of the data and was not there. */
export interface Blank {
  readonly expression: string;
  /** Of the template. */
  readonly line: number;
  /** A hole in the text, a condition that could not be judged (it counts as not met), or a list that is missing. */
  readonly kind: 'value' | 'condition' | 'list';
}

/** An act drawn up from a template, in the language of the law it follows. */
export interface ActDocument {
  readonly template: string;
  readonly templateVersion: number;
  readonly templateHash: string;
  readonly title: string;
  /** Its title, and of what it is where the template says so: what its files are called. */
  readonly name: string;
  readonly language: 'it-IT';
  readonly blocks: readonly Block[];
  readonly blanks: readonly Blank[];
}
