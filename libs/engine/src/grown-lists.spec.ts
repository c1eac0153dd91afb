import { describe, expect, it } from '@jest/globals';
import { withAppended, withoutWhatWasThere } from './grown-lists.ts';

const refs = (count: number): string[] => Array.from({ length: count }, (_, i) => `K-${i}`);

describe('lists that have only grown', () => {
  it('tells of a long list what was added, and of anything else the whole', () => {
    const told = withoutWhatWasThere({ answered: refs(16), count: 16 }, { answered: refs(17), count: 17 });
    expect(told).toEqual({ variables: { count: 17 }, appended: { answered: ['K-16'] } });
    expect(withAppended({ answered: refs(16) }, told.appended ?? {})).toEqual({ answered: refs(17) });
  });

  it('tells the whole of a short list, of one that is new, and of one that is no list any more', () => {
    expect(withoutWhatWasThere({ few: refs(15) }, { few: refs(16) })).toEqual({
      variables: { few: refs(16) },
    });
    expect(withoutWhatWasThere({}, { many: refs(20) })).toEqual({ variables: { many: refs(20) } });
    expect(withoutWhatWasThere({ many: refs(20) }, { many: null })).toEqual({ variables: { many: null } });
  });

  it('tells the whole when the list has lost something, or has another order', () => {
    const [first, second, ...others] = refs(20);
    for (const many of [refs(19), [second, first, ...others, 'K-20'] as string[]])
      expect(withoutWhatWasThere({ many: refs(20) }, { many })).toEqual({ variables: { many } });
  });

  it('compares what is in the rows', () => {
    const rows = refs(20).map((candidateRef) => ({ candidateRef, mark: 27 }));
    const more = [...structuredClone(rows), { candidateRef: 'K-20', mark: 30 }];
    expect(withoutWhatWasThere({ rows }, { rows: more }).appended).toEqual({ rows: more.slice(20) });
    const corrected = more.map((row, i) => (i === 3 ? { ...row, mark: 28 } : row));
    expect(withoutWhatWasThere({ rows }, { rows: corrected })).toEqual({ variables: { rows: corrected } });
  });

  it('sets a list again that is as it was: nothing is added', () => {
    const told = withoutWhatWasThere({ many: refs(20) }, { many: refs(20) });
    expect(told).toEqual({ variables: {}, appended: { many: [] } });
    expect(withAppended({ many: refs(20) }, told.appended ?? {})).toEqual({ many: refs(20) });
  });
});
