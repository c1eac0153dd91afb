import type { DecisionDefinitions } from '@iter/dmn';
import type { Json } from '@iter/event-store';
import type { IoMapping, Label, Lookup } from '@iter/process-model';
import type { Definition, Definitions } from './definition.ts';
import { registerWords } from './register-words.ts';

/**
 * What people call the variables of a process, and the codes that they hold; several labels of one: forms differ. A name with a
 * point is that of a part of what was found in a register (`need.state`), where others who have the part alone call it otherwise,
 * and of the codes that it holds.
 */
export interface Vocabulary {
  readonly names: readonly { readonly name: string; readonly label: Label }[];
  /** `name`: the variable, or the part of one, whose value it is; null: whoever's it is. */
  readonly values: readonly { readonly name: string | null; readonly code: string; readonly label: Label }[];
  /** Names under which some form takes what people type, and those that a mapping copies it to: it stands as they wrote it. */
  readonly typed: readonly string[];
}

type Told = Pick<Definition, 'model' | 'forms'>;
/** `code` null: it is what the variable is called. */
type Said = { readonly name: string | null; readonly code: string | null; readonly label: Label | null };

/**
 * The words of a process and of all that it calls. What is declared counts before what forms ask and offer, and that before the
 * columns of tables and what is found in registers; of `iter:word`s and facts the first counts. Forms are all heard: which of
 * them a value came through is not known, so that a reader has a word only where they agree.
 */
export function vocabularyOf(
  family: readonly Told[],
  decisions: readonly DecisionDefinitions[] = [],
): Vocabulary {
  const words = new Map<string, (Said & { readonly label: Label })[]>();
  /** Says what nobody who counts more has said, all that differs. */
  const say = (some: readonly Said[]) => {
    const fresh = some.filter((one) => !words.has(keyOf(one)));
    for (const { label, ...of } of fresh) {
      const same = words.get(keyOf(of)) ?? [];
      if (label !== null && !same.some((it) => isAlike(it.label, label)))
        words.set(keyOf(of), [...same, { ...of, label }]);
    }
  };
  for (const { model } of family) for (const { of, ...word } of model.words) say([{ name: of, ...word }]);
  for (const { model } of family) {
    for (const { name, label, values } of model.facts) {
      say([{ name, code: null, label }]);
      for (const value of values ?? []) say([{ name, ...value }]);
    }
  }
  const asked: Said[] = [];
  const typed = new Set<string>();
  for (const { forms } of family) for (const form of forms.values()) ask(form);
  say(asked);
  // A table says its columns in Italian.
  say(
    decisions
      .flatMap(({ decisions: tables }) => [...tables.values()])
      .flatMap(({ logic }) => (logic.kind === 'decision-table' ? logic.outputs : []))
      .flatMap(({ name, label }) =>
        name === null || label === name ? [] : [{ name, code: null, label: bothAs(label) }],
      ),
  );
  const lookups = family.flatMap(({ model }) =>
    [...model.nodes.values()].flatMap(({ lookups = [] }) => lookups),
  );
  say(lookups.map((it) => ({ name: it.as, code: null, label: foundIn(it) })));
  for (const { register } of lookups)
    say(partsOf(register).map(([name, { label }]) => ({ name, code: null, label })));
  for (const { register, as } of lookups)
    say(
      partsOf(register).flatMap(([part, { label, codes = {} }]) => {
        const name = `${as}.${part}`;
        const isSaid = words.get(keyOf({ name: part, code: null }))?.every((it) => isAlike(it.label, label));
        return [
          ...(isSaid ? [] : [{ name, code: null, label }]),
          ...Object.entries(codes).map(([code, word]) => ({ name, code, label: word })),
        ];
      }),
    );
  const copies = family.flatMap(({ model }) =>
    [...model.nodes.values()].flatMap(({ inputs = [], outputs = [] }) =>
      [...inputs, ...outputs].flatMap(copyOf),
    ),
  );
  // What was copied may be copied on: a name that is added is looked for again.
  for (const name of typed) for (const { from, to } of copies) if (from === name) typed.add(to);
  const all = [...words.values()].flat();
  return {
    names: all.flatMap(({ name, code, label }) => (code === null && name !== null ? [{ name, label }] : [])),
    values: all.flatMap(({ name, code, label }) => (code === null ? [] : [{ name, code, label }])),
    typed: [...typed],
  };

  /** A component of a form, with what it offers and what is inside it. */
  function ask(component: Json): void {
    if (Array.isArray(component)) component.forEach(ask);
    if (!isContext(component)) return;
    const name = component['key'] ?? component['path'];
    if (typeof name === 'string' && name !== '') {
      if (component['type'] === 'textfield' || component['type'] === 'textarea') typed.add(name);
      asked.push({ name, code: null, label: labelOf(component) });
      for (const option of listOf(component['values']))
        if (isContext(option)) asked.push({ name, code: String(option['value']), label: labelOf(option) });
    }
    for (const inner of listOf(component['components'])) ask(inner);
  }
}

