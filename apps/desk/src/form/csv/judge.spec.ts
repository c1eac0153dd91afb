import { describe, expect, it } from '@jest/globals';
import { newRow } from '../rows.ts';
import { listsOf, readForm } from '../schema.ts';
import type { List } from '../schema.ts';
import type { Fault } from '../values.ts';
import { judgeLines } from './judge.ts';
import type { JudgeRows } from './judge.ts';

const [list] = listsOf(
  readForm({
    components: [
      { type: 'dynamiclist', path: 'rows', components: [{ type: 'number', key: 'n', label: 'N' }] },
    ],
  }),
) as [List];
const lines = Array.from({ length: 10 }, (_, at) => ({
  line: at + 2,
  row: newRow({ n: String(at) }),
  cells: { n: { column: 'Numero', value: String(at) } },
  faults: [],
}));
/** Has something against odd numbers, and tells two at a time. */
const server: JudgeRows = (rows) => {
  const all = rows.flatMap(({ id, values }): Fault[] =>
    Number(values.n) % 2 === 1
      ? [{ key: 'rows', row: id, field: 'n', rule: 'server', code: 'odd', message: 'Dispari.' }]
      : [],
  );
  const more: Fault[] =
    all.length > 2 ? [{ key: '', rule: 'server', code: 'more-errors', message: '…' }] : [];
  return Promise.resolve([...all.slice(0, 2), ...more]);
};
const says =
  (...faults: Fault[]): JudgeRows =>
  () =>
    Promise.resolve(faults);

describe('lines of a file, judged by the server', () => {
  it('are asked about until nothing new is found', async () => {
    const { lines: judged, isSure } = await judgeLines(lines, [], list, server);
    expect(judged.map(({ line, faults }) => [line, faults.length])).toEqual(
      lines.map(({ line }, at) => [line, at % 2]),
    );
    expect(judged[1]?.faults[0]).toMatchObject({ line: 3, column: 'Numero', value: '1' });
    expect(isSure).toBe(true);
  });

  it('are not sure when it cannot be asked, or does not say all', async () => {
    expect(await judgeLines(lines, [], list, () => Promise.resolve(null))).toMatchObject({ isSure: false });
    const unsaid: Fault = { key: '', rule: 'server', code: 'form-too-costly', message: '' };
    expect(await judgeLines(lines, [], list, says(unsaid))).toMatchObject({ isSure: false });
  });

  it('are refused as a whole when they are too many, and not when they are few', async () => {
    const whole = (code: string): Fault => ({ key: 'rows', rule: 'server', code, message: '' });
    expect((await judgeLines(lines, [], list, says(whole('too-many-rows')))).whole).not.toBeNull();
    expect(await judgeLines(lines, [], list, says(whole('too-few-rows')))).toMatchObject({
      whole: null,
      isSure: true,
    });
  });
});
