import { describe, expect, it } from '@jest/globals';
import { operationsOf } from './operations.ts';

describe('what may be done to a deadline', () => {
  it.each([
    ['open', '2026-04-07', ['suspend', 'extend', 'interrupt', 'rebase', 'reissue']],
    ['open', '2026-03-12T10:00:00+01:00', ['interrupt', 'rebase', 'reissue']],
    ['suspended', '2026-04-07', ['resume', 'extend', 'interrupt', 'rebase', 'reissue']],
    ['missed', '2026-04-07', ['rectify', 'rebase']],
    ['met', '2026-04-07', ['rectify', 'rebase']],
    ['closed', '2026-04-07', []],
    ['replaced', '2026-04-07', []],
  ] as const)('%s, due %s', (state, legalDueDate, expected) => {
    expect(operationsOf({ state, legalDueDate })).toEqual(expected);
  });
});
