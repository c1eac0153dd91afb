import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newRow, openingRows } from '../rows.ts';
import type { Row } from '../rows.ts';
import { fieldsOf, listsOf, readForm } from '../schema.ts';
import type { List } from '../schema.ts';
import { readCell } from './cell.ts';
import { decodeText } from './decode.ts';
import { openFile } from './open-file.ts';
import { parseCsv } from './parse.ts';
import { readRows, saysAgain } from './read-rows.ts';
import { defused, templateOf, writeCsv } from './write.ts';

const component = {
  type: 'dynamiclist',
  path: 'enrolled',
  label: 'Iscritti',
  components: [
    {
      type: 'textfield',
      key: 'employeeRef',
      label: 'Matricola',
      validate: { required: true, pattern: '^M-\\d{4}$' },
      properties: { labelEn: 'Employee number' },
    },
    { type: 'datetime', subtype: 'date', key: 'since', dateLabel: 'In servizio dal' },
    {
      type: 'select',
      key: 'area',
      label: 'Area',
      values: [
        { value: 'OPERATORS', label: 'Operatori', properties: { labelEn: 'Operators' } },
        { value: 'OFFICERS', label: 'Funzionari ed EQ' },
      ],
    },
    { type: 'number', key: 'hours', label: 'Ore già fatte', validate: { max: 40 } },
    { type: 'checkbox', key: 'remote', label: 'A distanza' },
  ],
  properties: { importCsv: true, uniqueBy: 'employeeRef' },
};
const [list] = listsOf(readForm({ components: [component] })) as [List];
const read = (file: string | Uint8Array, present: readonly Row[] = [], hidden: readonly string[] = []) =>
  readRows(typeof file === 'string' ? { text: file } : { text: decodeText(file).text }, {
    list,
    present,
    optionsOf: ({ options }) => options,
    askedOf: () => ({
      list,
      hidden: new Set(list.fields.filter(({ key }) => hidden.includes(key)).map(({ id }) => id)),
    }),
  });
const good = (...asked: Parameters<typeof read>) =>
  read(...asked).lines.flatMap(({ row, faults }) => (faults.length === 0 ? [row.values] : []));
const bad = (...asked: Parameters<typeof read>) =>
  read(...asked).lines.flatMap(({ faults }) =>
    faults.map(({ line, column, value, why }) => {
      const rule = why.rule === 'fault' ? why.fault.rule : why.rule;
      return `${line} ${column ?? '-'} ${JSON.stringify(value)} ${rule}`;
    }),
  );

