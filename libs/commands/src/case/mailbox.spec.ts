import { describe, expect, it } from '@jest/globals';
import { createHotCases } from './hot-cases.ts';
import { emptyFile } from './case-file.ts';
import { createMailboxes } from './mailbox.ts';

describe('mailboxes', () => {
  it('do one thing at a time per name, in order, and go on after a failure', async () => {
    const inTurn = createMailboxes();
    const seen: string[] = [];
    const work =
      (name: string, fails = false) =>
      async () => {
        seen.push(`${name} begins`);
        await Promise.resolve();
        seen.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      };
    const [a, b, c] = [inTurn('x', work('a')), inTurn('x', work('b', true)), inTurn('x', work('c'))];
    await expect(b).rejects.toThrow('b');
    expect([await a, await c]).toEqual(['a', 'c']);
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('do not make different names wait', async () => {
    const inTurn = createMailboxes();
    let release = (): void => undefined;
    const held = inTurn('x', () => new Promise<void>((resolve) => (release = resolve)));
    expect(await inTurn('y', async () => 1)).toBe(1);
    release();
    await held;
  });
});

describe('hot cases', () => {
  it('let the one used longest ago go first', () => {
    const hot = createHotCases(2);
    const file = (account: string) => ({ ...emptyFile, startedBy: account });
    hot.put('a', file('a'));
    hot.put('b', file('b'));
    hot.get('a');
    hot.put('c', file('c'));
    expect([hot.get('a')?.startedBy, hot.get('b'), hot.get('c')?.startedBy]).toEqual(['a', undefined, 'c']);
    hot.drop('a');
    expect(hot.size).toBe(1);
  });
});
