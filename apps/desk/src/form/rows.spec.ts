import { describe, expect, it } from '@jest/globals';
import { checkRows } from './check-rows.ts';
import { byRow, faultsOf } from './faults.ts';
import { isTabular, keptRows, moved, openingRows, seenRows, sentRows } from './rows.ts';
import { askedOf, listsOf, readForm } from './schema.ts';
import type { List } from './schema.ts';

const read = (more: object = {}): List =>
  listsOf(
    readForm({
      components: [
        {
          type: 'dynamiclist',
          path: 'members',
          label: 'Membri',
          components: [
            { type: 'textfield', key: 'name', label: 'Nome', validate: { required: true } },
            { type: 'group', components: [{ type: 'number', key: 'hours', label: 'Ore' }] },
            { type: 'checkbox', key: 'chair', label: 'Presidente' },
          ],
          ...more,
        },
      ],
    }),
  )[0]!;
const none = () => ({ list: read(), hidden: new Set<string>() });
const row = (id: string, values: object) => ({
  id,
  values: { name: '', hours: '', chair: false, ...values },
});

describe('a list on the desk', () => {
  it('opens with the rows that the case knows, else with as many as it must have', () => {
    const known = [{ name: 'Ada', hours: 2, other: 'x' }, 'noise'];
    expect(openingRows(read(), known)).toEqual([row('k0', { name: 'Ada', hours: '2' }), row('k1', {})]);
    expect(openingRows(read(), undefined)).toEqual([]);
    expect(openingRows(read({ properties: { minRows: 2 } }), [])).toHaveLength(2);
    expect(openingRows(read({ allowAddRemove: false, defaultRepetitions: 3 }), [])).toEqual([]);
  });

  it('sends rows with something in them, numbers as numbers, without what is hidden', () => {
    const list = read();
    const rows = [
      row('a', { name: ' Ada ', hours: '2,5', chair: true }),
      row('b', {}),
      row('c', { hours: '1' }),
    ];
    const hours = list.fields.find(({ key }) => key === 'hours')!;
    expect(
      sentRows(
        keptRows(list, rows),
        ({ id }) => ({ list, hidden: new Set(id === 'c' ? [hours.id] : []) }),
        {},
      ),
    ).toEqual([
      { name: 'Ada', hours: 2.5, chair: true },
      { name: null, chair: false },
    ]);
    expect(keptRows(read({ allowAddRemove: false }), rows)).toHaveLength(3);
  });

  it('shows conditions what the case has of fixed rows beneath what is filled in', () => {
    const name = { type: 'textfield', key: 'name', readonly: true };
    const components = [name, { type: 'number', key: 'hours' }];
    const list = read({ allowAddRemove: false, components });
    const known = [{ name: 'Ada', office: 'A', hours: 1 }];
    const rows = openingRows(list, known).map((one) => ({ ...one, values: { ...one.values, hours: '2' } }));
    expect(seenRows(list, rows, { members: known })).toEqual([{ name: 'Ada', office: 'A', hours: 2 }]);
    expect(seenRows(read({ components }), rows, { members: known })).toEqual([{ hours: 2 }]);
  });

  it('sends what a variable offers as the variable holds it', () => {
    const list = read({ components: [{ type: 'select', key: 'round', valuesKey: 'rounds' }] });
    const rows = [{ id: 'a', values: { round: '2' } }];
    expect(sentRows(rows, () => ({ list, hidden: new Set() }), { rounds: [1, 2] })).toEqual([{ round: 2 }]);
  });

  it('names the row and the field that are wrong', () => {
    const list = read({ properties: { minRows: 2, uniqueBy: 'name' } });
    const rows = [
      row('a', { hours: 'x' }),
      row('b', { name: 'Ada' }),
      row('c', { name: ' Ada' }),
      row('d', {}),
    ];
    expect(
      checkRows(list, rows, none).map(({ row, field, rule, limit }) => [row, field, rule, limit]),
    ).toEqual([
      ['a', 'name', 'required', undefined],
      ['a', 'hours', 'number', undefined],
      ['c', 'name', 'notUnique', 2],
    ]);
    expect(checkRows(list, [], none)).toEqual([{ key: 'members', rule: 'required' }]);
    expect(checkRows(list, rows.slice(1, 2), none)).toEqual([{ key: 'members', rule: 'minRows', limit: 2 }]);
    const most = read({ properties: { maxRows: 1 } });
    expect(checkRows(most, rows.slice(1, 3), none)).toEqual([{ key: 'members', rule: 'maxRows', limit: 1 }]);
  });

  it('puts what the server says at the row that was sent, wherever it is now', () => {
    const list = read();
    const errors = [
      { pointer: '/variables/members/1/name', code: 'required', message: 'm' },
      { pointer: '/variables/members/0', code: 'row-empty', message: 'm' },
      { pointer: '/variables/members', code: 'too-many-rows', message: 'm' },
      { pointer: '/variables', code: 'refused', message: 'm' },
    ];
    const faults = faultsOf(errors, 'variables', askedOf([list]), { members: ['a', 'b'] });
    expect(faults.map(({ key, row, field }) => [key, row, field])).toEqual([
      ['members', 'b', 'name'],
      ['members', 'a', undefined],
      ['members', undefined, undefined],
      ['', undefined, undefined],
    ]);
    expect([...byRow(faults, 'members').keys()]).toEqual(['b', 'a', '']);
  });

  it('moves rows within its bounds, and is a table where there is room', () => {
    const rows = ['a', 'b', 'c'].map((id) => row(id, {}));
    expect(moved(rows, 0, 2).map(({ id }) => id)).toEqual(['b', 'c', 'a']);
    expect(moved(rows, 0, -1)).toBe(rows);
    expect(isTabular(read())).toBe(true);
    expect(isTabular(read({ components: [{ type: 'radio', key: 'r', values: [] }] }))).toBe(false);
    expect(
      isTabular(
        read({
          components: [
            { type: 'text', text: 'x' },
            { type: 'number', key: 'n' },
          ],
        }),
      ),
    ).toBe(false);
  });
});