describe('a file of rows', () => {
  it('is read whoever wrote it: delimiters, marks and encodings', () => {
    const ada = { employeeRef: 'M-0001', since: '2026-04-15', area: 'OFFICERS', hours: '12.5', remote: true };
    const it1 =
      'Matricola;In servizio dal;Area;Ore già fatte;A distanza\r\nM-0001;15/04/2026;Funzionari ed EQ;12,5;sì\r\n';
    const it2 = 'employeeRef,since,area,hours,remote\nM-0001,2026-04-15,OFFICERS,12.5,true\n';
    const shuffled =
      'ore gia fatte;A DISTANZA ;area;employee number;In servizio dal *\n"12,5";X;officers;M-0001;15.4.2026';
    const latin = Uint8Array.from([...it1].map((letter) => letter.charCodeAt(0)));
    const wide = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(
        Uint16Array.from([...it2.replaceAll(',', '\t')].map((one) => one.charCodeAt(0))).buffer,
      ),
    ]);
    for (const file of [it1, `\ufeff${it1}`, it2, `sep=,\n${it2}`, shuffled, latin, wide]) {
      expect(good(file)).toEqual([ada]);
    }
    expect(decodeText(latin).encoding).toBe('windows-1252');
  });

  it('keeps quotes, delimiters and ends of lines that stand in a cell, and counts the lines of the file', () => {
    const lines = parseCsv('a;b\r\n"x ""y"";\r\nz";1\r\n2;3\r\n', () => 0);
    expect(lines.map(({ number, cells }) => [number, ...cells])).toEqual([
      [1, 'a', 'b'],
      [2, 'x "y";\nz', '1'],
      [4, '2', '3'],
    ]);
    expect(bad('Matricola;Area\n"M-0001;OFFICERS\n')[0]).toContain('brokenQuotes');
  });

  it('is reported line by line, with column, value and reason', () => {
    const file = [
      'Matricola;In servizio dal;Area;Ore già fatte;A distanza',
      'M-0001;31/02/2026;OPERATORS;1;no',
      ';15/04/2026;operatori;2;',
      'M-0003;;Dirigenti;1.234;forse',
      '',
      'M-4;;;41;',
      'M-0005;;;;;oltre',
      'M-0006;;',
      'M-0001;;;;',
      'M-0007;2026-04-15;Operators;"1.234,5";1',
    ].join('\n');
    expect(bad(file)).toEqual([
      '2 In servizio dal "31/02/2026" notADate',
      '3 Matricola "" required',
      '4 Area "Dirigenti" notAnOption',
      '4 Ore già fatte "1.234" ambiguousNumber',
      '4 A distanza "forse" notYesOrNo',
      '6 Matricola "M-4" pattern',
      '6 Ore già fatte "41" max',
      '7 - "oltre" cellsTooMany',
      '9 Matricola "M-0001" notUnique',
      '10 Ore già fatte "1.234,5" max',
    ]);
    for (const end of ['', '\n', '\r\n'])
      expect(read(file + end)).toMatchObject({ fault: null, blank: 1, unknown: [], missing: [] });
  });

  it('takes the place of the rows that the list opened with when it names some of them, and stands beside others', () => {
    const opened = openingRows(list, [{ employeeRef: 'M-0001' }, { employeeRef: 'M-0002' }]);
    const typed = [newRow({ employeeRef: 'M-0001' })];
    const says = (file: string, present: readonly Row[]) => saysAgain(read(file, present), present);
    expect(says('Matricola;Ore già fatte\nM-0003;1\nM-0002;4', opened)).toBe(true);
    expect(says('Matricola\nM-0003', opened)).toBe(false);
    expect(says('Matricola\nM-0001', typed)).toBe(false);
  });

  it('takes a line without its last cells, and names the column that it lacks', () => {
    expect(good('Matricola;Ore già fatte;Area\nM-0001')).toEqual(
      good('Matricola;Ore già fatte;Area\nM-0001;;'),
    );
    expect(bad('Area;Matricola\nOFFICERS')).toEqual(['2 Matricola "" required']);
  });

  it('names columns that are unknown, missing or there twice', () => {
    expect(read('Matricola;Stipendio\nM-0001;1')).toMatchObject({
      fault: null,
      unknown: ['Stipendio'],
      missing: ['In servizio dal', 'Area', 'Ore già fatte', 'A distanza'],
    });
    expect(read('Area\nOFFICERS').fault).toEqual({ rule: 'columnMissing', columns: ['Matricola'] });
    expect(read('Matricola;employeeRef\nM-0001;M-0001').fault).toEqual({
      rule: 'columnTwice',
      columns: ['Matricola'],
    });
    expect(read('nome,cognome\na,b').fault).toEqual({ rule: 'noColumns' });
    expect(read('').fault).toEqual({ rule: 'empty' });
    expect(read('Matricola\n').fault).toEqual({ rule: 'empty' });
    expect(read(`Matricola\n${'M-0001\n'.repeat(10_001)}`).fault).toMatchObject({ rule: 'tooManyLines' });
  });

  it('does not drop in silence what a row does not ask, nor what is there already', () => {
    expect(bad('Matricola;Ore già fatte\nM-0001;3', [], ['hours'])).toEqual(['2 Ore già fatte "3" hidden']);
    const present = [{ id: 'k0', values: { employeeRef: 'M-0001' } }];
    expect(bad('Matricola\nM-0001\nM-0002', present)).toEqual(['2 Matricola "M-0001" alikePresent']);
  });
});

