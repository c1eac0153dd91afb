import { describe, expect, it } from '@jest/globals';
import type { DeadlinePreviewDto } from '../dto/deadlines.ts';
import { Problem } from '../problems/problem.ts';
import { commandOf } from './forecast.ts';

describe('what a preview asks', () => {
  it.each<[DeadlinePreviewDto, object]>([
    [
      { operation: 'suspend', on: '2026-04-10' },
      { type: 'SuspendDeadline', on: '2026-04-10' },
    ],
    [
      { operation: 'resume', on: '2026-04-10' },
      { type: 'ResumeDeadline', on: '2026-04-10' },
    ],
    [
      { operation: 'extend', days: 5 },
      { type: 'ExtendDeadline', days: 5 },
    ],
    [
      { operation: 'interrupt', date: '2026-04-10' },
      { type: 'InterruptDeadline', base: '2026-04-10' },
    ],
    [
      { operation: 'rebase', date: '2026-04-10', baseName: 'x' },
      { type: 'RebaseDeadline', date: '2026-04-10', baseName: 'x' },
    ],
    [
      { operation: 'rectify', on: '2026-04-10' },
      { type: 'RectifyDeadline', on: '2026-04-10' },
    ],
    [
      { operation: 'prove', baseName: 'x', proof: '1' },
      { type: 'ProveDeadline', proof: '1' },
    ],
    [{ operation: 'reissue-ladder' }, { type: 'ReissueLadder' }],
  ])('%j', (asked, command) => {
    expect(commandOf('k', asked)).toMatchObject({ deadline: 'k', ...command });
  });

  it.each(['suspend', 'resume', 'extend', 'interrupt', 'rebase', 'rectify', 'prove'])(
    'says what is missing to %s',
    (operation) => {
      expect(() => commandOf('k', { operation })).toThrow(Problem);
    },
  );
});
