import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Answer, Entry } from '../commands/ledger.ts';
import { judgeCommands, judgeKept } from './commands.ts';
import { canonical } from './log.ts';
import type { LogRow } from './log.ts';
import { judgeTokens } from './tokens.ts';
import { checkLog } from './whole-log.ts';
import type { HeadRow } from './whole-log.ts';

interface Told {
  readonly type: string;
  readonly data?: object;
}

/** A log as its tables have it: each append is a stream, a command and its events. */
function tablesOf(appends: readonly (readonly [string, string, ...Told[]])[]) {
  const heads = new Map<string, HeadRow>();
  const rows = appends.map(([stream, commandId, ...events], i): LogRow => {
    const first = (heads.get(stream)?.revision ?? -1) + 1;
    const own = events.map(({ type, data = {} }, n) => {
      const head = heads.get(stream) ?? { revision: -1, hash: '0'.repeat(64) };
      const event = { id: `${commandId}/${n}`, type, data, prevHash: head.hash };
      const whole = { stream, commandId, ...event, revision: head.revision + 1 };
      const hash = createHash('sha256').update(canonical(whole)).digest('hex');
      heads.set(stream, { stream, revision: head.revision + 1, hash });
      return event;
    });
    const text = JSON.stringify({ c: { stream, commandId }, e: own });
    return { position: String(i + 1), first_revision: first, events: text };
  });
  return { rows, heads: [...heads.values()] };
}

const key = (of: string): Told['data'] => ({ key: of });
const started: readonly Told[] = [
  { type: 'CaseStarted' },
  { type: 'ElementActivated', data: key('e1') },
  { type: 'UserTaskCreated', data: key('t1') },
];
const ended: readonly Told[] = [
  { type: 'UserTaskCompleted', data: key('t1') },
  { type: 'ElementCompleted', data: key('e1') },
  { type: 'CaseCompleted' },
];
const whole = tablesOf([
  ['case-a', 'c1', ...started],
  ['case-b', 'c2', ...started],
  ['case-a', 'c3', ...ended],
]);
const { events } = checkLog(whole.rows, whole.heads, 3);

const done = (caseId: string, commandId: string, position: number, revision: number): Answer => ({
  ...{ outcome: 'done', caseId, commandId, revision, position: `abc-${position}`, tasks: [] },
});
const entry = (of: string, ...answers: Answer[]): Entry => ({
  ...{ key: of, answers, asked: { what: 'start', process: 'p', note: '' } },
});
const unknown: Answer = { outcome: 'unknown', why: 'gone' };
const refused: Answer = { outcome: 'refused', code: 'task-not-found' };
const ledger = [
  entry('k1', unknown, done('a', 'c1', 1, 2), done('a', 'c1', 1, 2)),
  entry('k2', done('b', 'c2', 2, 2)),
  entry('k3', done('a', 'c3', 3, 5)),
  entry('k4', refused),
];

describe('the oracle of a whole log', () => {
  const changed = (i: number, change: (text: string) => string): readonly LogRow[] =>
    whole.rows.map((row, n) => (n === i ? { ...row, events: change(row.events) } : row));

  it('finds nothing in one that is whole', () => {
    expect(checkLog(whole.rows, whole.heads, 3).faults).toEqual([]);
  });

  it('sees rows that are missing, doubled, exchanged or altered, and tables that do not fit', () => {
    const { rows, heads } = whole;
    const faultsOf = (...given: Parameters<typeof checkLog>): string => checkLog(...given).faults.join('; ');
    expect(faultsOf([rows[0]!, rows[2]!], heads, 3)).toContain('position 3 follows 1');
    expect(faultsOf([...rows, rows[2]!], heads, 3)).toContain('case-a: revision 3 after 5');
    expect(faultsOf([rows[1]!, rows[0]!, rows[2]!], heads, 3)).toContain('position 2 follows 0');
    expect(
      faultsOf(
        changed(0, (it) => it.replace('e1', 'e9')),
        heads,
        3,
      ),
    ).toBe('case-a: the chain breaks at 2');
    expect(
      faultsOf(
        changed(2, (it) => it.replace('t1', 't9')),
        heads,
        3,
      ),
    ).toContain('the chain breaks at 4');
    expect(
      faultsOf(
        changed(1, (it) => it.replace('t1', 't9')),
        heads,
        3,
      ),
    ).toBe('case-b: the head is not its last');
    expect(faultsOf(rows.slice(0, 2), heads, 3)).toContain('the log ends at 2');
    expect(faultsOf(rows, heads.slice(1), 3)).toBe('case-a has no head');
    expect(faultsOf(rows, heads, 4)).toBe('the counter says 4, the log ends at 3');
  });
});

