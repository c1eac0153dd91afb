import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { roles } from '@iter/access';
import { parseProcesses } from '@iter/process-model';
import type { ProcessModel } from '@iter/process-model';
import { vocabularyOf } from '@iter/process-catalog';
import { wordsIn } from '../apps/desk/src/process/vocabulary.ts';

// What a table decides or a script writes is a code; whoever looks at a case reads a word in its place. Forms name what they
// offer; of all else the process says the words itself (`iter:word`).

const processes = join(import.meta.dirname, '..', 'processes');
const read = (...path: string[]) => readFileSync(join(processes, ...path), 'utf8');
const filesOf = (name: string, folder = '') =>
  readdirSync(join(processes, name, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

interface Told {
  readonly model: ProcessModel;
  readonly forms: ReadonlyMap<string, never>;
  /** Codes that some expression of it names. */
  readonly codes: ReadonlySet<string>;
}

const unescaped = (text: string) =>
  text.replaceAll('&#34;', '"').replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>');

/** Texts in capitals in FEEL; neither lengths of time nor names of deadlines. */
const codesIn = (expressions: readonly string[]) =>
  expressions
    .flatMap((one) => [...unescaped(one).matchAll(/"([A-Z][A-Z0-9_]+)"/g)].map(([, code]) => code!))
    .filter((code) => !/^P(T?\d+[A-Z])+$|^DL_/.test(code));

async function tell(name: string): Promise<readonly Told[]> {
  const bpmn = read(name, `${name}.bpmn`);
  const tables = filesOf(name).filter((file) => file.endsWith('.dmn'));
  const forms = new Map(
    filesOf(name, 'forms').map((file) => [file, JSON.parse(read(name, 'forms', file)) as never]),
  );
  const codes = codesIn([
    ...[...bpmn.matchAll(/="(=[^"]*)"/g)].map(([, text]) => text!),
    ...[...bpmn.matchAll(/Expression">(=[^<]*)</g)].map(([, text]) => text!),
    ...[...bpmn.matchAll(/ reason=("[A-Z_]+")/g)].map(([, text]) => text!),
    ...tables.flatMap((file) => [...read(name, file).matchAll(/<text>([^<]*)</g)].map(([, text]) => text!)),
  ]);
  const { models } = await parseProcesses(bpmn);
  return models.map((model) => ({ model, forms, codes: new Set(codes) }));
}

const names = readdirSync(processes, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && filesOf(entry.name).includes(`${entry.name}.bpmn`))
  .map(({ name }) => name);
const told = (await Promise.all(names.map(tell))).flat();
const callsOf = ({ nodes }: ProcessModel) =>
  [...nodes.values()].flatMap(({ call }) => (call ? [call.process.constant] : []));
const called = new Set(told.flatMap(({ model }) => callsOf(model)));

function familyOf(root: Told): readonly Told[] {
  const family = new Set([root]);
  for (const { model } of family)
    for (const key of callsOf(model)) for (const it of told) if (it.model.key === key) family.add(it);
  return [...family];
}

const isRole = new Set<string>(roles);

describe('a case of', () => {
  const begun = told.filter(({ model }) => !called.has(model.key));
  it('every process that people begin is looked at', () => expect(begun.length).toBeGreaterThan(15));

  it.each(begun.map((root) => [root.model.key, root] as const))(
    '%s shows a word for every code',
    (_, root) => {
      const family = familyOf(root);
      const words = wordsIn(vocabularyOf(family), 'it');
      const codes = new Set(family.flatMap((it) => [...it.codes]));
      const silent = [...codes].filter((code) => !isRole.has(code) && !words.isKnown(code));
      expect(silent).toEqual([]);
    },
  );
});
