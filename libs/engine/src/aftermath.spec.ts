import { describe, expect, it } from '@jest/globals';
import { aftermathOf, entryOf } from './aftermath.ts';
import type { CaseCommand } from './commands.ts';
import type { CaseEvent, Key } from './events.ts';
import type { RecordedCaseEvent } from './evolve.ts';
import { and, feel, processModel, service, start, user } from './testing/model.ts';
import { Play } from './testing/play.ts';
import { catalogue, term } from './testing/world.ts';

const reason = 'data sbagliata';
const declared = { id: 'DL', term: 't', bases: [{ name: 'b', value: feel('on'), proof: feel('no') }] };
const model = processModel(
  'p',
  [
    start('s'),
    user('a', { deadlines: [{ ...declared, met: [{ by: 'b', date: feel('doneOn'), use: 'both' }] }] }),
    user('b'),
    user('c'),
    service('send'),
    user('d'),
    and('fork'),
    user('x'),
    user('y'),
    and('join'),
    user('z'),
  ],
  ['s -> a -> b -> c -> send -> d -> fork', 'fork -> x -> join', 'fork -> y -> join', 'join -> z'],
);

/** A case whose history tells which command brought what, as the log does. */
class Told extends Play {
  readonly told: RecordedCaseEvent[] = [];
  #n = 0;

  override do(command: CaseCommand, account?: string): readonly CaseEvent[] {
    const events = super.do(command, account);
    const commandId = `command-${++this.#n}`;
    this.told.push(...events.map((event) => ({ ...event, commandId })));
    return events;
  }

  /** The key of the task of this element that was completed last. */
  done(element: string): Key {
    const events = this.told.filter((it) => it.type === 'UserTaskCompleted' && it.data.element === element);
    return (events.at(-1)?.data as { key: Key }).key;
  }

  why(element: string) {
    return aftermathOf(this.told, this.done(element))?.obstacle;
  }

  reopen(element: string): readonly CaseEvent[] {
    const key = this.done(element);
    const aftermath = aftermathOf(this.told, key);
    if (aftermath?.obstacle !== null) throw new Error(JSON.stringify(aftermath));
    return this.do({ type: 'ReopenUserTask', key, reason, aftermath });
  }

  rectify(variables: Record<string, string>): readonly CaseEvent[] {
    const former = Object.fromEntries(
      Object.keys(variables).map((name) => [name, entryOf(this.told, name)?.value as string]),
    );
    return this.do({ type: 'RectifyCase', variables, former, reason });
  }

  get open(): readonly string[] {
    return [...this.state.tasks.values()].map(({ element }) => element);
  }
}

const begun = (): Told => {
  const it_ = new Told(model, { now: '2026-03-10T09:00:00.000Z', catalogue: catalogue([term('t')], {}) });
  it_.start();
  it_.complete('a', { on: '2026-03-06', no: '12/2026' });
  return it_;
};

