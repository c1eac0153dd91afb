import type { EventDefinition, ProcessModel } from '@iter/process-model';
import {
  and,
  catching,
  complex,
  end,
  eventBased,
  feel,
  inclusive,
  plain,
  processModel,
  receive,
  start,
  throwing,
  xor,
} from '../model.ts';
import { Activities, callable, ending } from './activities.ts';
import { canBeEntered } from './drawing.ts';
import type { Around, Content, Exit, Fork, Segment } from './drawing.ts';
import { begins } from './starts.ts';
import type { Tape } from './tape.ts';
import { awaited, condition, definition } from './vocabulary.ts';

export { callable };

/**
 * A process made from a tape: sound in its drawing (every rule of BPMN on what may be connected holds), but free in all
 * else. Most of it is paths and blocks with one way in and one way out; but flows also go from any node to any, back
 * and into gateways of every kind, so that tokens may lock, gather or go in circles.
 * @param key of the process; those that may be called begin by themselves only
 */
export function randomProcess(key: string, tape: Tape): ProcessModel {
  const { pieces, flows } = new Maker(tape).process((callable as readonly string[]).includes(key));
  return processModel(key, pieces, flows);
}

class Maker extends Activities {
  process(isCalled: boolean): Content {
    const { tape } = this;
    const count = 3 + tape.below(6);
    if (isCalled) return this.scope({ depth: 0 }, count);
    return this.#content({ depth: 0 }, count, (content) => begins(tape, content, (kind) => this.id(kind)));
  }

  /** A none start, so many parts of a path, and now and then event sub-processes. */
  protected scope(around: Around, count: number): Content {
    return this.#content(around, count, (content) => [this.add(content, start(this.id('start')))]);
  }

  #content(around: Around, count: number, begin: (content: Content) => readonly Exit[]): Content {
    const { tape } = this;
    const content: Content = { pieces: [], flows: [] };
    const starts = begin(content);
    const segments = Array.from({ length: count }, () => this.#segment(content, around));
    if (tape.below(2) === 1) segments.push(this.#end(content, around));
    for (const { id } of starts) this.#flow(content, id, segments[0]?.first);
    this.#connect(content, segments);
    for (let nr = tape.once(4) ? 1 + tape.below(2) : 0; nr > 0 && around.depth < 3; nr--)
      content.pieces.push(this.eventSubProcess(around));
    return content;
  }

  /** Leads from each part of a path to the next, and now and then elsewhere. @param last where the path leads to */
  #connect(content: Content, segments: readonly Segment[], last?: string): void {
    const { tape } = this;
    for (const [i, { exits }] of segments.entries()) {
      const next = segments[i + 1]?.first ?? last;
      for (const { id, fork, aside } of exits) {
        const isLast = tape.once(aside ? 2 : 20);
        const many = fork ? 2 + tape.below(2) : isLast ? 0 : tape.once(12) ? 2 : 1;
        for (let nr = 0; nr < many; nr++) {
          const target = nr === 0 && !tape.once(10) ? next : this.#elsewhere(content, segments, i, last);
          const kind = fork ?? (nr > 0 && tape.below(2) === 0 ? 'conditional' : undefined);
          this.#flow(content, id, target, kind, nr === 0);
        }
      }
    }
  }

