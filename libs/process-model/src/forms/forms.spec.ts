import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import type { Json } from '../model.ts';
import { withDates } from './italian-date.ts';
import { readForm } from './read-form.ts';
import { safePattern } from './safe-pattern.ts';
import { validateForm } from './validate-form.ts';
import type { FormContext } from './validate-form.ts';

type Values = Record<string, Json>;

const read = (...components: object[]) => readForm({ type: 'default', id: 'f', components });
const form = (...components: object[]) => {
  const { form: it, problems } = read(...components);
  if (!it) throw new Error(JSON.stringify(problems));
  return it;
};
const rules = (...components: object[]) => read(...components).problems.map(({ rule }) => rule);

/** Understands only what these forms say: `a = "B"`, `a != "B"`, `a = null`, `a > 0`, `today()`, a name. */
const evaluate: FormContext['evaluate'] = ({ text, constant }, context) => {
  if (constant !== undefined) return { ok: true, value: constant };
  if (text === 'today()') return { ok: true, value: '2026-03-06' };
  const value = text.split(' or ').reduce<Json>((any, part) => {
    const [, name = '', operator, literal] = /^(\w+)(?: (=|!=|>) (.+))?$/.exec(part) ?? [];
    const left = context[name] ?? null;
    if (!operator) return left;
    const right = JSON.parse(literal ?? 'null') as Json;
    const holds =
      operator === '=' ? left === right : operator === '!=' ? left !== right : Number(left) > Number(right);
    return any === true || holds;
  }, null);
  return { ok: true, value };
};
const validate = (it: ReturnType<typeof form>, values: Values, variables: Values = {}) =>
  validateForm(it, values, { variables, evaluate });
const codes = (it: ReturnType<typeof form>, values: Values, variables: Values = {}) => {
  const result = validate(it, values, variables);
  return result.ok ? [] : result.errors.map(({ pointer, code }) => `${pointer} ${code}`);
};

const component = (type: string, more: object = {}) => ({ type, id: 'x', key: 'x', label: 'X', ...more });
const options = {
  values: [
    { value: 'A', label: 'a' },
    { value: 'B', label: 'b' },
  ],
};

