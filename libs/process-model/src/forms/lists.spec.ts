import { describe, expect, it } from '@jest/globals';
import { createEvaluator } from '@iter/feel/evaluation';
import type { Json } from '../model.ts';
import { italianDate, withItalianDates } from './italian-date.ts';
import { readForm } from './read-form.ts';
import { validateForm } from './validate-form.ts';
import type { FormContext } from './validate-form.ts';

type Values = Record<string, Json>;

const members = (more: object = {}, ...components: object[]) => ({
  type: 'dynamiclist',
  id: 'field_members',
  path: 'members',
  label: 'Membri',
  components: [
    { type: 'textfield', key: 'name', label: 'Nome', validate: { required: true } },
    {
      type: 'group',
      components: [
        {
          type: 'datetime',
          key: 'since',
          dateLabel: 'Dal',
          properties: { notBefore: '=openedOn' },
          conditional: { hide: '=role = "GUEST"' },
        },
      ],
    },
    { type: 'select', key: 'role', label: 'Ruolo', values: [{ value: 'MEMBER' }, { value: 'GUEST' }] },
    ...components,
  ],
  ...more,
});
const read = (...components: object[]) => readForm({ id: 'f', components });
const rules = (...components: object[]) => read(...components).problems.map(({ rule }) => rule);
const feel = (): FormContext['evaluate'] =>
  createEvaluator({
    now: '2026-03-06T09:00:00.000Z',
    zone: 'Europe/Rome',
    limits: { steps: 1_000_000, size: 256 * 1024, depth: 100 },
    clock: () => 0,
    budgetMs: 250,
    pattern: () => ({ ok: false, code: 'expression-failed', message: '' }) as never,
  });
const validate = (
  component: object,
  given: Json | undefined,
  variables: Values = {},
  more: object[] = [],
) => {
  const { form, problems } = read(component, ...more);
  if (!form) throw new Error(JSON.stringify(problems));
  const values: Values = given === undefined ? {} : { members: given };
  return validateForm(form, values, { variables, evaluate: feel() });
};
const codes = (...asked: Parameters<typeof validate>) => {
  const result = validate(...asked);
  return result.ok ? [] : result.errors.map(({ pointer, code }) => `${pointer} ${code}`);
};
const ada = { name: 'Ada', role: 'MEMBER', since: '2026-03-02' };
const rowsOf = (count: number, row: (at: number) => object = () => ada) =>
  Array.from({ length: count }, (_, at) => row(at)) as Json;

