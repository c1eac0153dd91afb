import type { EventDefinition, ProcessModel, SingleEventDefinition } from '@iter/process-model';
import {
  adHoc,
  and,
  boundary,
  call,
  catching,
  complex,
  end,
  eventBased,
  eventSub,
  feel,
  inclusive,
  manual,
  mapping,
  plain,
  processModel,
  receive,
  script,
  send,
  service,
  start,
  sub,
  task,
  throwing,
  transaction,
  user,
  xor,
} from '../model.ts';
import type { Piece } from '../model.ts';
import type { Tape } from './tape.ts';
import { awaited, caught, condition, definition, repetition } from './vocabulary.ts';

/** What lies in a scope. */
interface Content {
  readonly pieces: Piece[];
  readonly flows: string[];
}

interface Around {
  readonly depth: number;
  /** It lies in a transaction: it may be cancelled. */
  readonly inTransaction?: boolean;
}

/** Processes that a random process may call. */
export const callable = ['called0', 'called1'] as const;

/**
 * A process made from a tape: sound in its drawing (every rule of BPMN on what may be connected holds), but free in all
 * else. Flows go from any node to any, also back and into gateways of every kind, so that tokens may lock, gather or go
 * in circles.
 */
export function randomProcess(key: string, tape: Tape): ProcessModel {
  const maker = new Maker(tape);
  const { pieces, flows } = maker.scope({ depth: 0 }, 3 + tape.below(8));
  return processModel(key, pieces, flows);
}

class Maker {
  readonly #tape: Tape;
  #made = 0;

  constructor(tape: Tape) {
    this.#tape = tape;
  }

