import type { DecisionDefinitions } from '@iter/dmn';
import type { Json } from '@iter/event-store';
import type { Label } from '@iter/process-model';
import type { Definition, Definitions } from './definition.ts';

/** What people call the variables of a process, and the codes that they hold. */
export interface Vocabulary {
  readonly names: readonly { readonly name: string; readonly label: Label }[];
  /** `name`: the variable, or the part of one, whose value it is; null: whoever's it is. */
  readonly values: readonly { readonly name: string | null; readonly code: string; readonly label: Label }[];
}

type Told = Pick<Definition, 'model' | 'forms'>;

/**
 * The words of a process and of all that it calls: its `iter:word`s first, then its facts, then what its forms ask and offer,
 * then the columns of its tables. Of two words for the same the first counts.
 */
export function vocabularyOf(
  family: readonly Told[],
  decisions: readonly DecisionDefinitions[] = [],
): Vocabulary {
  const names = new Map<string, Label>();
  const values = new Map<string, Vocabulary['values'][number]>();
  const call = (name: string, label: Label | null) => {
    if (label !== null && !names.has(name)) names.set(name, label);
  };
  const say = (name: string | null, code: string, label: Label | null) => {
    const key = JSON.stringify([name, code]);
    if (label !== null && !values.has(key)) values.set(key, { name, code, label });
  };
  for (const { model } of family) for (const { code, of, label } of model.words) say(of, code, label);
  for (const { model } of family) {
    for (const { name, label, values: told } of model.facts) {
      call(name, label);
      for (const value of told ?? []) say(name, value.code, value.label);
    }
  }
  for (const { forms } of family) for (const form of forms.values()) ask(form);
  for (const { decisions: tables } of decisions) {
    for (const { logic } of tables.values()) {
      if (logic.kind !== 'decision-table') continue;
      // A table says its columns in one language.
      for (const { name, label } of logic.outputs) if (name !== null) call(name, { it: label, en: label });
    }
  }
  return {
    names: [...names].map(([name, label]) => ({ name, label })),
    values: [...values.values()],
  };

  /** A component of a form, with what it offers and what is inside it. */
  function ask(component: Json): void {
    if (Array.isArray(component)) component.forEach(ask);
    if (!isContext(component)) return;
    const name = component['key'] ?? component['path'];
    if (typeof name === 'string' && name !== '') {
      call(name, labelOf(component));
      for (const option of listOf(component['values']))
        if (isContext(option)) say(name, String(option['value']), labelOf(option));
    }
    for (const inner of listOf(component['components'])) ask(inner);
  }
}

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