describe('a list of a form', () => {
  it('hands over contexts with exactly the fields of a row', () => {
    expect(validate(members(), [ada, { name: 'Bruno' }])).toEqual({
      ok: true,
      values: { members: [ada, { name: 'Bruno', since: null, role: null }] },
    });
    expect(validate(members(), undefined)).toEqual({ ok: true, values: { members: [] } });
    // A blank hides nothing that is asked for, in the row or beside the list.
    const hides = { conditional: { hide: '=name != null' }, validate: { required: true } };
    expect(
      codes(
        members({
          components: [
            { type: 'textfield', key: 'name', label: 'Nome' },
            { type: 'textfield', key: 'why', label: 'Perché', ...hides },
          ],
        }),
        [{ name: ' ', why: null }],
      ),
    ).toEqual(['/members/0/why required', '/members/0 row-empty']);
    const beside = {
      ...{ type: 'textfield', key: 'why', label: 'Perché', validate: { required: true } },
      conditional: { hide: '=some m in members satisfies m.name != null' },
    };
    expect(
      codes(
        members({
          components: [
            { type: 'textfield', key: 'name', label: 'Nome' },
            { type: 'textfield', key: 'note', label: 'Nota' },
          ],
        }),
        [{ name: ' ', note: 'x' }],
        {},
        [beside],
      ),
    ).toEqual(['/why required']);
    expect(validate(members(), [{ ...ada, name: ' Ada\t' }])).toEqual({
      ok: true,
      values: { members: [ada] },
    });
  });

  it.each<[object, Json, string[]]>([
    [{}, 'x', ['/members not-a-list']],
    [{}, [ada, 7], ['/members/1 not-a-row']],
    [{}, [[ada]], ['/members/0 not-a-row']],
    [{}, [{ role: 'GUEST' }], ['/members/0/name required']],
    [{}, [ada, { ...ada, role: 'KING' }], ['/members/1/role not-an-option']],
    [{}, [{ ...ada, salary: 1 }], ['/members/0/salary field-unknown']],
    [{}, [{ ...ada, since: '2026-03-01' }], ['/members/0/since too-early']],
    [{}, [{ ...ada, role: 'GUEST' }], ['/members/0/since field-hidden']],
    [{ properties: { minRows: 1 } }, [], ['/members required']],
    [{ properties: { minRows: 2 } }, [ada], ['/members too-few-rows']],
    [{ properties: { maxRows: '=posts' } }, [ada, ada], ['/members too-many-rows']],
    [
      { properties: { uniqueBy: 'name, role' } },
      [ada, { ...ada, role: null }, ada],
      ['/members/2/name not-unique'],
    ],
    // A code with a blank at its end is that code.
    [{ properties: { uniqueBy: 'name' } }, [ada, { ...ada, name: ' Ada ' }], ['/members/1/name not-unique']],
    [
      { properties: { uniqueBy: 'name', noneOf: '=enrolled' } },
      [{ ...ada, name: 'Ada ' }],
      ['/members/0/name already-there'],
    ],
    [{ properties: { uniqueBy: 'name', oneOf: '=enrolled' } }, [{ ...ada, name: 'Ada ' }], []],
    [{}, [{ ...ada, name: ' ' }], ['/members/0/name required']],
    [
      { properties: { uniqueBy: 'name', noneOf: '=enrolled' } },
      [{ ...ada, name: 'Bruno' }, ada],
      ['/members/1/name already-there'],
    ],
    // Another body's person of the same name is somebody else; one of whom no role is known is whoever has the name.
    [
      { properties: { uniqueBy: 'role, name', noneOf: '=enrolled' } },
      [{ ...ada, role: null }, ada],
      ['/members/1/role already-there'],
    ],
    [
      { properties: { uniqueBy: 'role, name', noneOf: '=[{name: "Ada", role: null}, {name: null}]' } },
      [ada, { ...ada, name: 'Bruno' }],
      ['/members/0/role already-there'],
    ],
    [{ properties: { uniqueBy: 'name', noneOf: '=unheardOf' } }, [ada], []],
    [
      { properties: { uniqueBy: 'name', oneOf: '=enrolled' } },
      [ada, { ...ada, name: 'Bruno' }],
      ['/members/1/name not-there'],
    ],
    [{ properties: { uniqueBy: 'name', oneOf: '=unheardOf' } }, [ada], ['/members/0/name not-there']],
    [{ conditional: { hide: '=closed' } }, [ada], ['/members field-hidden']],
    [{ readonly: true }, [], ['/members field-read-only']],
    [{ readonly: true }, [ada], []],
  ])('%j with %j', (more, given, expected) => {
    const variables = { openedOn: '2026-03-02', posts: 1, closed: true, members: [ada], enrolled: [ada] };
    expect(codes(members(more), given, variables)).toEqual(expected);
  });

  it('asks once who is there already, however many rows there are', () => {
    const { form } = read(members({ properties: { uniqueBy: 'name', noneOf: '=enrolled' } }));
    let asked = 0;
    const evaluate: FormContext['evaluate'] = (...question) => {
      if (question[0].text.includes('enrolled')) asked++;
      return feel()(...question);
    };
    const values = { members: rowsOf(500, (at) => ({ ...ada, name: `M-${at}` })) };
    expect(validateForm(form!, values, { variables: { enrolled: [ada] }, evaluate }).ok).toBe(true);
    expect(asked).toBe(1);
  });

  it('refuses a row of nothing, where nothing is asked for', () => {
    const free = members({ components: [{ type: 'textfield', key: 'note', label: 'Nota' }] });
    expect(codes(free, [{ note: 'x' }, { note: '' }, {}])).toEqual([
      '/members/1 row-empty',
      '/members/2 row-empty',
    ]);
  });

  it('has at most 500 rows where nothing is said, 5,000 in any case, and so many characters', () => {
    expect(codes(members(), rowsOf(500))).toEqual([]);
    expect(codes(members(), rowsOf(501))).toEqual(['/members too-many-rows']);
    const wide = members({ properties: { maxRows: '=1000000' } });
    expect(codes(wide, rowsOf(5_000))).toEqual([]);
    expect(codes(wide, rowsOf(5_001))).toEqual(['/members too-many-rows']);
    expect(
      codes(
        members(),
        rowsOf(20, () => ({ name: 'a'.repeat(30_000) })),
      ),
    ).toEqual(['/members list-too-large']);
    const named = members({ properties: { labelEn: 'Members' } });
    expect(
      validate(
        named,
        rowsOf(20, () => ({ name: 'a'.repeat(30_000) })),
      ),
    ).toMatchObject({ errors: [{ message: { en: expect.stringMatching(/^“Members” is too large/) } }] });
  });

  it('sees the row first, then the form and the case', () => {
    const bounded = members(
      {},
      {
        type: 'number',
        key: 'hours',
        label: 'Ore',
        validate: { max: '=if name = "Ada" then most else least' },
      },
    );
    const more = [{ type: 'number', key: 'most', label: 'Massimo' }];
    const { form } = read(bounded, ...more);
    const given = {
      most: 8,
      members: [
        { name: 'Ada', hours: 9 },
        { name: 'Bruno', hours: 9 },
      ],
    };
    const result = validateForm(form!, given, { variables: { least: 4, name: 'Ada' }, evaluate: feel() });
    expect(result.ok ? [] : result.errors.map(({ message }) => message)).toEqual([
      { it: '«Ore» è al massimo 8.', en: '“Ore” is at most 8.' },
      { it: '«Ore» è al massimo 4.', en: '“Ore” is at most 4.' },
    ]);
  });

  it('tells 200 errors one by one and counts the others', () => {
    const errors = codes(
      members(),
      rowsOf(300, () => ({ role: 'MEMBER' })),
    );
    expect(errors).toHaveLength(201);
    expect(errors.at(-1)).toBe(' more-errors');
  });

  it('is refused, not passed over, when its rules cannot be computed within bounds', () => {
    const costly = members(
      {},
      { type: 'number', key: 'n', validate: { max: '=count(for i in 1..1000000 return i)' } },
    );
    expect(codes(costly, [{ name: 'Ada', n: 1 }])).toEqual([' form-too-costly']);
  });
});