  #id(kind: string): string {
    return `${kind}${this.#made++}`;
  }

  /** A none start, so many nodes, flows between them, and now and then event sub-processes. */
  scope(around: Around, count: number): Content {
    const tape = this.#tape;
    const content: Content = { pieces: [], flows: [] };
    const begin = start(this.#id('start'));
    const nodes: Exit[] = [];
    for (let i = 0; i < count; i++) nodes.push(...this.#node(content, around));
    content.pieces.push(begin);
    const targets = content.pieces.filter((it) => canBeEntered(it)).map((it) => it.node.id);
    const into = (): string => targets[tape.below(targets.length)] ?? '';
    this.#flow(content, begin.node.id, targets[0] ?? '');
    // In order when the tape has run out; then no circles come of it.
    for (const [i, { id, fork }] of nodes.entries()) {
      const next = targets[targets.indexOf(id) + 1] ?? '';
      const many = fork ? 2 + tape.below(2) : tape.once(6) ? 2 : tape.once(8) ? 0 : 1;
      for (let nr = 0; nr < many; nr++) {
        const target = nr === 0 && (tape.isOver || tape.below(3) < 2) ? next : into();
        this.#flow(
          content,
          id,
          target,
          fork ?? (nr > 0 && tape.below(2) === 0 ? 'conditional' : undefined),
          nr === 0 && i >= 0,
        );
      }
    }
    for (let nr = tape.once(4) ? 1 + tape.below(2) : 0; nr > 0 && around.depth < 3; nr--)
      content.pieces.push(this.#eventSubProcess(around));
    return content;
  }

  #flow(content: Content, from: string, to: string, kind?: Fork, isFirst = false): void {
    if (to === '' || content.flows.some((it) => it.startsWith(`${from} -> ${to}`))) return;
    const tape = this.#tape;
    const conditional = kind === 'conditional' || kind === 'default';
    if (kind === 'default' && isFirst) content.flows.push(`${from} -> ${to} default`);
    else if (conditional) content.flows.push(`${from} -> ${to} if ${condition(tape)}`);
    else content.flows.push(`${from} -> ${to}`);
  }

  /** A node, with what belongs to it, and where tokens leave it. */
  #node(content: Content, around: Around): readonly Exit[] {
    const tape = this.#tape;
    const kind = tape.below(20);
    if (kind < 9) return this.#activity(content, around);
    if (kind < 14) return [this.#gateway(content)];
    if (kind === 14) return this.#eventBased(content);
    if (kind === 15) return [this.#add(content, catching(this.#id('catch'), { event: awaited(tape) }))];
    if (kind === 16) return [this.#add(content, throwing(this.#id('throw'), { event: thrown(tape) }))];
    if (kind === 17) return this.#links(content);
    const event = ending(tape, around);
    this.#add(content, end(this.#id('end'), { event }));
    return [];
  }

  #add(content: Content, piece: Piece, fork?: Fork): Exit {
    content.pieces.push(piece);
    return { id: piece.node.id, fork };
  }

  #gateway(content: Content): Exit {
    const tape = this.#tape;
    switch (tape.below(4)) {
      case 0:
        return this.#add(content, xor(this.#id('xor')), 'default');
      case 1:
        return this.#add(content, and(this.#id('and')), 'all');
      case 2:
        return this.#add(content, inclusive(this.#id('or')), tape.pick('default', 'conditional'));
      default: {
        const activationCondition = tape.pick(
          feel('activationCount % 2 = 0'),
          feel('activationCount < 9'),
          feel('missing'),
        );
        return this.#add(content, complex(this.#id('complex'), { activationCondition }), 'default');
      }
    }
  }

  #eventBased(content: Content): readonly Exit[] {
    const tape = this.#tape;
    const gateway = eventBased(this.#id('either'));
    content.pieces.push(gateway);
    return [0, 1].map((nr) => {
      const id = this.#id('event');
      const kinds = ['message', 'timer', 'signal', 'conditional'] as const;
      const piece =
        nr === 1 && tape.once(3) ? receive(id, 'A') : catching(id, { event: definition(tape, kinds) });
      content.flows.push(`${gateway.node.id} -> ${id}`);
      return this.#add(content, piece);
    });
  }

  /** A throwing link and its catch: of every scope one name. */
  #links(content: Content): readonly Exit[] {
    const event = { kind: 'link', name: this.#id('L') } as const;
    content.pieces.push(throwing(this.#id('linkFrom'), { event }));
    return [this.#add(content, catching(this.#id('linkTo'), { event }))];
  }

  #activity(content: Content, around: Around): readonly Exit[] {
    const tape = this.#tape;
    const piece = this.#work(around);
    const { id } = piece.node;
    const exits: Exit[] = [this.#add(content, piece)];
    const isTransaction = piece.node.type === 'bpmn:Transaction';
    for (let nr = tape.once(3) ? 1 + tape.below(2) : 0; nr > 0; nr--) {
      const event = caught(tape, isTransaction ? ['cancel'] : []);
      const interrupting = event.kind === 'error' || event.kind === 'cancel' || tape.below(2) === 0;
      exits.push(this.#add(content, boundary(this.#id('on'), id, event, { interrupting })));
    }
    if (tape.once(5)) {
      const handler = tape.pick(task, user, service)(this.#id('undo'), { isForCompensation: true });
      const compensation = { kind: 'compensation', activity: null, waitForCompletion: true } as const;
      content.pieces.push(handler, boundary(this.#id('undoes'), id, compensation));
      const at = content.pieces.indexOf(piece);
      content.pieces[at] = { ...piece, node: { ...piece.node, compensatedBy: handler.node.id } };
    }
    return exits;
  }

  #work(around: Around): Piece {
    const tape = this.#tape;
    const loop = repetition(tape);
    const quantity = tape.once(10)
      ? { startQuantity: 1 + tape.below(2), completionQuantity: 1 + tape.below(2) }
      : {};
    const details = { loop, ...quantity, ...(tape.once(8) && { inputs: [mapping('n', 'local')] }) };
    const kind = tape.below(around.depth < 3 ? 16 : 8);
    switch (kind) {
      case 1:
        return service(this.#id('job'), details);
      case 2:
        return task(this.#id('task'), details);
      case 3:
        return script(this.#id('script'), tape.pick('n + 1', 'fail'), 'n', details);
      case 4:
        return tape.below(2) === 0
          ? manual(this.#id('manual'), details)
          : send(this.#id('send'), { ...details, message: { name: plain('A'), correlationKey: null } });
      case 5:
        return receive(this.#id('receive'), tape.pick('A', 'B'), undefined, details);
      case 6: {
        const process = feel(JSON.stringify(tape.pick(...callable, 'nobody')));
        return call(this.#id('call'), {
          ...details,
          call: {
            process: { ...process, constant: JSON.parse(process.text) as string },
            binding: { kind: 'latest', versionTag: null },
            propagateAllParentVariables: tape.below(2) === 0,
            propagateAllChildVariables: tape.below(2) === 0,
          },
        });
      }
      case 8:
      case 9:
      case 10:
        return this.#container(sub, 'sub', details, around);
      case 11:
      case 12:
        return this.#container(transaction, 'transaction', details, { ...around, inTransaction: true });
      case 13:
        return this.#adHoc(details, around);
      default:
        return user(this.#id('user'), details);
    }
  }

  #container(make: typeof sub, kind: string, details: Parameters<typeof sub>[3], around: Around): Piece {
    const id = this.#id(kind);
    const { depth, inTransaction } = around;
    const inside = this.scope(
      { depth: depth + 1, ...(inTransaction && { inTransaction }) },
      1 + this.#tape.below(4),
    );
    return make(id, inside.pieces, inside.flows, details);
  }

  #adHoc(details: Parameters<typeof sub>[3], { depth }: Around): Piece {
    const tape = this.#tape;
    const id = this.#id('adHoc');
    const content: Content = { pieces: [], flows: [] };
    const made = Array.from({ length: 1 + tape.below(3) }, () =>
      this.#activity(content, { depth: Math.max(2, depth + 1) }),
    );
    const [first, second] = made.map(([exit]) => exit?.id ?? '');
    if (second !== undefined && tape.once(3)) content.flows.push(`${first ?? ''} -> ${second}`);
    return adHoc(id, content.pieces, content.flows, {
      ...details,
      adHoc: {
        sequential: tape.below(2) === 1,
        completionCondition: tape.pick(null, feel('n % 2 = 1'), feel('numberOfActiveInstances < 1')),
        cancelRemainingInstances: tape.below(2) === 0,
        activeElements: tape.pick(null, feel('[]'), feel(JSON.stringify([first]))),
        outputCollection: tape.pick(null, 'given'),
        outputElement: feel('n'),
      },
    });
  }

  #eventSubProcess(around: Around): Piece {
    const tape = this.#tape;
    const event = caught(tape, around.depth > 0 ? ['compensation'] : []);
    const interrupting = event.kind === 'error' || tape.below(2) === 0;
    const content: Content = { pieces: [start(this.#id('on'), { event, interrupting })], flows: [] };
    const [exit] = this.#activity(content, { depth: Math.max(2, around.depth + 1) });
    content.flows.push(`${content.pieces[0]?.node.id ?? ''} -> ${exit?.id ?? ''}`);
    if (tape.once(3)) {
      const last = end(this.#id('end'), { event: ending(tape, around) });
      content.pieces.push(last);
      content.flows.push(`${exit?.id ?? ''} -> ${last.node.id}`);
    }
    return eventSub(this.#id('eventSub'), content.pieces, content.flows);
  }
}

/** Which flows leave an element: all, those whose condition holds, or one of those and else the default. */
type Fork = 'all' | 'conditional' | 'default';

/** An element that tokens leave. */
interface Exit {
  readonly id: string;
  readonly fork?: Fork | undefined;
}

function canBeEntered({ node }: Piece): boolean {
  const { type, event, attachedTo, isForCompensation, triggeredByEvent, id } = node;
  if (type === 'bpmn:StartEvent' || attachedTo !== null || isForCompensation || triggeredByEvent)
    return false;
  // Event-based gateways alone lead to their events.
  return !(type === 'bpmn:IntermediateCatchEvent' && event.kind === 'link') && !id.startsWith('event');
}

function thrown(tape: Tape): EventDefinition {
  const kinds = ['signal', 'message', 'escalation', 'compensation'] as const;
  if (tape.once(4)) return { kind: 'none' };
  if (!tape.once(6)) return definition(tape, kinds);
  return {
    kind: 'multiple',
    parallel: false,
    of: [definition(tape, ['signal']), definition(tape, ['escalation'])],
  };
}

function ending(tape: Tape, { inTransaction }: Around): EventDefinition {
  if (tape.below(2) === 0) return { kind: 'none' };
  const kinds: SingleEventDefinition['kind'][] = [
    'terminate',
    'signal',
    'message',
    'escalation',
    'compensation',
  ];
  return definition(tape, ['error', ...kinds, ...(inTransaction ? (['cancel'] as const) : [])]);
}