describe('a field', () => {
  it.each<[string, object, Json, string[]]>([
    ['textfield', {}, 'abc', []],
    ['textfield', {}, 7, ['/x not-a-text']],
    ['textfield', {}, 'a\u0000b', ['/x text-malformed']],
    ['textfield', {}, '\ud800', ['/x text-malformed']],
    ['textfield', { validate: { required: true } }, '', ['/x required']],
    ['textfield', { validate: { required: true } }, null, ['/x required']],
    ['textfield', { validate: { minLength: 3 } }, 'ab', ['/x too-short']],
    ['textfield', { validate: { maxLength: 3 } }, 'abcd', ['/x too-long']],
    ['textarea', {}, 'a'.repeat(20_001), ['/x too-long']],
    ['textfield', { validate: { pattern: '^[A-Z]+$' } }, 'abc', ['/x pattern']],
    ['textfield', { validate: { pattern: '^[A-Z]+$' } }, 'A'.repeat(300), ['/x too-long']],
    ['textfield', { validate: { validationType: 'email' } }, 'a@b.it', []],
    ['textfield', { validate: { validationType: 'email' } }, 'a b@c', ['/x pattern']],
    ['textfield', { validate: { validationType: 'phone' } }, '+39 039 975', []],
    ['number', {}, 1.5, []],
    ['number', {}, '1', ['/x not-a-number']],
    ['number', { serializeToString: true }, '1.50', []],
    ['number', { serializeToString: true }, 1, ['/x not-a-number']],
    ['number', { validate: { min: 2 } }, 1, ['/x too-small']],
    ['number', { validate: { max: '=limit' } }, 11, ['/x too-large']],
    ['number', { decimalDigits: 0 }, 1.5, ['/x too-many-decimals']],
    ['checkbox', {}, true, []],
    ['checkbox', {}, 'true', ['/x not-a-boolean']],
    ['checkbox', { validate: { required: true } }, false, ['/x required']],
    ['select', options, 'A', []],
    ['select', options, 'C', ['/x not-an-option']],
    ['radio', options, ['A'], ['/x not-an-option']],
    ['select', { valuesKey: 'list' }, 'p', []],
    ['select', { valuesKey: 'list' }, 'z', ['/x not-an-option']],
    ['select', { valuesKey: 'missing' }, 'z', ['/x not-an-option']],
    ['checklist', options, ['A', 'B'], []],
    ['checklist', options, ['A', 'A'], ['/x list-invalid']],
    ['taglist', options, ['C'], ['/x not-an-option']],
    ['taglist', options, 'A', ['/x not-a-list']],
    ['datetime', {}, '2026-02-28', []],
    ['datetime', {}, '2026-02-29', ['/x not-a-date']],
    ['datetime', {}, '2028-02-29', []],
    ['datetime', {}, '31/03/2026', ['/x not-a-date']],
    ['datetime', {}, '2026-3-1', ['/x not-a-date']],
    ['datetime', {}, '0206-03-01', ['/x not-a-date']],
    ['datetime', {}, '2026-04-15T10:00:00+02:00', ['/x not-a-date']],
    ['datetime', { subtype: 'datetime' }, '2026-04-15T10:00:00+02:00', []],
    ['datetime', { subtype: 'datetime' }, '2026-04-15T10:00', ['/x not-a-date-time']],
    ['datetime', { subtype: 'datetime' }, '2026-04-15T24:00:00Z', ['/x not-a-date-time']],
    ['datetime', { subtype: 'datetime', timeSerializingFormat: 'no_timezone' }, '2026-04-15T10:00', []],
    ['datetime', { subtype: 'time' }, '10:30', []],
    ['datetime', { subtype: 'time' }, '25:30', ['/x not-a-time']],
    ['datetime', { disallowPassedDates: true }, '2026-03-05', ['/x too-early']],
    ['datetime', { disallowPassedDates: true }, '2026-03-06', []],
    ['datetime', { properties: { notAfter: '=today()' } }, '2026-03-07', ['/x too-late']],
    [
      'datetime',
      { subtype: 'datetime', properties: { notBefore: '=from' } },
      '2026-04-01T10:00:00+02:00',
      [],
    ],
    [
      'datetime',
      { subtype: 'datetime', properties: { notBefore: '=from' } },
      '2026-04-01T09:59:00+02:00',
      ['/x too-early'],
    ],
    ['filepicker', {}, 'doc-1', []],
    ['filepicker', {}, ['a', 'b'], ['/x list-invalid']],
    ['filepicker', { multiple: true }, ['a', 'b'], []],
    ['filepicker', {}, '../etc/passwd', ['/x not-a-document']],
    ['textfield', { readonly: true }, 'other', ['/x field-read-only']],
    ['textfield', { readonly: true }, 'known', []],
    ['textfield', { disabled: true }, 'other', ['/x field-read-only']],
    ['textfield', { conditional: { hide: '=h = true' } }, 'x', ['/x field-hidden']],
    ['textfield', { conditional: { hide: '=h = true' }, validate: { required: true } }, null, []],
  ])('%s %j with %j', (type, more, value, expected) => {
    const variables = {
      x: 'known',
      h: true,
      limit: 10,
      list: ['p', { value: 'q' }],
      from: '2026-04-01T08:00:00Z',
    };
    expect(codes(form(component(type, more)), { x: value }, variables)).toEqual(expected);
  });

  it('that chooses from a register takes what is there for whoever hands it in', () => {
    const chooses = { type: 'select', id: 'x', key: 'x', label: 'X' };
    const it = form({ ...chooses, properties: { register: 'needs', offer: '=entry.postsLeft > 0' } });
    expect(it.fields[0]).toMatchObject({ register: 'needs', offer: { text: 'entry.postsLeft > 0' } });
    const judged = (value: Json) =>
      validateForm(
        it,
        { x: value },
        {
          ...{ variables: {}, evaluate },
          isOnRegister: (register, entry) => register === 'needs' && entry === 'N-1',
        },
      );
    expect(judged('N-1')).toEqual({ ok: true, values: { x: 'N-1' } });
    expect(judged(null)).toEqual({ ok: true, values: { x: null } });
    for (const other of ['N-2', 7, ['N-1']])
      expect(judged(other)).toMatchObject({ errors: [{ pointer: '/x', code: 'not-on-register' }] });
    const anew = form({
      ...chooses,
      properties: { register: 'needs', noneOf: '=used', noneOfMessage: 'Usato.' },
    });
    expect(codes(anew, { x: 'N-1' }, { used: ['N-1'] })).toEqual(['/x already-there']);
    expect(codes(anew, { x: 'N-1' }, { used: ['N-2'] })).toEqual([]);
    const member = form({
      ...chooses,
      type: 'textfield',
      properties: { oneOf: '=members', oneOfMessage: 'Non è in elenco.' },
    });
    expect(codes(member, { x: ' K-1 ' }, { members: ['K-1'] })).toEqual([]);
    expect(codes(member, { x: 'K-2' }, { members: ['K-1'] })).toEqual(['/x not-there']);
    expect(codes(member, { x: 'K-1' }, { members: [] })).toEqual(['/x not-there']);
    // Not known yet: whatever it is.
    expect(codes(member, { x: 'K-2' }, { members: null })).toEqual([]);
    // Where nobody knows the registers, the rules of the process judge alone.
    expect(codes(it, { x: 'N-2' })).toEqual([]);
    expect(rules({ ...chooses, properties: { register: 'staff' } })).toEqual(['form-invalid']);
    expect(rules({ ...chooses, type: 'radio', properties: { register: 'needs' } })).toEqual(['form-invalid']);
    expect(rules({ ...chooses, ...options, properties: { register: 'needs' } })).toEqual(['form-invalid']);
    expect(rules({ ...chooses, properties: { register: 'needs', offer: '=entry +' } })).toEqual([
      'feel-syntax',
    ]);
  });

  it('is called in each language as the form calls it', () => {
    const named = { ...component('textfield', { validate: { required: true } }), label: 'Data di adozione' };
    const told = (more: object) => validate(form({ ...named, ...more }), {});
    const it = '«Data di adozione» è obbligatorio.';
    expect(told({ properties: { labelEn: 'Day adopted' } })).toMatchObject({
      errors: [{ message: { it, en: '“Day adopted” is required.' } }],
    });
    expect(told({})).toMatchObject({ errors: [{ message: { it, en: '“Data di adozione” is required.' } }] });
  });

  it('that is not on the form is refused', () => {
    expect(codes(form(component('textfield')), { role: 'admin', 'a/b': 1 })).toEqual([
      '/role field-unknown',
      '/a~1b field-unknown',
    ]);
    const hostile = JSON.parse('{"__proto__": {"x": 1}}') as Values;
    expect(codes(form(component('textfield')), hostile)).toEqual(['/__proto__ field-unknown']);
  });
});