describe('rows that the case knows', () => {
  const fixed = members({
    allowAddRemove: false,
    components: [
      { type: 'textfield', key: 'name', label: 'Nome', readonly: true },
      { type: 'number', key: 'hours', label: 'Ore', validate: { required: true, max: 8 } },
    ],
  });
  const known: Values = { members: [{ name: 'Ada', hours: null, office: 'A' }, { name: 'Bruno' }] };

  it('get what is asked, keep what is not, and lose no row', () => {
    expect(validate(fixed, [{ hours: 4 }, { name: 'Bruno', hours: 0 }], known)).toEqual({
      ok: true,
      values: {
        members: [
          { name: 'Ada', hours: 4, office: 'A' },
          { name: 'Bruno', hours: 0 },
        ],
      },
    });
    expect(codes(fixed, [{ hours: 4 }], known)).toEqual(['/members rows-fixed']);
    expect(codes(fixed, [{ name: 'Bruno', hours: 4 }, { hours: 9 }], known)).toEqual([
      '/members/0/name field-read-only',
      '/members/1/hours too-large',
    ]);
  });
});

describe('what the form sees of fixed rows', () => {
  it('is what the case has of them, too: what is only read there is not handed in', () => {
    const services = {
      ...{ type: 'dynamiclist', id: 'members', path: 'members', allowAddRemove: false },
      components: [{ type: 'textfield', key: 'model', readonly: true }],
    };
    const signer = {
      ...{ type: 'textfield', key: 'signer', label: 'Chi firma', validate: { required: true } },
      conditional: { hide: '=not(some s in members satisfies s.model = "FULL")' },
    };
    const asked = (model: string) => codes(services, [{}], { members: [{ model }] }, [signer]);
    expect(asked('FULL')).toEqual(['/signer required']);
    expect(asked('SUPPORT')).toEqual([]);
  });
});

describe('what a row sees and what tells it apart', () => {
  it('is its own known value before one of the same name outside', () => {
    const fixed = members({
      allowAddRemove: false,
      components: [
        { type: 'textfield', key: 'name', label: 'Nome', readonly: true },
        { type: 'number', key: 'hours', label: 'Ore', validate: { max: '=if name = "Ada" then 8 else 4' } },
      ],
    });
    const variables: Values = { name: 'Bruno', members: [{ name: 'Ada' }] };
    expect(codes(fixed, [{ hours: 6 }], variables)).toEqual([]);
  });

  it('is nothing where nothing is filled in', () => {
    const unique = members({ properties: { uniqueBy: 'role' } });
    expect(codes(unique, [{ name: 'Ada' }, { name: 'Bruno' }])).toEqual([]);
  });
});

