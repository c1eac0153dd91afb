import type { ChoiceRegister, Expression, Json } from '../model.ts';

/** Fixed, or computed with the case's variables when the form is judged. */
export type Setting<T extends Json> = T | { readonly expression: Expression };

export interface FormOption {
  readonly value: Json;
  readonly label: string;
}

/** A value that the form asks for. Its key is the variable's name. */
export interface FormField {
  readonly type:
    | 'textfield'
    | 'textarea'
    | 'number'
    | 'checkbox'
    | 'checklist'
    | 'taglist'
    | 'radio'
    | 'select'
    | 'datetime'
    | 'filepicker';
  readonly id: string;
  readonly key: string;
  readonly label: string;
  /** The Italian one where the form has no other. */
  readonly labelEn: string;
  /** Hidden when any of these holds: its own condition and those of the groups around it. */
  readonly hide: readonly Expression[];
  /** `readonly` or `disabled`: shown, never handed in. */
  readonly readOnly: Setting<boolean>;
  readonly required: Setting<boolean>;
  /** Characters. */
  readonly minLength: Setting<number> | null;
  readonly maxLength: Setting<number> | null;
  readonly min: Setting<number> | null;
  readonly max: Setting<number> | null;
  readonly pattern: RegExp | null;
  readonly patternMessage: string | null;
  /** Digits after the point; null: whatever. */
  readonly decimals: number | null;
  /** The number is handed in as text. */
  readonly asText: boolean;
  readonly subtype: 'date' | 'time' | 'datetime' | null;
  /** Times carry no offset. */
  readonly localTime: boolean;
  /** First and last date or time allowed: `properties.notBefore`, `notAfter`, `disallowPassedDates`. */
  readonly notBefore: Setting<string> | null;
  readonly notAfter: Setting<string> | null;
  /**
   * Values that are refused, because the case has them already: `properties.noneOf`, which sees its variables alone, and why
   * in `noneOfMessage`.
   */
  readonly noneOf: Expression | null;
  readonly noneOfMessage: string | null;
  /**
   * The only texts that are taken, spaces around them aside: `properties.oneOf`, which sees the case's variables alone (null:
   * not known yet, any is taken), and why others are not in `oneOfMessage`, after which the first of them are named.
   */
  readonly oneOf: Expression | null;
  readonly oneOfMessage: string | null;
  /** The fixed options; null: they come from `optionsFrom`, or there are none. */
  readonly options: readonly FormOption[] | null;
  readonly optionsFrom: Expression | null;
  /**
   * The register of which an entry is chosen, among those that the person may see: `properties.register`, on a select without
   * values.
   */
  readonly register: ChoiceRegister | null;
  /**
   * Which entries are offered: `properties.offer`, which sees the `entry`, the case's `comune` and, of a task, its variables. It
   * narrows what is shown; whether what is handed in fits is for the rules of the process, which say why not, and for the form where there can be no
   * rules: on what arrives.
   */
  readonly offer: Expression | null;
  /** File picker: several documents. */
  readonly multiple: boolean;
}

/** Rows of fields. Its key is the variable's name, which becomes a list of contexts. */
export interface FormList {
  readonly id: string;
  readonly key: string;
  readonly label: string;
  /** The Italian one where the form has no other. */
  readonly labelEn: string;
  readonly hide: readonly Expression[];
  /** Shown, never handed in. */
  readonly readOnly: Setting<boolean>;
  /** Of one row; conditions see the row's own values and, beside them, the form's. */
  readonly fields: readonly FormField[];
  readonly minRows: Setting<number>;
  readonly maxRows: Setting<number>;
  /** Its rows are those that the case knows: none is added, taken away or moved. */
  readonly fixedRows: boolean;
  /** Keys that together tell the rows apart; empty: rows may be alike. */
  readonly uniqueBy: readonly string[];
  /** Rows that must not be handed in, since the case has them already. */
  readonly noneOf: KnownRows | null;
  /** The only rows that may be handed in. */
  readonly oneOf: KnownRows | null;
}

/**
 * Rows that the case knows. A row is one of them when it agrees with it in all the keys of `uniqueBy` that the known one has;
 * a known one that has none of them is nobody's.
 */
export interface KnownRows {
  /** A list of contexts. */
  readonly rows: Expression;
  /** Why a row is refused, in the words of the form. */
  readonly message: string | null;
}

/** A form read once, at deployment. */
export interface Form {
  readonly id: string;
  readonly name: string;
  /** In the order of the drawing; those of rows are with their list. */
  readonly fields: readonly FormField[];
  readonly lists: readonly FormList[];
}