describe('a date with a time', () => {
  const clock = (time: string) =>
    time.startsWith('2026-03-29T02:30')
      ? { code: 'time-not-existing', message: { it: 'Non esiste.', en: 'It does not exist.' } }
      : null;
  const context: FormContext = { variables: {}, evaluate: () => ({ ok: false }), clock };
  const judged = (subtype: string, value: string) => {
    const { form: read } = readForm({ id: 'f', components: [component('datetime', { subtype })] });
    const result = validateForm(read!, { x: value }, context);
    return result.ok ? [] : result.errors;
  };

  it('must have been shown by the clocks', () => {
    expect(judged('datetime', '2026-03-29T02:30:00+01:00')).toEqual([
      { pointer: '/x', code: 'time-not-existing', message: { it: 'Non esiste.', en: 'It does not exist.' } },
    ]);
    expect(judged('datetime', '2026-03-29T03:30:00+02:00')).toEqual([]);
    expect(judged('datetime', 'mai')).toMatchObject([{ code: 'not-a-date-time' }]);
    // How it is written is not told as a date.
    for (const { message } of [...judged('datetime', 'mai'), ...judged('date', 'mai')])
      expect([withDates(message), message.it]).toEqual([message, expect.stringContaining('AAAA-MM-GG')]);
    expect(judged('date', '2026-03-29')).toEqual([]);
  });
});

