import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { roles } from '@iter/access';
import { parseDecisions } from '@iter/dmn';
import type { DecisionDefinitions } from '@iter/dmn';
import { parseProcesses } from '@iter/process-model';
import type { ProcessModel } from '@iter/process-model';
import { registerWords, vocabularyOf } from '@iter/process-catalog';
import type { CatalogueEntry, EligibilityList, Need, Ranking } from '@iter/read-models';
import { roleNames } from '../apps/api/src/case-file/fascicolo.ts';
import { it as italian } from '../apps/desk/src/i18n/it.ts';
import { registersEn } from '../apps/desk/src/i18n/registers-en.ts';
import { registersIt } from '../apps/desk/src/i18n/registers-it.ts';
import { wordsIn } from '../apps/desk/src/process/vocabulary.ts';

// What a table decides or a script writes is a code; whoever looks at a case reads a word in its place. Forms name what they
// offer; of all else the process says the words itself (`iter:word`), and where forms differ as well.

const processes = join(import.meta.dirname, '..', 'processes');
const read = (...path: string[]) => readFileSync(join(processes, ...path), 'utf8');
const filesOf = (name: string, folder = '') =>
  readdirSync(join(processes, name, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

interface Told {
  readonly model: ProcessModel;
  readonly forms: ReadonlyMap<string, never>;
  readonly tables: readonly DecisionDefinitions[];
  /** Codes that some expression of it names. */
  readonly codes: ReadonlySet<string>;
  /** Variables, and codes that a mapping or a table gives them. */
  readonly given: readonly (readonly [name: string, code: string])[];
}

const unescaped = (text: string) =>
  text.replaceAll('&#34;', '"').replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>');

/** Texts in capitals in FEEL; neither lengths of time nor names of deadlines. */
const codesIn = (expressions: readonly string[]) =>
  expressions
    .flatMap((one) => [...unescaped(one).matchAll(/"([A-Z][A-Z0-9_]+)"/g)].map(([, code]) => code!))
    .filter((code) => !/^P(T?\d+[A-Z])+$|^DL_/.test(code));

/** Codes that come out of an expression, which it does not only compare with. */
const resultsOf = (expression: string) =>
  codesIn(
    [...unescaped(expression).matchAll(/(?:^=?|\bthen|\belse)\s*("[A-Z][A-Z0-9_]+")/g)].map(
      ([, code]) => code!,
    ),
  );

const givenByMapping = (bpmn: string) =>
  [...bpmn.matchAll(/<zeebe:(?:in|out)put source="([^"]*)" target="(\w+)"/g)].flatMap(([, source, target]) =>
    resultsOf(source!).map((code) => [target!, code] as const),
  );

const givenByTable = ({ decisions }: DecisionDefinitions) =>
  [...decisions.values()].flatMap(({ logic }) =>
    logic.kind !== 'decision-table'
      ? []
      : logic.rules.flatMap(({ outputs }) =>
          outputs.flatMap(({ text }, at) =>
            resultsOf(text).map((code) => [logic.outputs[at]!.name, code] as const),
          ),
        ),
  );

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
  const parsed = await Promise.all(tables.map((file) => parseDecisions(read(name, file))));
  const decisions = parsed.map(({ definitions }) => definitions!);
  const given = [
    ...givenByMapping(bpmn),
    ...decisions.flatMap(givenByTable).flatMap(([of, code]) => (of === null ? [] : [[of, code] as const])),
  ];
  return models.map((model) => ({ model, forms, tables: decisions, codes: new Set(codes), given }));
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

/** How a case of it may end: the ends of the process itself. */
const outcomesOf = ({ nodes }: ProcessModel) =>
  [...nodes.values()]
    .filter(({ type, scope }) => type === 'bpmn:EndEvent' && scope === null)
    .map(({ id }) => id.replace(/^end_/, ''));

const isRole = new Set<string>(roles);

describe('a case of', () => {
  const begun = told.filter(({ model }) => !called.has(model.key));
  it('every process that people begin is looked at', () => expect(begun.length).toBeGreaterThan(15));

  const all = begun.map((root) => [root.model.key, root] as const);

  it.each(all)('%s shows a word for every code', (_, root) => {
    const family = familyOf(root);
    const vocabulary = vocabularyOf(
      family,
      family.flatMap(({ tables }) => tables),
    );
    const known = new Set(vocabulary.values.map(({ code }) => code));
    const codes = new Set(family.flatMap((it) => [...it.codes]));
    expect([...codes].filter((code) => !isRole.has(code) && !known.has(code))).toEqual([]);

    const words = wordsIn(vocabulary, 'it', (code) => (isRole.has(code) ? code : null));
    const silent = family
      .flatMap(({ given }) => given)
      .filter(([name, code]) => words.valueOf(name, code) === null);
    expect(silent).toEqual([]);
  });

  it.each(all)('%s names all that it finds in registers', (_, root) => {
    const family = familyOf(root);
    const named = new Set(vocabularyOf(family).names.map(({ name }) => name));
    const found = family.flatMap(({ model }) => [...model.nodes.values()].flatMap(({ lookups }) => lookups));
    expect(found.filter(({ as }) => !named.has(as))).toEqual([]);
  });

  // Which form a value came through is not known: a form's own words would be wrong for what came through another.
  it.each(all)('%s calls each variable and each code by one word', (_, root) => {
    const family = familyOf(root);
    const { names, values } = vocabularyOf(family);
    const said = [...names, ...values].map((one) => ('code' in one ? `${one.name}=${one.code}` : one.name));
    expect(said.filter((one, at) => said.indexOf(one) !== at)).toEqual([]);
  });
});

/** The parts of an entry, and those of the rows in it; a part that is added or leaves does not compile. */
type PartsOf<Entry> = Readonly<Record<keyof Entry, true>>;
type Row<Rows> = Rows extends readonly (infer One)[] ? One : never;

it('every part of what registers of views have has words, and no words are of no part', () => {
  const need: PartsOf<Need & Row<Need['uses']>> = {
    ...{ needRef: true, comune: true, profile: true, area: true, contractType: true, contractMonths: true },
    ...{ posts: true, postsLeft: true, channel: true, state: true, publishSubjectTo34bis: true, uses: true },
    ...{ case: true, process: true, since: true, partTimePct: true, seat: true },
  };
  const ranking: PartsOf<Ranking> = {
    ...{
      rankingRef: true,
      body: true,
      bodies: true,
      profile: true,
      validUntil: true,
      ranked: true,
      drawn: true,
      forFixedTerm: true,
    },
  };
  const list: PartsOf<EligibilityList & Row<EligibilityList['members']>> = {
    ...{ listRef: true, body: true, bodies: true, profiles: true, members: true },
    ...{ candidateRef: true, since: true, until: true },
  };
  const edition: PartsOf<CatalogueEntry & { state: string; takesEnrolments: boolean }> = {
    ...{ caseId: true, courseRef: true, title: true, subject: true, mode: true, hours: true, sessions: true },
    ...{
      firstSessionOn: true,
      lastSessionOn: true,
      maxSeats: true,
      waiting: true,
      freeSeats: true,
      state: true,
      takesEnrolments: true,
    },
  };
  const states: Readonly<Record<Need['state'], true>> = {
    ...{
      OPEN: true,
      WAITING_34BIS: true,
      READY_INTERPELLO: true,
      READY_COMPETITION: true,
      READY_RANKING: true,
    },
    ...{ COVERED: true, WITHDRAWN: true },
  };
  const { needs } = registerWords;
  for (const [parts, words] of [
    [need, needs.parts],
    [ranking, registerWords.ranking.parts],
    [list, registerWords['eligibility-list'].parts],
    [edition, registerWords.edition.parts],
    [states, needs.parts['state']!.codes!],
  ] as const)
    expect(Object.keys(words).toSorted()).toEqual(Object.keys(parts).toSorted());
});

it('the models of service have the same words on the registers’ page, in what cases look up and in a Comune’s request', () => {
  const { codes } = registerWords.convention.parts['serviceModel']!;
  expect(Object.fromEntries(Object.entries(codes!).map(([code, { it }]) => [code, it]))).toEqual(
    registersIt.registers.models,
  );
  expect(Object.fromEntries(Object.entries(codes!).map(([code, { en }]) => [code, en]))).toEqual(
    registersEn.registers.models,
  );
  const request = read('comune-onboarding', 'forms', 'start_request.json');
  for (const { it, en } of Object.values(codes!)) {
    expect(request).toContain(`"label": "${it}"`);
    expect(request).toContain(`"labelEn": "${en}"`);
  }
});

it('calls roles in the file of a case, to be read and printed, as the desk does', () => {
  expect(italian.role).toMatchObject(roleNames);
});

it.each(told.filter(({ model }) => !called.has(model.key)).map(({ model }) => [model.key, model] as const))(
  'statistics say in words how a case of %s ended',
  (_, model) => {
    expect(outcomesOf(model)).not.toEqual([]);
    const unsaid = outcomesOf(model).filter(
      (outcome) => !Object.hasOwn(italian.statistics.outcomes, outcome),
    );
    expect(unsaid).toEqual([]);
  },
);