describe('the oracle of commands', () => {
  it('finds nothing where the log has what was acknowledged, and nothing else', () => {
    expect(judgeCommands(ledger, events)).toEqual([]);
  });

  const tampered = (i: number, ...answers: Answer[]): readonly Entry[] =>
    ledger.map((it, n) => (n === i ? entry(it.key, ...answers) : it));

  it('sees what was lost, written twice, or written and told to nobody', () => {
    const without = events.filter(({ commandId }) => commandId !== 'c2');
    expect(judgeCommands(ledger, without)).toEqual(['k2 () was acknowledged and is lost']);
    const again = events
      .filter(({ commandId }) => commandId === 'c2')
      .map((event) => ({ ...event, position: 4 }));
    expect(judgeCommands(ledger, [...events, ...again])).toEqual(['k2 () is in the log 2 times']);
    expect(judgeCommands(ledger.slice(1), events)).toEqual(['case-a: nobody was told of the command c1']);
    expect(judgeCommands(tampered(1, refused), events)).toEqual([
      'case-b: nobody was told of the command c2',
    ]);
  });

  it('sees answers that are missing, that differ, that belong to others, or name another place', () => {
    expect(judgeCommands(tampered(3, unknown), events)).toEqual(['k4 () was never answered']);
    expect(judgeCommands(tampered(0, ledger[0]!.answers[1]!, done('a', 'c1', 1, 3)), events)[0]).toContain(
      'was answered differently',
    );
    expect(judgeCommands(tampered(0, ledger[0]!.answers[1]!, refused), events)[0]).toContain(
      'is done, and was refused as task-not-found',
    );
    expect(judgeCommands(tampered(3, done('b', 'c2', 2, 2)), events)).toEqual([
      'k4 () has the answer of another request',
    ]);
    for (const wrong of [done('b', 'c2', 3, 2), done('b', 'c2', 2, 1), done('a', 'c2', 2, 2)])
      expect(judgeCommands(tampered(1, wrong), events)[0]).toContain('and was told');
  });
});

describe('the oracle of what was kept', () => {
  it('misses what was acknowledged, and nothing else', () => {
    expect(judgeKept(ledger.slice(0, 1), events)).toEqual([]);
    const without = events.filter(({ commandId }) => commandId !== 'c3');
    expect(judgeKept(ledger, without)).toEqual(['k3 was acknowledged before the power went, and is lost']);
  });
});

describe('the oracle of tokens', () => {
  const judge = (...told: Told[]): string => {
    const { rows, heads } = tablesOf([['case-x', 'c', ...told]]);
    return judgeTokens(checkLog(rows, heads, 1).events).join('; ');
  };
  const [start, enter, open] = started as [Told, Told, Told];
  const [complete, leave, end] = ended as [Told, Told, Told];
  const flow: Told = { type: 'SequenceFlowTaken', data: { flow: 'f' } };

  it('follows those of a case from beginning to end', () => {
    expect(judge(...started, ...ended)).toBe('');
    expect(judge(start, leave, flow, enter, open).replaceAll(/.*: /g, '')).toBe('e1 is entered twice');
  });

  it('sees what is done twice, after the end, or left open', () => {
    expect(judge(...started, complete, complete)).toContain('completed and is not open');
    expect(judge(...started, enter)).toContain('e1 is entered twice');
    expect(judge(...started, leave, leave)).toContain('e1 is left twice');
    expect(judge(start, { type: 'ElementTerminated', data: key('e1') })).toContain('is not active');
    expect(judge(start, flow, flow)).toContain('the flow f is taken twice');
    expect(judge(...started, start)).toContain('started again');
    expect(judge(...started, end)).toContain('ended with something open');
    expect(judge(...started, ...ended, flow)).toContain('SequenceFlowTaken after the end');
  });
});
