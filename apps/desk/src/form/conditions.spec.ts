import { describe, expect, it } from '@jest/globals';
import { checkRows } from './check-rows.ts';
import { isLive, liveForm } from './conditions.ts';
import { evaluate } from './feel.ts';
import { sentRows } from './rows.ts';
import type { Row } from './rows.ts';
import { fieldsOf, listsOf, readForm } from './schema.ts';
import type { Field } from './schema.ts';
import type { Values } from './values.ts';

const now = new Date('2026-03-10T09:00:00Z');
const live = (components: readonly object[], context: Values) =>
  liveForm(readForm({ components }), context, (expression, seen) => evaluate(expression, seen, now));

const toldOf = (parts: ReturnType<typeof live>['parts']) =>
  fieldsOf(parts)
    .filter(({ required }) => required)
    .map(({ key }) => key);

describe('a form as it is filled in', () => {
  const reason = { type: 'textfield', key: 'reason', validate: { required: '=decision != "ADMITTED"' } };
  const group = {
    type: 'group',
    components: [
      reason,
      { type: 'textfield', key: 'head', readonly: '=sentAt != null', validate: { required: true } },
    ],
  };

  it('requires what an expression requires now, also inside groups', () => {
    expect(toldOf(live([group], { decision: 'ADMITTED' }).parts)).toEqual(['head']);
    expect(toldOf(live([group], { decision: 'EXCLUDED' }).parts)).toEqual(['reason', 'head']);
  });

  it('locks what an expression locks now', () => {
    const locked = (sentAt: string | null) =>
      fieldsOf(live([group], { sentAt }).parts).map(({ key, readOnly }) => [key, readOnly]);
    expect(locked(null)).toContainEqual(['head', false]);
    expect(locked('2026-03-10')).toContainEqual(['head', true]);
  });

  it('leaves to the server what only it can judge, and what fails', () => {
    const of = (required: string) =>
      toldOf(live([{ type: 'textfield', key: 'a', validate: { required } }], { on: '2026-03-10' }).parts);
    expect(of('=legal due date("disciplinary.contestation", on) > "2026"')).toEqual([]);
    expect(of('=nothing.of > (')).toEqual([]);
    expect(of('=on = "2026-03-10"')).toEqual(['a']);
  });

  it('lets no condition and no other choice see a choice that no list offers now', () => {
    const of = (key: string, valuesExpression: string) => ({
      type: 'select',
      id: key,
      key,
      valuesExpression,
    });
    const components = [
      of('office', '=for one in offices return one'),
      of('person', '=if office = "A" then ["anna"] else ["bruno"]'),
      { type: 'textfield', id: 'why', key: 'why', conditional: { hide: '=person = null' } },
    ];
    const { parts, hidden } = live(components, { offices: ['B'], office: 'A', person: 'anna', why: null });
    expect(fieldsOf(parts).map(({ options }) => options.map(({ value }) => value))).toEqual([
      ['B'],
      ['bruno'],
      [],
    ]);
    expect([...hidden]).toEqual(['why']);
    const chosen = { offices: ['A'], office: 'A', person: 'anna', why: null };
    expect([...live(components, chosen).hidden]).toEqual([]);
  });

  it('offers the choices that an expression computes, also in the rows of a list', () => {
    const next = {
      type: 'select',
      key: 'person',
      valuesExpression:
        '=for c in [available[proposed + 1]] return if c = null then null else { label: c, value: c }',
    };
    const inRows = { type: 'dynamiclist', path: 'people', components: [next] };
    const offered = (fields: readonly Field[]) => fields.map(({ options }) => options);
    const context = { available: ['K-01', 'K-02'], proposed: 1 };
    const form = live([next, inRows], context);
    const only = [[{ value: 'K-02', label: 'K-02', names: ['K-02', 'K-02'] }]];
    expect(offered(fieldsOf(form.parts))).toMatchObject(only);
    const [list] = listsOf(form.parts);
    expect(offered(form.ofRow(list!, { id: 'r', values: {} }).list.fields)).toMatchObject(only);
    expect(offered(fieldsOf(live([next], {}).parts))).toEqual([[]]);
    // A variable that holds them is left to whoever draws the field.
    const held = { ...next, valuesExpression: '=people' };
    expect(isLive(readForm({ components: [held] }))).toBe(false);
    expect(isLive(readForm({ components: [inRows] }))).toBe(true);
  });

  it('sees nothing of what is hidden, as the server does', () => {
    const chain = [
      { type: 'textfield', key: 'kind' },
      { type: 'textfield', key: 'charge', conditional: { hide: '=kind = "NONE"' } },
      {
        type: 'textfield',
        key: 'day',
        conditional: { hide: '=charge = null' },
        validate: { required: true },
      },
    ];
    const shown = (kind: string) => {
      const { parts, hidden } = live(chain, { kind, charge: 'x', day: null });
      return fieldsOf(parts).flatMap(({ id, key }) => (hidden.has(id) ? [] : [key]));
    };
    expect(shown('SOME')).toEqual(['kind', 'charge', 'day']);
    expect(shown('NONE')).toEqual(['kind']);
  });

  it('asks a row that the case knows by what is only read in it', () => {
    const when = { hide: '=kind = "NONE"' };
    const components = [
      { type: 'textfield', key: 'kind', readonly: true },
      { type: 'textfield', id: 'why', key: 'why', conditional: when },
    ];
    const form = live([{ type: 'dynamiclist', path: 'cases', allowAddRemove: false, components }], {
      cases: [{ kind: 'NONE' }, { kind: 'SOME' }],
    });
    const list = listsOf(form.parts)[0]!;
    const isHidden = (id: string) => form.ofRow(list, { id, values: { why: '' } }).hidden.has('why');
    expect([isHidden('k0'), isHidden('k1')]).toEqual([true, false]);
  });

  it('asks each row by its own values, and sends and checks it so', () => {
    const form = live(
      [
        {
          type: 'dynamiclist',
          path: 'decisions',
          components: [{ type: 'textfield', key: 'decision' }, reason],
        },
      ],
      { decision: 'EXCLUDED' },
    );
    const list = listsOf(form.parts)[0]!;
    const rows: readonly Row[] = [
      { id: 'a', values: { decision: 'ADMITTED', reason: '' } },
      { id: 'b', values: { decision: 'EXCLUDED', reason: '' } },
      { id: 'c', values: { decision: 'EXCLUDED', reason: '' } },
    ];
    const ofRow = (row: Row) => form.ofRow(list, row);
    expect(checkRows(list, rows, ofRow).map(({ row, field, rule }) => [row, field, rule])).toEqual([
      ['b', 'reason', 'required'],
      ['c', 'reason', 'required'],
    ]);
    expect(sentRows(rows, ofRow, {})[0]).toEqual({ decision: 'ADMITTED', reason: null });
    expect(ofRow(rows[1]!)).toBe(ofRow(rows[2]!)); // what is alike is drawn once
  });
});
