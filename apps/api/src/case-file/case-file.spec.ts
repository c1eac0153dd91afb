import { describe, expect, it } from '@jest/globals';
import { keysOfForm } from './case-file.ts';

describe('the variables that a form speaks of', () => {
  it('are those of its fields, lists and expressions, and not the entries of rows', () => {
    const form = {
      components: [
        { type: 'textfield', key: 'protocolNo', conditional: { hide: '=source = null' } },
        { type: 'text', text: '=shownText' },
        { type: 'select', key: 'chosen', valuesKey: 'choices' },
        {
          type: 'dynamiclist',
          path: 'members',
          conditional: { hide: '=closed' },
          components: [
            { type: 'textfield', key: 'salary' },
            {
              type: 'group',
              components: [{ type: 'number', key: 'hours', validate: { max: '=most - salary' } }],
            },
          ],
        },
      ],
    };
    expect([...keysOfForm(form)].toSorted()).toEqual(
      [
        'protocolNo',
        'source',
        'null',
        'shownText',
        'chosen',
        'choices',
        'members',
        'closed',
        'most',
      ].toSorted(),
    );
    expect(keysOfForm(null).size).toBe(0);
  });
});