describe('a task that was done wrongly', () => {
  it('is open again, with its term closed until it is done anew', () => {
    const it_ = begun();
    it_.reopen('a');
    expect(it_.open).toEqual(['a']);
    expect(it_.deadline('DL').status).toBe('closed');
    it_.complete('a', { on: '2026-03-09' });
    expect(it_.deadline('DL')).toMatchObject({ status: 'open', plan: { base: '2026-03-09' } });
  });

  it('lets a term run again that it met', () => {
    const it_ = begun();
    it_.complete('b', { doneOn: '2026-03-09' });
    expect(it_.deadline('DL').status).toBe('met');
    it_.reopen('b');
    expect(it_.open).toEqual(['b']);
    expect(it_.deadline('DL')).toMatchObject({ status: 'open', decidedOn: null });
  });

  it('waits for the task that was done after it, which is reopened first', () => {
    const it_ = begun();
    it_.complete('b', { doneOn: '2026-03-09' });
    expect(it_.why('a')).toMatchObject({ why: 'later-task-done', element: 'b' });
    it_.reopen('b');
    it_.reopen('a');
    expect(it_.open).toEqual(['a']);
    // The tasks that ended with it are not done, and what was reopened is not reopened again.
    expect(aftermathOf(it_.told, it_.done('a'))).toBeNull();
  });

  it('stays done once something is on its way, and once it has gone', () => {
    const it_ = begun();
    it_.complete('b', { doneOn: '2026-03-09' });
    it_.complete('c');
    expect(it_.why('c')).toEqual({ why: 'act-sent' });
    it_.do({ type: 'FailJob', key: it_.job('send').key, retries: 0, message: 'no' });
    expect(it_.why('c')).toBeNull();
    it_.resolve();
    expect(it_.why('c')).toEqual({ why: 'act-sent' });
    it_.completeJob('send');
    expect(it_.why('c')).toEqual({ why: 'act-sent' });
    // Sent by hand is sent.
    it_.complete('d', { sentAt: '2026-03-10' });
    expect(it_.why('d')).toEqual({ why: 'act-sent' });
  });

  it('takes back the token that waits for others, and stays done once they came together', () => {
    const it_ = begun();
    it_.complete('b', { doneOn: '2026-03-09' });
    it_.complete('c');
    it_.completeJob('send');
    it_.complete('d');
    it_.complete('x');
    it_.reopen('x');
    expect(it_.open.toSorted()).toEqual(['x', 'y']);
    it_.complete('x');
    it_.complete('y');
    expect(it_.open).toEqual(['z']);
    const gone = { why: 'flow-went-on' };
    expect([it_.why('x'), it_.why('y')]).toEqual([gone, gone]);
    const key = it_.done('x');
    const aftermath = aftermathOf(it_.told, key)!;
    // Also for whoever does not look.
    expect(it_.refused({ type: 'ReopenUserTask', key, reason, aftermath })).toBe('flow-went-on');
    expect(it_.refused({ type: 'ReopenUserTask', key, reason: ' ', aftermath })).toBe('reason-required');
  });
});

describe('what was entered wrongly', () => {
  it('is corrected wherever it stands, with the base and the proof of its term, and the flow stays where it is', () => {
    const it_ = begun();
    it_.rectify({ on: '2026-03-09', no: '13/2026' });
    expect(it_.open).toEqual(['b']);
    expect(it_.state.root.variables).toMatchObject({ on: '2026-03-09', no: '13/2026' });
    expect(it_.deadline('DL')).toMatchObject({
      plan: { base: '2026-03-09' },
      bases: [{ name: 'b', date: '2026-03-09', proof: '13/2026' }],
    });
  });

  it('moves the day on which a term was met', () => {
    const it_ = begun();
    it_.complete('b', { doneOn: '2026-03-09' });
    it_.rectify({ doneOn: '2026-03-10' });
    expect(it_.deadline('DL')).toMatchObject({ status: 'met', decidedOn: '2026-03-10' });
    expect(
      it_.refused({ type: 'RectifyCase', variables: { doneOn: '' }, former: { doneOn: 'x' }, reason }),
    ).toBe('variables-invalid');
    const wrong = { variables: { on: 'ieri' }, former: { on: '2026-03-06' } };
    expect(it_.refused({ type: 'RectifyCase', ...wrong, reason })).toBe('date-invalid');
  });

  it('is known by its last entry, and by what was sent since', () => {
    const it_ = begun();
    expect(entryOf(it_.told, 'nobody')).toBeNull();
    it_.complete('b', { doneOn: '2026-03-09' });
    it_.complete('c', { no: '14/2026' });
    expect(entryOf(it_.told, 'no')).toEqual({ value: '14/2026', isSent: false });
    it_.completeJob('send');
    expect(entryOf(it_.told, 'no')).toEqual({ value: '14/2026', isSent: true });
    it_.complete('d', { sentAt: '2026-03-10' });
    expect(entryOf(it_.told, 'sentAt')).toEqual({ value: '2026-03-10', isSent: false });
  });
});
