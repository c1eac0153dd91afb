import { describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { withoutLabour } from '../../../../../test/support/labour.ts';
import { textRows, workbookOf } from '../../../../../test/support/workbook.ts';
import { asText } from '../csv/open-file.ts';
import { kindOf, textOfNumber } from './cell-text.ts';
import { readWorkbook, workbookLimits } from './read-workbook.ts';
import type { Sheet } from './read-workbook.ts';

const read = (...of: Parameters<typeof workbookOf>): Sheet => {
  const sheet = readWorkbook(workbookOf(...of), 100);
  if ('fault' in sheet) throw new Error(sheet.fault.rule);
  return sheet;
};
const cells = (...of: Parameters<typeof workbookOf>) =>
  read(...of).lines.map(({ number, cells }) => `${number} ${cells.join('|')}`);
const refused = (bytes: Uint8Array, lines = 100) => readWorkbook(bytes, lines);

describe('a workbook', () => {
  it('is read as its first shown sheet shows it, by the numbers of its rows', () => {
    const rows = `
      <row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>
      <row r="4"><c r="A4" s="1"><v>46127</v></c><c r="B4" s="2"><v>46127.427083333336</v></c><c r="C4" s="3"><v>0.4375</v></c></row>
      <row r="5"><c r="A5" s="4"><v>123</v></c><c r="B5"><v>1.1000000000000001</v></c><c r="C5" s="5"><v>0.07</v></c></row>
      <row r="6"><c r="A6" t="b"><v>1</v></c><c r="B6" t="str"><f>A1&amp;"x"</f><v>calcolato</v></c><c r="C6"><f>1+1</f><v>2</v></c></row>
      <row r="7"><c r="A7" s="6"/><c r="B7" t="inlineStr"><is><t>  </t></is></c></row>
      <row r="8"><c r="A8" s="6"><v>46127</v></c><c r="B8" t="inlineStr"><is><r><t>Ada </t></r><r><t xml:space="preserve">&amp; Ugo</t></r></is></c></row>`;
    const texts = ['<t>Codice</t>', '<r><t>Nome_x000A_</t></r><r><t>intero</t></r><rPh><t>lettura</t></rPh>'];
    expect(cells(rows, { texts })).toEqual([
      '2 Codice||Nome\nintero',
      '4 2026-04-15|2026-04-15 10:15|10:30',
      '5 00123|1,1|7%',
      '6 sì|calcolato|2',
      '8 2026-04-15|Ada & Ugo',
    ]);
    expect(read(rows, { texts, sheets: '<sheet name="Altro" sheetId="2" r:id="rId7"/>' })).toMatchObject({
      ...{ name: 'Domande', others: 2 },
    });
  });

  it('counts its days from 1904 where it says so, and its rows where it does not', () => {
    const old = { workbook: '<workbookPr date1904="1"/>' };
    expect(cells('<row><c s="1"><v>44665</v></c><c><v>7</v></c></row>', old)).toEqual(['1 2026-04-15|7']);
  });

  it.each<[string, string, string]>([
    ['dd/mm/yyyy', '46127', '2026-04-15'],
    ['dd/mm/yyyy', '46127.5', '2026-04-15 12:00'],
    ['dd/mm/yyyy', '-3', '-3'],
    ['dd/mm/yyyy', '99999999', '99999999'],
    ['mm:ss', '0.0007060185185', '00:01:01'],
    ['[h]:mm', '1.0625', '25:30'],
    ['mmm-yy', '46113', '2026-04-01'],
    ['#,##0.00 "giorni"', '1234.5', '1234,5'],
    ['[Red]0.00', '1234.567', '1234,567'],
    ['General', '1234567', '1234567'],
    ['0.00E+00', '12345678901234567890', '12345678901234600000'],
    ['00000', '-5', '-5'],
  ])('under %s shows %s as %s', (code, value, text) => {
    expect(textOfNumber(value, 0, { kinds: [kindOf(170, code)], since1904: false })).toBe(text);
  });

  it('becomes a file whose lines are its rows', () => {
    const text = asText(read('<row r="3"><c r="B3" t="inlineStr"><is><t>uno; due\ntre</t></is></c></row>'));
    expect(text).toBe('\r\n\r\n;"uno; due tre"\r\n');
  });

  it('with cells in error is refused, and they are named: nothing is calculated', () => {
    const rows = `<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="AB1"><f>SUM(C1)</f></c></row>`;
    expect(refused(workbookOf(rows))).toEqual({ fault: { rule: 'cellsInError', columns: ['A1', 'AB1'] } });
  });
});

describe('a hostile workbook', () => {
  /** Says of what its entries hold what may not be so. */
  const saying = (size: number): Uint8Array => {
    const bytes = workbookOf(textRows([['x'.repeat(100_000)]]));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at < bytes.length - 4; at++) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, size, true);
    }
    return bytes;
  };
  /** Entries that all lie in the same place, are stored there, and say that they have nothing. */
  const overlapping = (): Uint8Array => {
    const stored = strToU8('x'.repeat(1024 * 1024));
    const names = Array.from({ length: 200 }, (_, i) => `xl/part${100 + i}.xml`);
    const bytes = zipSync(Object.fromEntries(names.map((name, i) => [name, i === 0 ? stored : new Uint8Array(0)])), { level: 0 }); // prettier-ignore
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = stored.length; at < bytes.length - 4; at++) {
      if (view.getUint32(at, true) !== 0x02014b50) continue;
      view.setUint32(at + 20, stored.length, true);
      view.setUint32(at + 24, 0, true);
      view.setUint32(at + 42, 0, true);
    }
    return bytes;
  };
  const billion = `<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&c;</t></is></c></row></sheetData></worksheet>`;
  it.each<[string, Uint8Array, string]>([
    ['nothing of an archive', strToU8('PK\u0003\u0004 e altro'), 'notWorkbook'],
    ['an archive of something else', zipSync({ 'word/document.xml': strToU8('<a/>') }), 'notWorkbook'],
    ['more than may be unpacked', saying(workbookLimits.unpackedBytes / 4), 'workbookTooLarge'],
    ['thousands of files', workbookOf('', { more: Object.fromEntries(Array.from({ length: 1_100 }, (_, i) => [`xl/${i}.xml`, ''])) }), 'workbookTooLarge'], // prettier-ignore
    ['sizes that are not so', saying(10), 'notWorkbook'],
    ['hundreds of parts in one place', overlapping(), 'workbookTooLarge'],
    ['one long text in every cell', workbookOf(`<row>${'<c t="s"><v>0</v></c>'.repeat(200)}</row>`, { texts: [`<t>${'x'.repeat(1024 * 1024)}</t>`] }), 'workbookTooLarge'], // prettier-ignore
    ['a row without an end', workbookOf('<row r="Infinity"><c><v>7</v></c></row>'), 'notWorkbook'],
    ['a row below all sheets', workbookOf('<row r="999999999"><c><v>7</v></c></row>'), 'notWorkbook'],
    ['rows that go back', workbookOf('<row r="7"><c><v>7</v></c></row><row r="2"><c><v>7</v></c></row>'), 'notWorkbook'], // prettier-ignore
    ['a document type', workbookOf('', { more: { 'xl/worksheets/sheet1.xml': billion } }), 'notWorkbook'],
    ['a structure without an end', workbookOf('<a>'.repeat(100_000)), 'notWorkbook'],
    ['a text that is not there', workbookOf('<row><c t="s"><v>7</v></c></row>'), 'notWorkbook'],
    ['a cell far to the right', workbookOf('<row><c r="XFD1"><v>7</v></c></row>'), 'tooManyColumns'],
    ['too many rows', workbookOf(textRows(Array.from({ length: 101 }, () => ['x']))), 'tooManyLines'],
  ])('with %s is refused within its bounds', async (_, bytes, rule) => {
    const read = await withoutLabour(8_000, async () => refused(bytes));
    expect('fault' in read && read.fault.rule).toBe(rule);
  });

  it('whose last row is far below costs nothing', () => {
    const rows = '<row r="1048576"><c r="A1048576"><v>7</v></c></row>';
    expect(cells(rows)).toEqual(['1048576 7']);
    expect(workbookLimits.columns).toBe(200);
  });
});
