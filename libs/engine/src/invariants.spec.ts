import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CaseCommand } from './commands.ts';
import { decide } from './decide.ts';
import { evolve, fold } from './evolve.ts';
import type { CaseEvent } from './events.ts';
import { nextBell } from './deadline-state.ts';
import { bellsAfter } from './bells.ts';
import { clearFields } from './clear-fields.ts';
import type { CaseState } from './state.ts';
import { emptyState } from './state.ts';
import type { Piece } from './testing/model.ts';
import {
  and,
  boundary,
  end,
  error,
  eventBased,
  eventSub,
  catching,
  feel,
  message,
  processModel,
  script,
  service,
  start,
  sub,
  task,
  terminate,
  timer,
  user,
  xor,
} from './testing/model.ts';
import { Play } from './testing/play.ts';
import { VersionedMap } from './versioned-map.ts';
import { catalogue, step, term } from './testing/world.ts';

/** A piece of process with one way in and one way out. */
interface Block {
  readonly pieces: readonly Piece[];
  readonly flows: readonly string[];
  readonly first: string;
  readonly last: string;
}

let made = 0;
const id = (kind: string): string => `${kind}${made++}`;
const single = (piece: Piece): Block => ({
  pieces: [piece],
  flows: [],
  first: piece.node.id,
  last: piece.node.id,
});

function sequence(blocks: readonly Block[]): Block {
  const [first, ...rest] = blocks as [Block, ...Block[]];
  return rest.reduce(
    (all, next) => ({
      pieces: [...all.pieces, ...next.pieces],
      flows: [...all.flows, ...next.flows, `${all.last} -> ${next.first}`],
      first: all.first,
      last: next.last,
    }),
    first,
  );
}

function branches(kind: 'xor' | 'and', blocks: readonly Block[]): Block {
  const [split, join] = [id(`${kind}split`), id(`${kind}join`)];
  const gateway = kind === 'xor' ? xor : and;
  const into = (block: Block, i: number): string =>
    kind === 'and'
      ? `${split} -> ${block.first}`
      : i === 0
        ? `${split} -> ${block.first} default`
        : `${split} -> ${block.first} if n = ${i}`;
  return {
    pieces: [gateway(split), gateway(join), ...blocks.flatMap((it) => it.pieces)],
    flows: [
      ...blocks.flatMap((it) => it.flows),
      ...blocks.map(into),
      ...blocks.map((it) => `${it.last} -> ${join}`),
    ],
    first: split,
    last: join,
  };
}

function inSub(
  block: Block,
  ends: 'none' | 'terminate' | 'error',
  extra: 'none' | 'event-sub' | 'timer',
  interrupting: boolean,
): Block {
  const [key, merge] = [id('sub'), id('merge')];
  const [is, ie, aside] = [id('start'), id('end'), id('aside')];
  const event =
    ends === 'terminate' ? terminate : ends === 'error' ? error('X') : ({ kind: 'none' } as const);
  const handler = eventSub(
    id('esp'),
    [start(id('es'), { event: message('news'), interrupting }), user(id('et'))],
    [],
  );
  const inside = [start(is), ...block.pieces, end(ie, { event })];
  const flows = [`${is} -> ${block.first}`, ...block.flows, `${block.last} -> ${ie}`];
  const caught = boundary(id('caught'), key, error('X'));
  const late = boundary(id('late'), key, timer('duration', 'PT1H'), { interrupting });
  return {
    pieces: [
      sub(key, extra === 'event-sub' ? [...inside, handler] : inside, flows),
      caught,
      ...(extra === 'timer' ? [late, end(aside)] : []),
      xor(merge),
    ],
    flows: [
      `${key} -> ${merge}`,
      `${caught.node.id} -> ${merge}`,
      ...(extra === 'timer' ? [`${late.node.id} -> ${interrupting ? merge : aside}`] : []),
    ],
    first: key,
    last: merge,
  };
}

function waitForEither(): Block {
  const [gateway, a, b, merge] = [id('ebg'), id('msg'), id('time'), id('merge')];
  return {
    pieces: [
      eventBased(gateway),
      catching(a, { event: message('reply') }),
      catching(b, { event: timer('duration', 'P1D') }),
      xor(merge),
    ],
    flows: [`${gateway} -> ${a} -> ${merge}`, `${gateway} -> ${b} -> ${merge}`],
    first: gateway,
    last: merge,
  };
}

const deadline = (nr: number) => ({
  id: `DL_${nr}`,
  term: 't',
  bases: [{ name: 'b', value: feel('d'), proof: null }],
});

