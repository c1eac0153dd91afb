import { describe, expect, it } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { roles } from '@iter/access';
import { addDays } from '@iter/legal-calendar';
import type { Span, Term } from '@iter/legal-calendar';
import { loadCatalogue, loadCatalogueReader } from '@iter/process-catalog/catalogue';
import type { CatalogueLadder } from '@iter/process-catalog/catalogue';

// What the catalogue and its ladders promise as data, beyond their schemas; the dates that follow are in `test/law`.

const processes = join(import.meta.dirname, '..', 'processes');
const catalogue = loadCatalogue(processes);
const read = (...path: string[]): string => readFileSync(join(processes, ...path), 'utf8');
const readme = read('terms', 'README.md');

const versions = new Map<string, readonly Term[]>();
for (const term of catalogue.terms()) versions.set(term.key, [...(versions.get(term.key) ?? []), term]);

const readCatalogue = loadCatalogueReader(processes);
const ladders: readonly CatalogueLadder[] = readdirSync(join(processes, 'ladders'))
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => readCatalogue(read('ladders', name), name).ladders);

const span = ({ amount, unit }: Span): string => `${amount} ${unit}`;

/** How far a term reaches, as the table in the README has it. */
function reach(term: Term): string {
  if ('until' in term) return `until the ${term.until} set`;
  const length =
    'amount' in term
      ? span(term)
      : 'month' in term.on
        ? `on ${term.on.day}/${term.on.month}`
        : `on day ${term.on.day}, ${term.on.monthsAfter} month later`;
  const { bounds } = term;
  const { min, max } = bounds ?? {};
  const settable = bounds === undefined ? '' : min || max ? '' : ', as agreed';
  const least = min ? `, at least ${span(min)}` : '';
  const most = max ? `, at most ${span(max)}` : '';
  return `${length}${term.direction === 'backward' ? ' before' : ''}${least}${most}${settable}`;
}

function row(all: readonly Term[]): string {
  const now = all.at(-1)!;
  const before = all.slice(0, -1).map((term) => `; until ${term.validTo} ${reach(term).split(',')[0]}`);
  const marks = [
    `${now.rollover || now.direction === 'backward' ? 'rolls' : ''}`,
    now.duration ? 'first day counts' : '',
    now.earliest ?? '',
  ].filter(Boolean);
  return `${reach(now)}${before.join('')} | ${now.nature}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`;
}

describe('the table of the terms', () => {
  const lines = [...readme.matchAll(/^\| `([a-z]+\.[a-z0-9-]+)` +\| ([^|]+?) +\| ([^|]+? +\| [^|]+?) +\|/gm)];
  const table = new Map(lines.map(([, key = '', id = '', figures = '']) => [key, { id, figures }]));

  it('holds every term, and no other', () => {
    expect([...table.keys()].sort()).toEqual([...versions.keys()].sort());
  });

  it.each([...versions])('says of %s what the catalogue says', (key, all) => {
    expect(table.get(key)?.figures.replace(/ +\|/, ' |')).toBe(row(all));
  });

  it('names each deadline of the pages after its term', () => {
    const named = [...table].flatMap(([key, { id }]) => (id === '–' ? [] : [[key, id.replaceAll('`', '')]]));
    for (const [key = '', id = ''] of named) {
      // Those of discipline were named before there were others.
      if (key.startsWith('disciplinary.')) continue;
      const name = id.slice(3).toLowerCase().replaceAll('_', '-');
      expect(`${key}-`.split('.')[1]?.startsWith(`${name}-`)).toBe(true);
    }
  });

  it('lists every question that a figure waits for', () => {
    const asked = catalogue
      .terms()
      .flatMap(({ mark, question = '' }) => `${mark} ${question}`.match(/Q\d+/g) ?? []);
    for (const one of new Set(asked)) expect(readme).toMatch(new RegExp(`^\\| ${one} +\\|`, 'm'));
  });
});

