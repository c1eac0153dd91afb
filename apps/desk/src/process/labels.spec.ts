import { expect, it } from '@jest/globals';
import { labelIn } from './labels.ts';

const all = new Map([
  ['calling', new Map([['t', 'Chiamare']])],
  [
    'called',
    new Map([
      ['t', 'Altro'],
      ['start', 'Chiusura chiesta'],
      ['x', 'Uno'],
    ]),
  ],
  ['other', new Map([['x', 'Due']])],
  ['unknown', undefined],
]);

it.each([
  ['by its own definition', 't', 'calling', 'Chiamare'],
  ['by the only one that has it', 'start', 'calling', 'Chiusura chiesta'],
  ['by none, where others differ', 'x', 'calling', undefined],
  ['by none, where nobody has it', 'gone', 'calling', undefined],
])('an element is called %s', (_, id, definition, label) => {
  expect(labelIn(all, id, definition)).toBe(label);
});