const { block } = fc.letrec<{ block: Block; leaf: Block }>((tie) => ({
  leaf: fc
    .constantFrom('user', 'task', 'service', 'script', 'wait', 'timer', 'deadline')
    .map((kind): Block => {
      switch (kind) {
        case 'user':
          return single(user(id('user')));
        case 'task':
          return single(task(id('task')));
        case 'service':
          return single(service(id('job')));
        case 'script':
          return single(script(id('script'), 'n + 1', 'n'));
        case 'timer':
          return single(catching(id('timer'), { event: timer('duration', 'PT2H') }));
        case 'deadline':
          return single(user(id('due'), { deadlines: [deadline(made)] }));
        default:
          return waitForEither();
      }
    }),
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('block'), { minLength: 1, maxLength: 4 }).map(sequence),
    fc.array(tie('block'), { minLength: 2, maxLength: 3 }).map((all) => branches('and', all)),
    fc.array(tie('block'), { minLength: 2, maxLength: 3 }).map((all) => branches('xor', all)),
    fc
      .tuple(
        tie('block'),
        fc.constantFrom('none', 'terminate', 'error'),
        fc.constantFrom('none', 'event-sub', 'timer'),
        fc.boolean(),
      )
      .map(([inner, ends, extra, interrupting]) => inSub(inner, ends, extra, interrupting)),
  ),
}));

const process = block.map((body) => {
  const flows = [`s -> ${body.first}`, ...body.flows, `${body.last} -> e`];
  const model = processModel('random', [start('s'), ...body.pieces, end('e')], flows);
  return Object.assign(model, { [fc.toStringMethod]: () => [...model.flows.keys()].join(' ') });
});

/** What may be asked now, sensible or not. */
function choices(state: CaseState): CaseCommand[] {
  const keys = <T>(map: ReadonlyMap<string, T>): string[] => [...map.keys()];
  return [
    ...keys(state.tasks).map((key): CaseCommand => ({ type: 'CompleteUserTask', key, variables: { n: 1 } })),
    ...keys(state.jobs).map((key): CaseCommand => ({ type: 'CompleteJob', key, variables: {} })),
    ...keys(state.jobs).map((key): CaseCommand => ({
      type: 'ThrowJobError',
      key,
      code: 'X',
      message: '',
      variables: {},
    })),
    ...keys(state.timers).map((timer_): CaseCommand => ({ type: 'TriggerTimer', timer: timer_ })),
    ...keys(state.deadlines).map((key): CaseCommand => ({ type: 'TriggerDeadline', deadline: key })),
    ...keys(state.incidents).map((key): CaseCommand => ({ type: 'ResolveIncident', key, resolution: 'r' })),
    ...[...state.subscriptions.values()].map(({ name }): CaseCommand => ({
      type: 'CorrelateMessage',
      name,
      correlationKey: null,
      messageId: 'm',
      variables: { n: 2 },
    })),
    { type: 'CompleteUserTask', key: 'nobody', variables: {} },
    { type: 'SetVariables', variables: { n: 3 }, reason: 'r' },
    { type: 'SuspendCase', reason: 'r' },
    { type: 'ResumeCase', reason: 'r' },
  ];
}

const finals = new Set(['CaseCompleted', 'CaseFailed', 'CaseTerminated']);
const world = catalogue([term('t', { amount: 5 })], {
  default: [step('warn', 'safe', -1), step('alarm', 'legal', 0, { does: 'escalation', repeatHours: 6 })],
});

function check(play: Play, choice: readonly number[]): void {
  play.steps = 300;
  play.start({ n: 0, d: '2026-01-02' });
  for (const nr of choice) {
    const possible = choices(play.state);
    const command = possible[nr % possible.length] as CaseCommand;
    if (nr % 5 === 0) play.now = new Date(Date.parse(play.now) + (nr % 97) * 3_600_000).toISOString();
    const before = play.state;
    const frozen = snapshot(before);
    const env = play.env();
    let keys = 0;
    const again = { ...env, newKey: () => `k${nr}-${keys++}` };
    const first = decide(play.model, before, command, again);
    keys = 0;
    expect(decide(play.model, before, command, again)).toEqual(first);
    expect(snapshot(before)).toEqual(frozen);
    if ('rejection' in first) continue;
    expect(first.events.reduce((state, event) => evolve(state, event), before)).toEqual(first.state);
    play.do(command);
  }
  lawful(play);
}