/** A mapping that hands a value on as it is, by the names under which it stood and stands; none: it makes another of it. */
function copyOf({ source, target }: IoMapping): readonly { readonly from: string; readonly to: string }[] {
  const [, from] = (source.constant === undefined && /^(?:\w+\.)*(\w+)$/.exec(source.text.trim())) || [];
  const to = target.split('.').at(-1)!;
  return from === undefined || from === to ? [] : [{ from, to }];
}

/** A key that is made for each of several finds several. */
const foundIn = ({ register, key }: Lookup): Label =>
  registerWords[register][/^\s*for\b/.test(key.text) ? 'entries' : 'entry'];
const partsOf = (register: Lookup['register']) => Object.entries(registerWords[register].parts);
const isAlike = (one: Label, other: Label): boolean => one.it === other.it && one.en === other.en;

const keyOf = ({ name, code }: Pick<Said, 'name' | 'code'>): string => JSON.stringify([name, code]);
const bothAs = (text: string): Label => ({ it: text, en: text });

type Context = { readonly [name: string]: Json };
const isContext = (value: Json | undefined): value is Context =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

/** What a component or an option is called, also in English where its `properties` say so. */
function labelOf(component: Context): Label | null {
  const italian = [component['label'], component['dateLabel'], component['timeLabel']].find(
    (text) => typeof text === 'string' && text !== '',
  );
  const { properties } = component;
  const english = isContext(properties) ? properties['labelEn'] : null;
  return typeof italian === 'string'
    ? { it: italian, en: typeof english === 'string' && english !== '' ? english : italian }
    : null;
}

/** What a deployed process is told with: itself, all that it calls, near or far, and the tables that they ask. */
export function toldWith(
  of: Definition,
  catalog: Pick<Definitions, 'byHash' | 'called' | 'decision'>,
): { readonly family: readonly Definition[]; readonly decisions: readonly DecisionDefinitions[] } {
  const family = new Map([[of.hash, of]]);
  const decisions = new Map<string, DecisionDefinitions>();
  for (const { hash, model } of family.values()) {
    for (const { call, decision } of model.nodes.values()) {
      const process = call?.process.constant;
      const called = typeof process === 'string' ? catalog.called(process, call!.binding, hash) : null;
      const found = called === null ? undefined : catalog.byHash(called);
      if (found) family.set(found.hash, found);
      const asked = decision?.decision.constant;
      const table = typeof asked === 'string' ? catalog.decision(asked, decision!.binding, hash) : null;
      if (table) decisions.set(table.hash, table.definitions);
    }
  }
  return { family: [...family.values()], decisions: [...decisions.values()] };
}

/** The words of deployed processes, made once each for as long as a process is told with the same. */
export function createVocabularies(
  catalog: Pick<Definitions, 'byHash' | 'called' | 'decision'>,
): (of: Definition) => Vocabulary {
  const made = new WeakMap<Definition, { readonly from: readonly object[]; readonly words: Vocabulary }>();
  return (of) => {
    const { family, decisions } = toldWith(of, catalog);
    const from = [...family, ...decisions];
    const known = made.get(of);
    if (known?.from.length === from.length && known.from.every((part, at) => part === from[at]))
      return known.words;
    const words = vocabularyOf(family, decisions);
    made.set(of, { from, words });
    return words;
  };
}