describe('what a form hands over', () => {
  const deferral = readForm(
    readFileSync(
      `${import.meta.dirname}/../../../../processes/disciplinary-defence/forms/t_decideDeferral.json`,
      'utf8',
    ),
  ).form!;
  const conditions: FormContext = {
    variables: { deferralsGranted: 1, grantDeferral: true, newHearingAt: '2026-04-29T10:00:00+02:00' },
    evaluate: ({ text }, seen) => {
      const { deferralsGranted, grantDeferral } = seen;
      if (text.startsWith('deferralsGranted')) return { ok: true, value: Number(deferralsGranted) > 0 };
      if (text === 'grantDeferral = true') return { ok: true, value: grantDeferral === true };
      return { ok: true, value: grantDeferral === null || grantDeferral === false };
    },
  };

  it('is the whole truth about its fields: an earlier round leaves nothing behind', () => {
    expect(validateForm(deferral, { deferralReason: 'Una sola volta.' }, conditions)).toEqual({
      ok: true,
      values: {
        grantDeferral: null,
        newHearingAt: null,
        afterRefusal: null,
        deferralReason: 'Una sola volta.',
      },
    });
  });

  it('refuses what a condition hides, and what the hidden one would have shown', () => {
    const given = { grantDeferral: true, newHearingAt: '2026-05-13T10:00:00+02:00', deferralReason: 'x' };
    const result = validateForm(deferral, given, conditions);
    expect(result.ok ? [] : result.errors.map(({ code }) => code)).toEqual(['field-hidden', 'field-hidden']);
  });

  it('takes a text of blanks for none also where another field depends on it', () => {
    const it2 = form(
      { ...component('textfield'), key: 'a', id: 'a' },
      {
        ...component('textfield', { conditional: { hide: '=a != null' }, validate: { required: true } }),
        ...{ key: 'b', id: 'b' },
      },
    );
    expect(codes(it2, { a: ' ' })).toEqual(['/b required']);
    expect(validate(it2, { a: ' ', b: 'x' })).toEqual({ ok: true, values: { a: null, b: 'x' } });
  });

  it('settles also when fields hide one another', () => {
    const it2 = form(
      { ...component('textfield', { conditional: { hide: '=b = "1"' } }), key: 'a', id: 'a' },
      { ...component('textfield', { conditional: { hide: '=a = "1"' } }), key: 'b', id: 'b' },
    );
    expect(codes(it2, { a: '1', b: '1' }).length).toBeLessThanOrEqual(2);
    expect(validate(it2, { a: '1' })).toEqual({ ok: true, values: { a: '1', b: null } });
  });

  it('gives false for a box not ticked and nothing for what is read-only', () => {
    const it2 = form(component('checkbox'), {
      ...component('textfield', { readonly: true }),
      key: 'r',
      id: 'r',
    });
    expect(validate(it2, {}, { r: 'seen' })).toEqual({ ok: true, values: { x: false } });
  });
});

describe('a form that is refused', () => {
  it.each<[object, string]>([
    [component('iframe'), 'unsupported-component'],
    [component('button'), 'unsupported-component'],
    [{ type: 'group', path: 'a', components: [] }, 'unsupported-component'],
    [component('textfield', { key: '__proto__' }), 'field-key'],
    [component('textfield', { key: 'a.b' }), 'field-key'],
    [component('textfield', { key: undefined }), 'field-key'],
    [component('select'), 'options-missing'],
    [component('select', { values: [{ label: 'x' }] }), 'options-missing'],
    [component('textfield', { conditional: { hide: '=a +' } }), 'feel-syntax'],
    [component('textfield', { validate: { pattern: '^(a+)+$' } }), 'pattern-unsafe'],
    [component('number', { validate: { min: 'abc' } }), 'form-invalid'],
    [component('datetime', { subtype: 'year' }), 'form-invalid'],
  ])('%j', (it, rule) => {
    expect(rules(it)).toContain(rule);
    expect(read(it).form).toBeNull();
  });

  it('says so of broken files', () => {
    const broken = ['', '{', '[]', '{"id":"f"}', '{"id":"1 2","components":[]}', 'x'.repeat(600_000)];
    for (const source of broken) expect(readForm(source).form).toBeNull();
    let deep: object = component('textfield');
    for (let i = 0; i < 5_000; i++) deep = { type: 'group', components: [deep] };
    expect(rules(deep)).toEqual(['form-too-large']);
    expect(rules(component('textfield'), component('number'))).toEqual(['field-duplicate']);
  });
});