it('brings the applications of a portal, under its own names for the columns, and none of its persons', () => {
  const form = join(
    import.meta.dirname,
    '../../../../../processes/selection-window/forms/t_importApplications.json',
  );
  const [applications] = listsOf(readForm(JSON.parse(readFileSync(form, 'utf8')))) as [List];
  const file = [
    'ID domanda;Cognome;Nome;Codice fiscale;Data e ora di invio',
    'C-1;Rossi;Ada;RSSDAA80A41H501X;24/09/2026 10:15',
    'C-2;Verdi;Ugo;VRDGUO80A01H501X;31/09/2026 10:15',
    ';Bianchi;Ida;BNCDIA80A41H501X;24/09/2026 11:00',
    'C-1;Rossi;Ada;RSSDAA80A41H501X;24/09/2026 10:20',
  ].join('\r\n');
  const { unknown, missing, fault, lines } = readRows(
    { text: file },
    {
      ...{ list: applications, present: [], optionsOf: () => [] },
      askedOf: () => ({ list: applications, hidden: new Set() }),
    },
  );
  expect({ unknown, missing, fault }).toEqual({
    ...{ unknown: ['Cognome', 'Nome', 'Codice fiscale'], missing: [], fault: null },
  });
  expect(lines.map(({ line, faults }) => `${line} ${faults.map(({ column }) => column).join()}`)).toEqual([
    ...['2 ', '3 Data e ora di invio', '4 ID domanda', '5 ID domanda'],
  ]);
  expect(lines[0]!.row.values).toEqual({
    candidateRef: 'C-1',
    submittedAt: expect.stringContaining('2026-09-24'),
  });
});

it('leaves what is chosen from a register to the server, which has it', () => {
  const [field] = fieldsOf(
    readForm({
      components: [{ type: 'select', key: 'ipa', label: 'Ente', properties: { register: 'body' } }],
    }),
  );
  expect(readCell(field!, ' c_borgo ', [])).toEqual({ value: 'c_borgo' });
});

it('is no file of rows that is too large, or a workbook of an older kind', async () => {
  expect(await openFile(new Blob([new Uint8Array(5 * 1024 * 1024 + 1)]))).toEqual({
    fault: { rule: 'tooLarge', limit: 5 },
  });
  const old = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]);
  expect(await openFile(new Blob([old]))).toEqual({ fault: { rule: 'oldWorkbook' } });
  expect(await openFile(new Blob(['Matricola;Però\n']))).toEqual({ text: 'Matricola;Però\n' });
});

describe('a cell of a moment', () => {
  it.each([
    ['15/04/2026 10:00', '2026-04-15T10:00'],
    ['15/4/2026 9.05', '2026-04-15T09:05'],
    ['2026-04-15T23:59:59', '2026-04-15T23:59:59'],
    ['25/10/2026 02:30:00+01:00', '2026-10-25T02:30+01:00'],
    ['15/04/2026', null],
    ['15/04/2026 25:00', null],
    ['2026-04-15T10:00:00Z', null],
  ])('%s is %s on the clocks of Italy', (cell, value) => {
    const [moment] = fieldsOf(
      readForm({ components: [{ type: 'datetime', subtype: 'datetime', key: 'at', dateLabel: 'Quando' }] }),
    );
    expect(readCell(moment!, cell, [])).toEqual(value === null ? { fault: 'notAMoment' } : { value });
  });
});

describe('a file that is written', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+39 039', "'+39 039"],
    ['-cmd', "'-cmd"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-12,5', '-12,5'],
    ['a=b', 'a=b'],
  ])('%s starts no formula: %s', (cell, written) => {
    expect(defused(cell)).toBe(written);
  });

  it('opens in a spreadsheet, and comes back as it was', () => {
    expect(templateOf(list)).toBe('\ufeffMatricola;In servizio dal;Area;Ore già fatte;A distanza\r\n');
    const file = writeCsv([
      ['Matricola', 'Area'],
      ['=M;"1"', 'OFFICERS'],
    ]);
    expect(read(file).lines[0]?.row.values).toMatchObject({ employeeRef: '=M;"1"', area: 'OFFICERS' });
  });
});