  /** Mostly further on along the path; else anywhere, also back and into the middle of blocks. */
  #elsewhere(
    { pieces }: Content,
    segments: readonly Segment[],
    from: number,
    last: string | undefined,
  ): string | undefined {
    const { tape } = this;
    if (!tape.once(5)) {
      // A parallel gateway would wait for ever for what goes another way.
      const further = segments
        .slice(from + 1)
        .filter(({ first }) => !first.startsWith('and') || tape.once(5));
      return further[tape.below(further.length + 1)]?.first ?? last;
    }
    const targets = pieces.filter((it) => canBeEntered(it));
    return targets[tape.below(Math.max(1, targets.length))]?.node.id;
  }

  #flow(content: Content, from: string, to: string | undefined, kind?: Fork, isFirst = false): void {
    const flow = `${from} -> ${to ?? ''}`;
    if (to === undefined || content.flows.some((it) => it === flow || it.startsWith(`${flow} `))) return;
    const conditional = kind === 'conditional' || kind === 'default';
    if (kind === 'default' && isFirst) content.flows.push(`${flow} default`);
    else if (conditional) content.flows.push(`${flow} if ${condition(this.tape)}`);
    else content.flows.push(flow);
  }

  /** A node or block, with what belongs to it; mostly one way leads on from it. */
  #segment(content: Content, around: Around): Segment {
    const { first, exits } = this.#part(content, around);
    const ways = exits.filter(({ aside }) => !aside);
    if (ways.length < 2 || this.tape.once(8)) return { first, exits };
    const merge = this.add(content, xor(this.id('xor')));
    for (const { id } of ways) this.#flow(content, id, merge.id);
    return { first, exits: [merge, ...exits.filter(({ aside }) => aside)] };
  }

  #part(content: Content, around: Around): Segment {
    const { tape } = this;
    const kind = tape.below(24);
    if (kind < 11) return this.activity(content, around);
    if (kind < 15)
      return (around.blocks ?? 0) < 2 ? this.#block(content, around) : this.activity(content, around);
    if (kind < 17) return single(this.#gateway(content));
    if (kind < 19) return this.#eventBased(content);
    if (kind < 21) return single(this.add(content, catching(this.id('catch'), { event: awaited(tape) })));
    if (kind < 22) return single(this.#throwing(content));
    if (kind < 23) return this.#links(content);
    return this.#end(content, around);
  }

  /** A message may also be a job's. */
  #throwing(content: Content): Exit {
    const event = thrown(this.tape);
    const job = { type: plain('send'), retries: plain(1), headers: {} };
    const isJob = event.kind === 'message' && this.tape.once(3);
    return this.add(content, throwing(this.id('throw'), { event, ...(isJob && { job }) }));
  }

  #end(content: Content, around: Around): Segment {
    const { id } = this.add(content, end(this.id('end'), { event: ending(this.tape, around) }));
    return { first: id, exits: [] };
  }

  /** A fork, its branches, and a join of the same kind. */
  #block(content: Content, around: Around): Segment {
    const { tape } = this;
    const fork = this.#gateway(content);
    const branches = Array.from({ length: 2 + tape.below(2) }, () =>
      Array.from({ length: 1 + tape.below(2) }, () =>
        this.#segment(content, { ...around, blocks: (around.blocks ?? 0) + 1 }),
      ),
    );
    const kind = content.pieces.find(({ node }) => node.id === fork.id)?.node.type;
    const join = this.#gateway(content, kind);
    for (const [nr, branch] of branches.entries()) {
      this.#flow(content, fork.id, branch[0]?.first, fork.fork, nr === 0);
      this.#connect(content, branch, join.id);
    }
    // Only now and then does what joins fork as well.
    return { first: fork.id, exits: [tape.once(6) ? join : { id: join.id }] };
  }

  /** @param type of the gateway; else one of four */
  #gateway(content: Content, type?: string): Exit {
    const { tape } = this;
    const types = ['bpmn:ExclusiveGateway', 'bpmn:ParallelGateway', 'bpmn:InclusiveGateway'];
    switch (type ?? types[tape.below(4)]) {
      case 'bpmn:ExclusiveGateway':
        return this.add(content, xor(this.id('xor')), 'default');
      case 'bpmn:ParallelGateway':
        return this.add(content, and(this.id('and')), 'all');
      case 'bpmn:InclusiveGateway':
        return this.add(content, inclusive(this.id('or')), tape.once(6) ? 'conditional' : 'default');
      default: {
        const activationCondition = tape.once(10)
          ? feel('missing')
          : feel(tape.once(5) ? 'activationCount % 2 = 0' : 'activationCount < 9');
        return this.add(content, complex(this.id('complex'), { activationCondition }), 'default');
      }
    }
  }

  #eventBased(content: Content): Segment {
    const { tape } = this;
    const gateway = eventBased(this.id('either'));
    content.pieces.push(gateway);
    const exits = [0, 1].map((nr) => {
      const id = this.id('event');
      const kinds = ['message', 'timer', 'signal', 'conditional'] as const;
      const piece =
        nr === 1 && tape.once(3) ? receive(id, 'A') : catching(id, { event: definition(tape, kinds) });
      content.flows.push(`${gateway.node.id} -> ${id}`);
      return this.add(content, piece);
    });
    return { first: gateway.node.id, exits };
  }

  /** A throwing link and its catch: of every scope one name. */
  #links(content: Content): Segment {
    const event = { kind: 'link', name: this.id('L') } as const;
    const { id: first } = this.add(content, throwing(this.id('linkFrom'), { event }));
    return { first, exits: [this.add(content, catching(this.id('linkTo'), { event }))] };
  }
}

const single = (exit: Exit): Segment => ({ first: exit.id, exits: [exit] });

function thrown(tape: Tape): EventDefinition {
  const kinds = ['signal', 'message', 'escalation', 'compensation', 'compensation'] as const;
  if (tape.once(6)) return { kind: 'none' };
  if (!tape.once(6)) return definition(tape, kinds);
  return {
    kind: 'multiple',
    parallel: false,
    of: [definition(tape, ['signal']), definition(tape, ['escalation'])],
  };
}