describe('a list that is refused at deployment', () => {
  it.each<[object, string]>([
    [members({ path: 'a.b' }), 'field-key'],
    [members({ path: undefined }), 'field-key'],
    [members({ components: [] }), 'form-invalid'],
    [members({}, { type: 'dynamiclist', path: 'inner', components: [] }), 'unsupported-component'],
    [members({}, { type: 'iframe' }), 'unsupported-component'],
    [members({}, { type: 'textfield', key: 'name' }), 'field-duplicate'],
    [members({}, { type: 'textfield', key: 'a.b', disabled: true }), 'field-key'],
    [members({}, { type: 'textfield', key: 'r', readonly: true }), 'form-invalid'],
    [members({}, { type: 'textfield', key: 'r', conditional: { hide: '=a +' } }), 'feel-syntax'],
    [members({ properties: { minRows: -1 } }), 'form-invalid'],
    [members({ properties: { maxRows: 5001 } }), 'form-invalid'],
    [members({ properties: { minRows: 5, maxRows: 4 } }), 'form-invalid'],
    [members({ properties: { minRows: 'many' } }), 'form-invalid'],
    [members({ properties: { uniqueBy: 'nome' } }), 'form-invalid'],
    [members({ properties: { importCsv: 'yes' } }), 'form-invalid'],
    [members({ allowAddRemove: false, properties: { importCsv: true } }), 'form-invalid'],
    [members({ properties: { importCsv: true } }, { type: 'filepicker', key: 'doc' }), 'form-invalid'],
  ])('%j', (component, rule) => {
    expect(rules(component)).toContain(rule);
    expect(read(component).form).toBeNull();
  });

  it('shares the names of variables with the fields beside it', () => {
    expect(rules(members(), { type: 'textfield', key: 'members' })).toEqual(['field-duplicate']);
    expect(rules(members(), { type: 'textfield', key: 'name' })).toEqual([]);
  });
});

describe('a date in a message', () => {
  it.each([
    ['2026-04-27', '27 aprile 2026'],
    ['2026-04-27T08:00:00Z', '27 aprile 2026, ore 10:00'],
    ['2026-04-27T10:00:00+02:00', '27 aprile 2026, ore 10:00'],
    ['2026-04-27T10:00:00', '27 aprile 2026, ore 10:00'],
    // Rome's clocks leave it out; elsewhere it is an hour like another.
    ['2026-03-29T02:30:00+01:00', '29 marzo 2026, ore 02:30'],
    ['2026-03-29T02:30:00+02:00', '29 marzo 2026, ore 02:30'],
    ['2026-03-29T02:30:00Z', '29 marzo 2026, ore 04:30'],
    ['2026-07-29T02:30:00+01:00', '29 luglio 2026, ore 03:30'],
    ['domani', 'domani'],
  ])('%s reads %s', (text, expected) => {
    expect(italianDate(text)).toBe(expected);
  });
});

it('dates in words are as people read them, and names and numbers that look alike stay', () => {
  expect(withItalianDates('L’atto è lecito dal 2026-03-13, non già il 2026-03-10.')).toBe(
    'L’atto è lecito dal 13 marzo 2026, non già il 10 marzo 2026.',
  );
  // What is said to be no day is told as it was written.
  expect(withItalianDates('«2026-02-30» non è un giorno.')).toBe('«2026-02-30» non è un giorno.');
  expect(withItalianDates('Adesso è 2026-03-06T08:00:00.000Z.')).toBe('Adesso è 6 marzo 2026, ore 09:00.');
  expect(withItalianDates('Dal 2026-04-08 al 2026-05-11, non il 2026-06-08T08:00:00Z.')).toBe(
    'Dall’8 aprile 2026 all’11 maggio 2026, non l’8 giugno 2026, ore 10:00.',
  );
  const names = 'PD-2026-03-06, atto-2026-03-06.pdf, 2026-03-06.pdf, 2026-03-06-bis, /x/2026-03-06';
  expect(withItalianDates(names)).toBe(names);
});
