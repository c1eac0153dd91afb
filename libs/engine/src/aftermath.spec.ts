import { describe, expect, it } from '@jest/globals';
import { actSight } from './acts.ts';
import { aftermathOf } from './aftermath.ts';
import type { CaseCommand } from './commands.ts';
import { entryOf } from './entry.ts';
import type { CaseEvent, Key, Variables } from './events.ts';
import type { RecordedCaseEvent } from './evolve.ts';
import { and, feel, mapping, plain, processModel, service, start, user } from './testing/model.ts';
import { holdersOf } from './holders.ts';
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

const letter = (template: string, on: 'activation' | 'completion', when: string | null = null) => ({
  acts: [{ template, out: `${template}Doc`, on, when: when === null ? null : feel(when) }],
});
const drafting = processModel(
  'r',
  [
    start('s'),
    user('a'),
    user('prepare', {
      ...letter('charge', 'completion', 'hearing != null'),
      outputs: [mapping('hearing', 'hearing')],
    }),
    user('sign', letter('cover', 'activation')),
    service('send'),
  ],
  ['s -> a -> prepare -> sign -> send'],
);

const reads = (when: string) => ({
  ref: 'DL',
  on: 'completion' as const,
  when: feel(when),
  key: null,
  reason: null,
});
const counting = processModel(
  'q',
  [
    start('s'),
    user('a', { deadlines: [{ ...declared, amount: feel('length') }] }),
    user('draw', { outputs: [mapping('left - taken', 'left'), mapping('taken', 'taken')] }),
    user('b', { deadlineChanges: [{ ...reads('asked'), kind: 'extend', by: feel('more') }] }),
    service('tell', { job: { type: plain('desk-notice'), retries: plain(3), headers: {} } }),
    user('c', { outputs: [mapping('on', 'copied')] }),
  ],
  ['s -> a -> draw -> b -> tell -> c'],
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

  rectifying(variables: Variables): CaseCommand {
    const entries = Object.keys(variables).map((name) => [name, entryOf(this.told, name)!] as const);
    const former = Object.fromEntries(entries.map(([name, { value }]) => [name, value]));
    const scopes = Object.fromEntries(entries.map(([name, { scope }]) => [name, scope]));
    const tasks = entries.flatMap(
      ([
        ,
        {
          event: { type, data },
        },
      ]) => (type === 'UserTaskCompleted' ? [data.key] : []),
    );
    return { type: 'RectifyCase', variables, former, scopes, tasks, reason };
  }

  rectify(variables: Variables): readonly CaseEvent[] {
    return this.do(this.rectifying(variables));
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

describe('drafts of what was entered wrongly', () => {
  const drafted = (): Told => {
    const it_ = new Told(drafting);
    it_.start();
    it_.complete('a', { name: 'X' });
    it_.complete('prepare', { hearing: '2026-04-12' });
    return it_;
  };
  const asked = (events: readonly CaseEvent[]) =>
    events.flatMap(({ type, data }) =>
      type === 'ActsAsked' ? data.acts.map(({ template }) => template) : [],
    );
  const sha256 = 'a'.repeat(64);
  const filed = { name: 'f', mediaType: 'application/pdf', sizeBytes: 1, sha256 };
  const draft = (it_: Told, element: string, template: string): CaseCommand => {
    const task = [...it_.state.asked.keys(), ...it_.state.tasks.keys()].find(
      (key) => actSight(it_.state, key)?.element === element,
    )!;
    const { scope, series } = actSight(it_.state, task)!;
    return {
      ...{ type: 'DraftAct', task, element, scope, series: series(template), template, templateVersion: 1 },
      ...{ templateHash: 'h', name: 'n', revision: it_.state.revision, out: `${template}Doc`, blanks: 0 },
      files: { document: filed, editable: { ...filed, name: 'g' } },
    };
  };

  it('are asked for anew: of the task that is open, and of the one that was given the value', () => {
    const it_ = drafted();
    expect(asked(it_.rectify({ hearing: '2026-04-13' }))).toEqual(['cover', 'charge']);
    const key = [...it_.state.asked.keys()][0]!;
    expect(actSight(it_.state, key)?.variables).toMatchObject({ hearing: '2026-04-13' });
    // What the one that is done was not given does not change what it says.
    expect(asked(it_.rectify({ name: 'Y' }))).toEqual(['cover']);
  });

  it('are not where their task is done and was given something else, nor where the correction makes them needless', () => {
    const it_ = drafted();
    it_.complete('sign');
    expect(asked(it_.rectify({ name: 'Y' }))).toEqual([]);
    expect(asked(it_.rectify({ hearing: null }))).toEqual([]);
  });

  it('stay where people have put their own version in their place', () => {
    const it_ = drafted();
    const [document] = it_
      .do(draft(it_, 'prepare', 'charge'))
      .flatMap(({ type, data }) => (type === 'DocumentAttached' ? [data.key] : []));
    it_.do(draft(it_, 'sign', 'cover'));
    it_.do({ type: 'AttachDocument', ...filed, protocolNo: null, task: null, replaces: document! });
    expect(asked(it_.rectify({ hearing: '2026-04-13' }))).toEqual(['cover']);
  });

  it('stay where they were sent as they are', () => {
    const it_ = drafted();
    const [document] = it_
      .do(draft(it_, 'prepare', 'charge'))
      .flatMap(({ type, data }) => (type === 'DocumentAttached' ? [data.key] : []));
    it_.complete('sign');
    expect(asked(it_.rectify({ hearing: '2026-04-13' }))).toEqual(['charge']);
    const letter = {
      messageId: 'm@x',
      to: ['a@x'],
      documents: [document!],
      submittedAt: '2026-03-10T09:00:00.000Z',
    };
    it_.do({ type: 'RecordDelivery', job: [...it_.state.jobs.keys()][0]!, ...letter });
    expect(asked(it_.rectify({ hearing: '2026-04-14' }))).toEqual([]);
  });
});

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

const drawn = (): Told => {
  const it_ = new Told(counting, { now: '2026-03-10T09:00:00.000Z', catalogue: catalogue([term('t')], {}) });
  it_.start({ left: 3 });
  it_.complete('a', { on: '2026-03-06', no: '12/2026', length: null });
  it_.complete('draw', { taken: 1 });
  return it_;
};

describe('what a task overwrote', () => {
  it('is as before, and is worked out once when the task is done anew', () => {
    const it_ = drawn();
    expect(it_.state.root.variables).toMatchObject({ left: 2 });
    it_.reopen('draw');
    expect(it_.state.root.variables).toMatchObject({ left: 3, taken: 1 });
    it_.complete('draw', { taken: 2 });
    expect(it_.state.root.variables).toMatchObject({ left: 1, taken: 2 });
  });

  it('is not taken from whoever set it since', () => {
    const it_ = drawn();
    it_.do({ type: 'SetVariables', variables: { left: 7 }, reason });
    expect(() => it_.reopen('draw')).toThrow('flow-went-on');
  });
});

describe('a term that a task opened or met', () => {
  it('keeps what was decided about it since', () => {
    const it_ = begun();
    it_.do({ type: 'ExtendDeadline', deadline: it_.deadline('DL').key, days: 5, reason });
    expect(it_.why('a')).toEqual({ why: 'term-moved' });
    const other = begun();
    other.complete('b', { doneOn: '2026-03-09' });
    other.do({ type: 'RectifyDeadline', deadline: other.deadline('DL').key, on: '2026-03-10', reason });
    expect(other.why('b')).toEqual({ why: 'term-moved' });
  });

  it('is not without the suspension in which it was met', () => {
    const it_ = begun();
    it_.do({ type: 'SuspendDeadline', deadline: it_.deadline('DL').key, on: '2026-03-08', reason });
    it_.complete('b', { doneOn: '2026-03-09' });
    expect(it_.why('b')).toEqual({ why: 'term-moved' });
  });
});

it('does not take a notice inside the house for an act', () => {
  const it_ = drawn();
  it_.complete('b', { asked: false, more: null });
  expect(it_.why('b')).toBeNull();
  it_.completeJob('tell');
  expect(it_.why('b')).toEqual({ why: 'flow-went-on' });
  expect(entryOf(it_.told, 'more')).toMatchObject({ isSent: false });
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
    const refused = (variables: Variables) => it_.refused(it_.rectifying(variables));
    expect(refused({ on: 'ieri' })).toBe('date-invalid');
    expect(refused({ on: null })).toBe('date-invalid');
    expect(refused({ on: '2026-03-11' })).toBe('date-in-the-future');
    expect(refused({ doneOn: '2026-03-11' })).toBe('date-in-the-future');
    expect(refused({ doneOn: null })).toBe('date-invalid');
    const gone = { former: { doneOn: 'x' }, scopes: { doneOn: null } };
    expect(it_.refused({ type: 'RectifyCase', variables: { doneOn: '2026-03-10' }, ...gone, reason })).toBe(
      'entry-unknown',
    );
  });

  it('is known by its last entry, and by what was sent since', () => {
    const it_ = begun();
    expect(entryOf(it_.told, 'nobody')).toBeNull();
    it_.complete('b', { doneOn: '2026-03-09' });
    it_.complete('c', { no: '14/2026' });
    expect(entryOf(it_.told, 'no')).toMatchObject({ value: '14/2026', isSent: false });
    it_.completeJob('send');
    expect(entryOf(it_.told, 'no')).toMatchObject({ value: '14/2026', isSent: true });
    it_.complete('d', { sentAt: '2026-03-10' });
    expect(entryOf(it_.told, 'sentAt')).toMatchObject({ value: '2026-03-10', isSent: false });
  });

  it('leaves a base that somebody has set to another day since', () => {
    const it_ = begun();
    const { key: deadline } = it_.deadline('DL');
    it_.do({ type: 'RebaseDeadline', deadline, baseName: 'b', date: '2026-03-02', reason });
    it_.rectify({ on: '2026-03-09' });
    expect(it_.deadline('DL').plan.base).toBe('2026-03-02');
  });

  it('is refused where a term would not follow', () => {
    const interrupted = begun();
    const { key: deadline } = interrupted.deadline('DL');
    interrupted.do({ type: 'InterruptDeadline', deadline, base: '2026-03-08', reason });
    expect(interrupted.refused(interrupted.rectifying({ on: '2026-03-05' }))).toBe('term-moved');
    // How long it runs, whether it is extended, and by how much.
    const it_ = drawn();
    it_.complete('b', { asked: true, more: 3 });
    const unfollowed: Variables[] = [{ length: 9 }, { asked: false }, { more: 4 }];
    for (const variables of unfollowed) expect(it_.refused(it_.rectifying(variables))).toBe('term-moved');
    it_.rectify({ on: '2026-03-09', taken: 2 });
  });

  it('is not what another instance holds by the same name', () => {
    const it_ = begun();
    const scopes = { on: null };
    expect(holdersOf(it_.state, { on: '2026-03-06' }, scopes)).toEqual([{ scope: null, names: ['on'] }]);
    const inside = { ...it_.state.elements.values().next().value!, variables: { on: '2026-03-06' } };
    const elements = (called: string | null) => ({
      ...it_.state,
      elements: new Map([['i', { ...inside, key: 'i', called }]]),
    });
    expect(holdersOf(elements(null), { on: '2026-03-06' }, scopes)).toHaveLength(1);
    expect(holdersOf(elements('child'), { on: '2026-03-06' }, scopes)).toHaveLength(2);
    expect(holdersOf(elements(null), { on: '2026-03-06' }, { on: 'i' })).toHaveLength(2);
  });
});
