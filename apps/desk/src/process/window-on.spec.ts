import { expect, it } from '@jest/globals';
import { windowOn } from './window-on.ts';

const drawing = { from: 100, length: 1_000 };

it.each([
  ['in the middle of the drawing has the place in its middle', 600, 450],
  ['near the beginning stops there', 110, 80],
  ['near the end stops there', 1_090, 820],
])('a window %s', (_, middle, start) => {
  expect(windowOn(middle, 300, drawing)).toBe(start);
});

it('a drawing that is shorter than the window stands in its middle', () => {
  expect(windowOn(1_090, 2_000, drawing)).toBe(-400);
});
