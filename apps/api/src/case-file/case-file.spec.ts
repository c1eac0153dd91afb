import { describe, expect, it } from '@jest/globals';
import { documentsOf, keysOfForm } from './case-file.ts';

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

describe('the documents of a case', () => {
  const event = (type: string, data: object) =>
    ({ type, data, recordedAt: '2026-03-06T08:00:00.000Z', actor: { account: 'sistema' } }) as never;
  const file = (key: string, more: object = {}) =>
    event('DocumentAttached', {
      ...{
        key,
        name: `${key}.pdf`,
        mediaType: 'application/pdf',
        sizeBytes: 1,
        sha256: 'a',
        protocolNo: null,
      },
      ...more,
    });

  it('know their versions, what takes their place, and which of them the house drafted', () => {
    const items = documentsOf('c', [
      file('pdf'),
      file('docx', { formOf: 'pdf' }),
      event('ActDrafted', {
        name: 'Atto',
        templateVersion: 2,
        revision: 7,
        blanks: 1,
        document: 'pdf',
        editable: 'docx',
      }),
      file('mine', { replaces: 'pdf' }),
      file('signed', { replaces: 'mine', signature: { format: 'PAdES', state: 'intact', count: 1 } }),
    ]);
    const draft = { name: 'Atto', templateVersion: 2, revision: 7, blanks: 1 };
    expect(items).toMatchObject([
      { id: 'c.pdf', version: 1, replaces: null, replacedBy: 'c.mine', formOf: null, draft, signature: null },
      { id: 'c.docx', version: 1, replacedBy: 'c.mine', formOf: 'c.pdf', draft },
      { id: 'c.mine', version: 2, replaces: 'c.pdf', replacedBy: 'c.signed', draft: null },
      { id: 'c.signed', version: 3, replaces: 'c.mine', replacedBy: null, signature: { state: 'intact' } },
    ]);
  });
});
