import type { ProcessModel } from '@iter/process-model';
import fc from 'fast-check';
import {
  and,
  boundary,
  catching,
  end,
  error,
  eventBased,
  eventSub,
  feel,
  inclusive,
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
} from '../model.ts';
import type { Piece } from '../model.ts';

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

function branches(kind: 'xor' | 'and' | 'or', blocks: readonly Block[]): Block {
  const [split, join] = [id(`${kind}split`), id(`${kind}join`)];
  const gateway = { xor, and, or: inclusive }[kind];
  const into = ({ first }: Block, i: number): string => {
    if (kind === 'and') return `${split} -> ${first}`;
    if (i === 0) return `${split} -> ${first} default`;
    return `${split} -> ${first} if ${kind === 'xor' ? `n = ${i}` : `n < ${i}`}`;
  };
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
    fc.array(tie('block'), { minLength: 2, maxLength: 4 }).map((all) => branches('or', all)),
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

/** What joins what this has split. */
export const joinOf = (split: string): string =>
  split.replace(/split(\d+)$/, (_, nr: string) => `join${Number(nr) + 1}`);

/** A process of blocks, each with one way in and one way out: whatever is chosen in it, it comes to its end. */
export const soundProcess: fc.Arbitrary<ProcessModel> = block.map((body) => {
  const flows = [`s -> ${body.first}`, ...body.flows, `${body.last} -> e`];
  const model = processModel('random', [start('s'), ...body.pieces, end('e')], flows);
  return Object.assign(model, { [fc.toStringMethod]: () => [...model.flows.keys()].join(' ') });
});