describe('a term', () => {
  it.each([...versions])('%s says how sure it is, and its versions follow one another', (_, all) => {
    for (const { mark } of all) {
      expect(mark).toMatch(/verified|reviewed|from memory, verify|design choice|prudential: Q\d+/);
    }
    all.slice(1).forEach(({ validFrom }, i) => expect(addDays(all[i]?.validTo ?? '', 1)).toBe(validFrom));
  });

  it.each(['it', 'en'])('that is missed has a name on the desk: %s', (language) => {
    const words = readFileSync(join(processes, `../apps/desk/src/i18n/${language}.ts`), 'utf8');
    const codes = catalogue.terms().flatMap(({ onMissed }) => onMissed.incident ?? []);
    for (const code of codes) expect(words).toContain(`\n    '${code}': '`);
  });

  it('that must be waited out announces the first lawful day instead of an alarm', () => {
    const waits = catalogue
      .terms()
      .filter(({ earliest, direction }) => earliest !== null && direction === 'forward')
      // Its end is a closing hour that people watch (selection § 8).
      .filter(({ key }) => key !== 'selection.outage');
    expect(waits.length).toBeGreaterThan(5);
    for (const { key, ladder } of waits) {
      const steps = catalogue.ladder(ladder ?? '')?.steps ?? [];
      expect([key, steps.map(({ from, days, does }) => [from, days, does])]).toEqual([
        key,
        [['earliest', 0, 'notice']],
      ]);
    }
  });

  it('from which deadlines run knows their bases', () => {
    const diagrams = readdirSync(processes, { recursive: true, encoding: 'utf8' });
    for (const name of diagrams.filter((it) => it.endsWith('.bpmn'))) {
      for (const [, key = '', inside = ''] of read(name).matchAll(
        /<iter:deadline [^>]*term="([^"]+)"[^>]*>(.*?)<\/iter:deadline>/gs,
      )) {
        const known = (versions.get(key) ?? []).flatMap(({ bases }) => bases.map((base) => base.name));
        for (const [, base] of inside.matchAll(/<iter:base name="([^"]+)"/g)) expect(known).toContain(base);
      }
    }
  });
});

describe('a ladder', () => {
  // Told late, or read days later, a number would be wrong; how much is left stands beside it.
  it.each(ladders.map((ladder) => [ladder.name, ladder] as const))(
    '%s says of no reminder how many days are left',
    (_, { steps }) => {
      const counted =
        /\b(fra|mancano|restano) \d+ (giorni|mesi)|\b(in|within) \d+ days|\d+ (days|months) (left|to) /i;
      const ahead = steps.filter(({ days, workingDays }) => (days ?? workingDays ?? 0) < 0);
      const words = ahead.flatMap(({ label }) => [label.it, label.en]);
      expect(words.filter((it) => counted.test(it))).toEqual([]);
    },
  );

  it.each(ladders.map((ladder) => [ladder.name, ladder] as const))(
    '%s calls roles that exist',
    (_, { steps }) => {
      const known = new Set<string>([...roles, 'IN_CHARGE']);
      expect(steps.flatMap(({ to }) => to.filter((role) => !known.has(role)))).toEqual([]);
    },
  );

  it.each(ladders.map((ladder) => [ladder.name, ladder] as const))('%s goes on in time', (_, { steps }) => {
    for (const from of ['safe', 'legal', 'opening']) {
      const at = steps
        .filter((step) => step.from === from)
        .map(({ days = 0, hours = 0 }) => days * 24 + hours);
      expect(at).toEqual([...at].sort((a, b) => a - b));
    }
  });

  it('stands in the table by nature, with its distances', () => {
    const rows = [...read('ladders', 'README.md').matchAll(/^\| `([A-Z_]+)` *\| `([a-z-]+)` *\| (.*) \|$/gm)];
    const told = rows.map(([, nature, name, rings]) => [
      nature,
      name,
      (rings!.match(/\d+/g) ?? []).map(Number),
    ]);
    const defaults = ladders.filter(({ defaultFor }) => defaultFor !== undefined);
    expect(told).toEqual(
      defaults.map(({ defaultFor, name, steps }) => [
        defaultFor,
        name,
        steps.flatMap(({ days = 0, repeatHours }) => [days < 0 ? -days : [], repeatHours ?? []].flat()),
      ]),
    );
  });

  it('is there for some term', () => {
    const used = new Set(catalogue.terms().map(({ ladder }) => ladder));
    expect(
      ladders.filter(({ name, defaultFor }) => !defaultFor && !used.has(name)).map(({ name }) => name),
    ).toEqual([]);
  });

  it('does not ring for what is only shown', () => {
    expect(catalogue.ladder('silent')?.steps).toEqual([]);
  });
});
