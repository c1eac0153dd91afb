import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const folder = join(import.meta.dirname, '..', '..', 'deploy');
export const deployed = (file: string): string => readFileSync(join(folder, file), 'utf8');
export const deployedYaml = (file: string): unknown => parse(deployed(file), { merge: true });

export interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<string, string>>;
}
interface Panel {
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string }[];
}

export const rules = (): readonly Rule[] =>
  (deployedYaml('watch/alerts.yaml') as { groups: { rules: Rule[] }[] }).groups.flatMap(
    (group) => group.rules,
  );
export const panels = (): readonly Panel[] =>
  (JSON.parse(deployed('watch/grafana/iter.json')) as { panels: Panel[] }).panels;
/** All that dashboard and alerts ask of Prometheus. */
export const queries = (): readonly string[] => [
  ...rules().map(({ expr }) => expr),
  ...panels().flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
];

/** A metric that a query asks for, the labels that it narrows by, and those that it groups by. */
export interface Asked {
  readonly name: string;
  readonly labels: readonly string[];
}

/** Names of a query's metrics: what is neither a function, a label, a string nor a word of the language. */
export function askedBy(query: string): readonly Asked[] {
  const words = /^(and|or|unless|by|without|on|ignoring|offset|bool|inf|nan)$/i;
  const strings = query.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const grouped = [...strings.matchAll(/\bby\s*\(([^)]*)\)/g)].flatMap(([, list]) => list!.split(/\s*,\s*/));
  const bare = strings.replace(/\bby\s*\([^)]*\)/g, ' ').replace(/\[[^\]]*\]/g, ' ');
  return [...bare.matchAll(/(?<![\w.])([a-z_]\w*)\s*(\{[^}]*\}|\()?/gi)]
    .filter(([, name, rest]) => !words.test(name!) && rest !== '(')
    .filter(({ index }) => !isInside(bare, index))
    .map(([, name, matchers = '']) => ({
      name: name!,
      labels: [...[...matchers.matchAll(/(\w+)\s*[=!]~?/g)].map(([, label]) => label!), ...grouped],
    }));
}

const isInside = (query: string, at: number): boolean =>
  query.lastIndexOf('{', at) > query.lastIndexOf('}', at);

/** Names and labels of an answer of `/metrics`. */
export function told(text: string): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const [, name, labels = ''] of text.matchAll(/^(\w+)(\{[^}]*\})? /gm)) {
    const known = names.get(name!) ?? new Set();
    for (const [, label] of labels.matchAll(/(\w+)="/g)) known.add(label!);
    names.set(name!, known);
  }
  return names;
}

/** What Prometheus itself says of each copy. */
const byPrometheus = ['job', 'instance'];

/** What is asked for and not told, in words; `up` is Prometheus' own. */
export function missing(
  asked: readonly string[],
  names: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  return [
    ...new Set(
      asked.flatMap(askedBy).flatMap(({ name, labels }) => {
        if (name === 'up') return [];
        const known = names.get(name);
        if (!known) return [name];
        return labels
          .filter((label) => !known.has(label) && !byPrometheus.includes(label))
          .map((label) => `${name}{${label}}`);
      }),
    ),
  ];
}
