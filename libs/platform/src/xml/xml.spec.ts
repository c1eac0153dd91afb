import { describe, expect, it } from '@jest/globals';
import { withoutLabour } from '../../../../test/support/labour.ts';
import { hasSoundTags } from './index.ts';

const most = 100;

describe('tags', () => {
  it.each([
    ['nothing', ''],
    ['elements', '<a b="c>d"><e/></a>'],
    ['a comment with anything', '<a><!-- < <b <c --></a>'],
    ['characters with anything', `<a><![CDATA[<b ${'c '.repeat(200)}]]></a>`],
    ['declarations, which are not judged here', '<!DOCTYPE a [<!ENTITY b "c">]><a/>'],
  ])('are sound in %s', (_, xml) => {
    expect(hasSoundTags(xml, most)).toBe(true);
  });

  it.each([
    ['that do not end', '<a'],
    ['in tags', '<a <b>'],
    ['that a quotation mark keeps open', '<a b="><c>'],
    ['longer than may be', `<a ${'b '.repeat(100)}>`],
    ['in a comment without end', '<a/><!-- b'],
    ['in characters without end', '<a><![CDATA[b'],
  ])('are not sound %s', (_, xml) => {
    expect(hasSoundTags(xml, most)).toBe(false);
  });

  it.each([
    ['openings', '<'],
    ['sections of characters', '<![CDATA['],
    ['comments', '<!--'],
    ['declarations', '<!a '],
    ['short tags', '<a>'],
    ['quotation marks', '<a b="'],
  ])('are judged without labour in many %s', async (_, piece) => {
    await withoutLabour(1_000, () => hasSoundTags(piece.repeat(400_000), 20_000));
  });
});
