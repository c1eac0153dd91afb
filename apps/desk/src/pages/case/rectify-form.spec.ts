import { describe, expect, it } from '@jest/globals';
import { onlyNamed, plainForm } from './rectify-form.ts';

describe('the form by which it is corrected', () => {
  it('asks for nothing else, also in groups and lists', () => {
    const field = (key: string) => ({ key, type: 'textfield' });
    const schema = {
      type: 'default',
      components: [
        field('a'),
        field('b'),
        { type: 'group', components: [field('c'), field('a')] },
        { type: 'group', label: 'Nothing of it', components: [field('c'), { type: 'text', text: 'Words' }] },
        { type: 'dynamiclist', path: 'rows', components: [field('x')] },
        { type: 'dynamiclist', path: 'others', components: [field('x')] },
        { type: 'text', text: 'Words' },
      ],
    };
    expect(onlyNamed(schema, new Set(['a', 'rows']))).toEqual({
      type: 'default',
      components: [
        field('a'),
        { type: 'group', components: [field('a')] },
        { type: 'dynamiclist', path: 'rows', components: [field('x')] },
      ],
    });
  });

  it('shows no names of variables where no form had asked: only what has a label', () => {
    const labelOf = (key: string) => (key === 'receivedOn' ? 'Data di arrivo' : null);
    expect(plainForm({ receivedOn: '2026-03-01', deadlineKey: 'k' }, labelOf).components).toEqual([
      {
        ...{ id: 'receivedOn', key: 'receivedOn', label: 'Data di arrivo' },
        ...{ type: 'datetime', subtype: 'date', dateLabel: 'Data di arrivo' },
      },
    ]);
  });
});