function snapshot(state: CaseState): string {
  return JSON.stringify(state, (_, value: unknown) =>
    value instanceof VersionedMap || value instanceof Map ? [...value.entries()] : value,
  );
}

/** What must hold of every history. */
function lawful({ history, state }: Play): void {
  expect(fold(history)).toEqual(state);

  const final = history.findIndex(({ type }) => finals.has(type));
  expect(final === -1 ? history.length : final + 1).toBe(history.length);

  const made_ = history.flatMap((event) =>
    'key' in event.data && creates.has(event.type) ? [event.data.key] : [],
  );
  expect(new Set(made_).size).toBe(made_.length);

  const live = new Set([...state.elements.keys()]);
  for (const { host } of [...state.timers.values(), ...state.subscriptions.values()]) {
    expect(host === null ? state.status === 'active' : live.has(host)).toBe(true);
  }
  for (const { scope } of state.elements.values()) expect(scope === null || live.has(scope)).toBe(true);
  for (const [key, scope] of [[null, state.root] as const, ...state.elements]) {
    const children = [...state.elements.values()].filter((it) => it.scope === key).length;
    expect(scope.children).toBe(children);
  }
  if (state.status !== 'active') {
    expect([live.size, state.timers.size, state.subscriptions.size, state.incidents.size]).toEqual([
      0, 0, 0, 0,
    ]);
    expect([...state.deadlines.values()].filter((it) => nextBell(it) !== null)).toEqual([]);
  } else if (live.size === 0) expect(state.root.joins).not.toBeNull();

  scopesCompleteEmpty(history);
  bellsFollow(history, state);
}

const creates = new Set([
  'ElementActivated',
  'UserTaskCreated',
  'JobCreated',
  'TimerArmed',
  'MessageSubscribed',
  'DeadlineOpened',
  'EscalationRaised',
  'IncidentRaised',
]);

function scopesCompleteEmpty(history: readonly CaseEvent[]): void {
  let state = emptyState;
  for (const event of history) {
    if (event.type === 'ElementCompleted') {
      expect(state.elements.get(event.data.key)?.children ?? 0).toBe(0);
    }
    if (event.type === 'CaseCompleted') expect(state.root.children).toBe(0);
    state = evolve(state, event);
  }
}

/** A table kept from the events alone holds exactly the bells that the state has. */
function bellsFollow(history: readonly CaseEvent[], state: CaseState): void {
  const table = new Map<string, string>();
  for (const event of history) {
    for (const bell of bellsAfter(event)) {
      if (bell.change === 'clear-all') table.clear();
      else if (bell.change === 'clear') table.delete(bell.key);
      else table.set(bell.key, bell.kind === 'continuation' ? 'at once' : bell.dueAt);
    }
  }
  const expected = new Map<string, string>();
  if (state.status === 'active') {
    for (const { key, dueAt } of state.timers.values()) expected.set(key, dueAt);
    for (const it of state.deadlines.values()) {
      const at = nextBell(it);
      if (at !== null) expected.set(it.key, at);
    }
    if (state.continuation) expected.set('continuation', 'at once');
  }
  expect(new Map([...table].sort())).toEqual(new Map([...expected].sort()));
}

describe('whatever the process and whatever is asked of it', () => {
  it('the laws of the engine hold', () => {
    fc.assert(
      fc.property(process, fc.array(fc.nat(10_000), { maxLength: 40 }), (model, choice) => {
        check(new Play(model, { catalogue: world }), choice);
      }),
      { numRuns: 300 },
    );
  });

  it('a process of tasks, forks and choices that is well formed comes to its end', () => {
    fc.assert(
      fc.property(process, (model) => {
        const play = new Play(model, { catalogue: world });
        play.start({ n: 0, d: '2026-01-02' });
        for (let i = 0; i < 2000 && play.state.status === 'active'; i++) {
          const command = choices(play.state)[0] as CaseCommand;
          if (command.type === 'TriggerTimer' || command.type === 'TriggerDeadline') {
            play.advanceTo(new Date(Date.parse(play.now) + 86_400_000).toISOString());
          } else play.do(command);
        }
        expect(play.state.status).toBe('completed');
        lawful(play);
      }),
      { numRuns: 200 },
    );
  });
});

it('every event type says which of its fields stay readable', () => {
  for (const [type, fields] of Object.entries(clearFields)) {
    expect([type, new Set(fields).size]).toEqual([type, fields.length]);
    for (const secret of ['variables', 'reason', 'message', 'text', 'note', 'sender', 'outputs']) {
      if (type !== 'IncomingRegistered') expect(fields).not.toContain(secret);
    }
  }
});
