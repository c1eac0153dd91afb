import { describe, expect, it } from '@jest/globals';
import { fieldsOf, readForm } from './schema.ts';
import { check, offered, openingValues, sentValues } from './values.ts';

const fields = fieldsOf(
  readForm({
    components: [
      {
        type: 'textfield',
        key: 'protocolNo',
        label: 'Numero di protocollo',
        validate: { required: true, maxLength: 5 },
      },
      {
        type: 'group',
        label: 'Date',
        components: [{ type: 'datetime', subtype: 'datetime', key: 'hearingAt' }],
      },
      { type: 'number', key: 'days', validate: { min: 1, max: 10 } },
      { type: 'checklist', key: 'duties', values: [{ label: 'Orario', value: 'hours' }] },
      { type: 'checkbox', key: 'flagrante' },
    ],
  }),
);
const none = new Set<string>();

describe('a form', () => {
  it('opens with what the case knows, instants in the time of Italy', () => {
    expect(openingValues(fields, { hearingAt: '2026-05-04T08:00:00Z', days: 3 })).toEqual({
      protocolNo: '',
      hearingAt: '2026-05-04T10:00',
      days: '3',
      duties: [],
      flagrante: false,
    });
  });

  it('opens with no choice where what is known is on no list', () => {
    const choices = ['select', 'radio'].map((type) => ({
      ...{ type, key: type, values: [{ label: 'Completa', value: 'COMPLETE' }] },
    }));
    const asked = fieldsOf(readForm({ components: choices }));
    expect(openingValues(asked, { select: 'NONE', radio: 'NONE' })).toEqual({ select: '', radio: '' });
    expect(openingValues(asked, { select: 'COMPLETE' })).toEqual({ select: 'COMPLETE', radio: '' });
  });

  it('keeps no choice that is on no list, of several those that are', () => {
    const values = [{ label: 'Orario', value: 'hours' }];
    const asked = fieldsOf(
      readForm({
        components: [
          ...['checklist', 'taglist', 'select'].map((type) => ({ type, key: type, values })),
          { type: 'select', key: 'shown', values, readonly: true },
          { type: 'textfield', key: 'text' },
        ],
      }),
    );
    const known = { checklist: ['hours', 'gone'], taglist: ['gone'], select: 'gone' };
    expect(openingValues(asked, known)).toMatchObject({ checklist: ['hours'], taglist: [], select: '' });
    const typed = { ...known, shown: 'gone', text: 'gone' };
    expect(offered(asked, typed, {})).toEqual({ ...typed, checklist: ['hours'], taglist: [], select: null });
    const fine = { checklist: ['hours'], taglist: [], select: '', text: '' };
    expect(offered(asked, fine, {})).toBe(fine);
    const held = fieldsOf(readForm({ components: [{ type: 'taglist', key: 'tags', valuesKey: 'known' }] }));
    expect(openingValues(held, { known: ['a'], tags: ['a', 'b'] })).toEqual({ tags: ['a'] });
    expect(openingValues(held, { tags: ['a', 'b'] })).toEqual({ tags: ['a', 'b'] });
  });

  it('sends numbers as numbers, times with their offset, emptied fields as null', () => {
    const values = {
      protocolNo: ' 12 ',
      hearingAt: '2026-05-04T10:00',
      days: '2,5',
      duties: ['hours'],
      flagrante: true,
    };
    expect(sentValues(fields, values, none, {})).toEqual({
      protocolNo: '12',
      hearingAt: '2026-05-04T10:00:00+02:00',
      days: 2.5,
      duties: ['hours'],
      flagrante: true,
    });
    expect(sentValues(fields, { ...values, days: '' }, none, {}).days).toBeNull();
  });

  it('sends a choice as its form stores it', () => {
    const values = [
      { label: 'Sì', value: true },
      { label: 'No', value: false },
    ];
    const choices = fieldsOf(
      readForm({
        components: [
          { type: 'radio', key: 'usable', values },
          { type: 'select', key: 'months', values: [{ label: 'Sei', value: 6 }] },
          { type: 'radio', key: 'outcome', values: [{ label: 'Sì', value: 'true' }] },
        ],
      }),
    );
    const opened = openingValues(choices, { usable: false, months: 6, outcome: 'true' });
    expect(sentValues(choices, opened, none, {})).toEqual({ usable: false, months: 6, outcome: 'true' });
    expect(sentValues(choices, { usable: 'true' }, none, {})).toEqual({
      usable: true,
      months: null,
      outcome: null,
    });
  });

  it('sends what a variable offers as the variable holds it, one or several', () => {
    const choices = fieldsOf(
      readForm({
        components: [
          { type: 'select', key: 'round', valuesKey: 'rounds' },
          { type: 'checklist', key: 'years', valuesKey: 'offered' },
          { type: 'radio', key: 'fits', valuesKey: 'answers' },
        ],
      }),
    );
    const variables = {
      rounds: [1, 2],
      offered: [{ label: 'Quest’anno', value: 2026 }, '2027'],
      answers: [{ label: 'Sì', value: true }],
      ...{ round: 2, years: [2026, '2027'], fits: true },
    };
    const opened = openingValues(choices, variables);
    expect(opened).toEqual({ round: '2', years: ['2026', '2027'], fits: 'true' });
    expect(sentValues(choices, opened, none, variables)).toEqual({
      round: 2,
      years: [2026, '2027'],
      fits: true,
    });
  });

  it('leaves hidden fields out, also from the check', () => {
    const hidden = new Set([fields[0]?.id ?? '']);
    expect(sentValues(fields, {}, hidden, {})).not.toHaveProperty('protocolNo');
    expect(check(fields, {}, hidden)).toEqual([]);
  });

  it('names what is wrong', () => {
    expect(check(fields, {}, none)).toEqual([{ key: 'protocolNo', rule: 'required', limit: undefined }]);
    expect(check(fields, { protocolNo: '123456', days: '11' }, none).map((fault) => fault.rule)).toEqual([
      'maxLength',
      'max',
    ]);
    expect(check(fields, { protocolNo: '1', days: 'x' }, none)[0]?.rule).toBe('number');
  });

  it.each([
    ['it', 'Comincia con https://'],
    ['en', 'It begins with https://'],
  ] as const)('says in %s what a pattern asks for', (language, message) => {
    const siteUrl = {
      ...{ type: 'textfield', key: 'siteUrl', label: 'Indirizzo' },
      validate: { pattern: '^https?://', patternErrorMessage: 'Comincia con https://' },
      properties: { patternErrorMessageEn: 'It begins with https://' },
    };
    const asked = fieldsOf(readForm({ components: [siteUrl] }, language));
    expect(check(asked, { siteUrl: 'www' }, none)).toMatchObject([{ rule: 'pattern', message }]);
  });

  it.each([
    ['2026-03-29T02:30', ['impossible'], '2026-03-29T02:30'],
    ['2026-10-25T02:30', ['ambiguous'], '2026-10-25T02:30'],
    ['2026-10-25T02:30+01:00', [], '2026-10-25T02:30:00+01:00'],
    ['2026-10-25T02:30+02:00', [], '2026-10-25T02:30:00+02:00'],
    ['2026-01-15T09:30', [], '2026-01-15T09:30:00+01:00'],
    ['2026-01-15', ['date'], '2026-01-15'],
  ])('judges the time %s by the clocks of Italy', (hearingAt, rules, sent) => {
    const values = { protocolNo: '1', hearingAt };
    expect(check(fields, values, none).map(({ rule }) => rule)).toEqual(rules);
    expect(sentValues(fields, values, none, {}).hearingAt).toBe(sent);
  });

  it('opens with the hour that comes twice as it was meant', () => {
    expect(openingValues(fields, { hearingAt: '2026-10-25T01:30:00Z' })).toMatchObject({
      hearingAt: '2026-10-25T02:30+01:00',
    });
  });
});