describe('patterns', () => {
  it.each([
    '^[A-Za-z0-9][A-Za-z0-9/-]*$',
    '^\\d{5}$',
    '^[A-Z]{6}\\d{2}[A-Z]\\d{2}[A-Z]\\d{3}[A-Z]$',
    '^(?:IT)?\\d{11}$',
  ])('%s is fine', (pattern) => {
    expect(safePattern(pattern)).toBeInstanceOf(RegExp);
  });
  it.each([
    '^(a+)+$',
    '^(a|a)*$',
    '(a*)*b',
    '((a?){20})a',
    '^(?:(?:a)+)+$',
    'a*a*a*a*b',
    '(a)\\1',
    '^(?=a+b).*$',
    '(?<n>a+)+',
    '[',
    'a'.repeat(201),
    'a{1,5000}',
    'a?'.repeat(12),
  ])('%s is refused', (pattern) => {
    expect(typeof safePattern(pattern)).toBe('string');
  });

  it('end soon on any text, when they are taken', () => {
    const pattern = fc.array(fc.constantFrom(...Object.keys(steps)), { maxLength: 8 });
    fc.assert(
      fc.property(pattern, (atoms) => {
        if (typeof safePattern(`^${atoms.join('')}$`) === 'string') return;
        expect(waysThrough(atoms, 255)).toBeLessThan(100_000_000);
      }),
      { numRuns: 500 },
    );
    expect(waysThrough(['a*', 'a*', 'a*', 'a*'], 255)).toBeGreaterThan(100_000_000);
  });
});

/** How far an atom takes what is tried, from `at` in a row of `a` that ends with something else: to each place in one way. */
const steps: Readonly<Record<string, (at: number, row: number) => readonly [from: number, to: number]>> = {
  a: (at, row) => [at + 1, Math.min(at + 1, row)],
  '(a)': (at, row) => [at + 1, Math.min(at + 1, row)],
  '(a|b)': (at, row) => [at + 1, Math.min(at + 1, row)],
  'a?': (at, row) => [at, Math.min(at + 1, row)],
  'a*': (at, row) => [at, row],
  '(a)*': (at, row) => [at, row],
  '.*': (at, row) => [at, row + 1],
  'a+': (at, row) => [at + 1, row],
  '(a+)': (at, row) => [at + 1, row],
  '[ab]+': (at, row) => [at + 1, row],
  '(?:ab){2}': (at) => [at + 1, at],
};

/** In how many ways the atoms take a beginning of the text: all that a search going back and forth can try at its end. */
function waysThrough(atoms: readonly string[], row: number): number {
  let ways = [1, ...Array.from({ length: row + 1 }, () => 0)];
  for (const atom of atoms) {
    const next = ways.map(() => 0);
    const mayBeEmpty = /[?*]$/.test(atom);
    ways.forEach((count, at) => {
      const [from, to] = at > row ? [at, mayBeEmpty ? at : -1] : steps[atom]!(at, row);
      for (let place = from; place <= to; place++) next[place]! += count;
    });
    ways = next;
  }
  return ways.reduce((sum, count) => sum + count, 0);
}

it('takes every form of the processes', () => {
  const root = `${import.meta.dirname}/../../../../processes`;
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((it) =>
    /forms\/.*\.json$/.test(it),
  );
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    expect({ file, problems: readForm(readFileSync(`${root}/${file}`, 'utf8')).problems }).toEqual({
      file,
      problems: [],
    });
  }
});
