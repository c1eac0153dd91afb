import { expect, it } from '@jest/globals';
import { askedOfLog } from './asked-of-log.ts';

it.each([
  [
    'question=missed year=2026',
    [
      ['question', 'missed'],
      ['year', '2026'],
    ],
  ],
  ['role=UPD', [['role', 'UPD']]],
  // As it was recorded when filters were kept as they were typed.
  [
    'body=Mario Rossi process=?',
    [
      ['body', 'Mario Rossi'],
      ['process', '?'],
    ],
  ],
  ['', []],
] as const)('what was asked of the log as «%s» is told by its parts', (detail, parts) => {
  expect(askedOfLog(detail)).toEqual(parts);
});
