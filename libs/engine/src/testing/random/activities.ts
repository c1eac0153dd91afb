import type { EventDefinition, SingleEventDefinition } from '@iter/process-model';
import {
  adHoc,
  boundary,
  businessRule,
  call,
  end,
  eventSub,
  feel,
  manual,
  mapping,
  plain,
  receive,
  script,
  send,
  service,
  start,
  sub,
  task,
  transaction,
  user,
} from '../model.ts';
import type { Piece } from '../model.ts';
import type { Around, Content, Exit, Fork, Segment } from './drawing.ts';
import type { Tape } from './tape.ts';
import { legal } from './terms.ts';
import { caught, definition, repetition } from './vocabulary.ts';

/** Processes that a random process may call. */
export const callable = ['called0', 'called1'] as const;

type Details = NonNullable<Parameters<typeof sub>[3]>;

const work = [
  ...['user', 'user', 'user', 'service', 'service', 'task', 'script', 'manual', 'send', 'receive'],
  ...['rule', 'call', 'call', 'sub', 'sub', 'sub', 'transaction', 'transaction', 'adHoc'],
] as const;
/** How many of them have nothing inside. */
const leaves = 13;

/** Draws activities of every kind, with what belongs to them: boundary events, handlers, what lies inside. */
export abstract class Activities {
  protected readonly tape: Tape;
  readonly #deadlines: string[] = [];
  readonly #done: string[] = [];
  #made = 0;

  constructor(tape: Tape) {
    this.tape = tape;
  }

  /** What lies in a sub-process, of about so many parts. */
  protected abstract scope(around: Around, count: number): Content;

  protected id(kind: string): string {
    return `${kind}${this.#made++}`;
  }

  protected add(content: Content, piece: Piece, fork?: Fork): Exit {
    content.pieces.push(piece);
    return { id: piece.node.id, fork };
  }

  protected activity(content: Content, around: Around): Segment {
    const { tape } = this;
    const piece = this.#work(around);
    const { id } = piece.node;
    const exits: Exit[] = [this.add(content, piece)];
    const isTransaction = piece.node.type === 'bpmn:Transaction';
    const mayFail = piece.node.job !== null || piece.inside.length > 0;
    for (let nr = tape.once(mayFail ? 2 : 4) ? 1 + tape.below(2) : 0; nr > 0; nr--) {
      const { event, interrupts } = caught(tape, isTransaction ? ['cancel', 'cancel'] : []);
      const interrupting = interrupts ?? tape.below(2) === 0;
      const exit = this.add(content, boundary(this.id('on'), id, event, { interrupting }));
      exits.push({ ...exit, aside: !interrupting });
    }
    if (tape.once(4)) this.#undoable(content, piece);
    return { first: id, exits };
  }

  #undoable(content: Content, piece: Piece): void {
    const handler = this.tape.pick(task, user, service)(this.id('undo'), { isForCompensation: true });
    const compensation = { kind: 'compensation', activity: null, waitForCompletion: true } as const;
    content.pieces.push(handler, boundary(this.id('undoes'), piece.node.id, compensation));
    const at = content.pieces.indexOf(piece);
    content.pieces[at] = { ...piece, node: { ...piece.node, compensatedBy: handler.node.id } };
  }

  #details(id: string): Details {
    const { tape } = this;
    const law = legal(tape, id, this.#deadlines, this.#done.slice(-2));
    this.#done.push(id);
    return {
      loop: repetition(tape),
      ...law,
      ...(tape.once(60) && { startQuantity: 2 }),
      ...(tape.once(50) && { completionQuantity: 2 }),
      ...(tape.once(8) && { inputs: [mapping(tape.once(8) ? 'fail' : 'n', 'local')] }),
      ...(tape.once(20) && { inputs: [mapping('day', 'due')], required: ['due'] }),
      ...(tape.once(12) && { outputs: [mapping('n', 'n')] }),
      ...(tape.once(12) && { locals: ['n'] }),
    };
  }

  #work(around: Around): Piece {
    const { tape } = this;
    const kind = work[tape.below(around.depth < 3 ? work.length : leaves)];
    const id = this.id(kind ?? '');
    const details = this.#details(id);
    switch (kind) {
      case 'service':
        return service(id, details);
      case 'task':
        return task(id, details);
      case 'script':
        return script(id, tape.once(8) ? 'fail' : 'n + 1', 'n', details);
      case 'manual':
        return manual(id, details);
      case 'send':
        return send(id, { ...details, ...this.#acts(), message: { name: plain('A'), correlationKey: null } });
      case 'receive':
        return receive(id, tape.pick('A', 'B'), undefined, details);
      case 'rule': {
        const decided = plain(tape.once(10) ? 'nobody' : tape.pick('next', 'table'));
        const binding = { kind: 'latest', versionTag: null } as const;
        return businessRule(id, {
          ...details,
          decision: { decision: decided, binding, resultVariable: 'n' },
        });
      }
      case 'call':
        return this.#call(id, details);
      case 'sub':
        return this.#container(sub, id, details, around);
      case 'transaction':
        return this.#container(transaction, id, details, { ...around, inTransaction: true });
      case 'adHoc':
        return this.#adHoc(id, details, around);
      default:
        return user(id, { ...details, ...this.#acts() });
    }
  }

  /** Not drawn, so that the same tapes go on making the same processes. */
  #acts(): Details {
    const act = { template: 'act', out: 'actDoc', when: null } as const;
    return {
      acts: this.#made % 3 === 0 ? [{ ...act, on: this.#made % 2 === 0 ? 'activation' : 'completion' }] : [],
    };
  }

  #call(id: string, details: Details): Piece {
    const { tape } = this;
    return call(id, {
      ...details,
      call: {
        process: plain(tape.once(12) ? 'nobody' : tape.pick(...callable)),
        binding: { kind: 'latest', versionTag: null },
        propagateAllParentVariables: tape.below(3) < 2,
        propagateAllChildVariables: tape.below(2) === 0,
      },
    });
  }

  #container(make: typeof sub, id: string, details: Details, { depth, inTransaction }: Around): Piece {
    const around = { depth: depth + 1, ...(inTransaction && { inTransaction }) };
    const inside = this.scope(around, 1 + this.tape.below(4));
    return make(id, inside.pieces, inside.flows, details);
  }

  #adHoc(id: string, details: Details, { depth }: Around): Piece {
    const { tape } = this;
    const content: Content = { pieces: [], flows: [] };
    const made = Array.from({ length: 1 + tape.below(3) }, () =>
      this.activity(content, { depth: Math.max(2, depth + 1) }),
    );
    const [first, second] = made.map((it) => it.first);
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

  protected eventSubProcess(around: Around): Piece {
    const { tape } = this;
    const { event, interrupts } = caught(tape, around.depth > 0 ? ['compensation', 'compensation'] : []);
    const interrupting = interrupts ?? tape.below(2) === 0;
    const content: Content = {
      pieces: [start(this.id('on'), { event, interrupting })],
      flows: [],
    };
    const [first] = content.pieces;
    const { first: activity, exits } = this.activity(content, { depth: Math.max(2, around.depth + 1) });
    content.flows.push(`${first?.node.id ?? ''} -> ${activity}`);
    if (tape.once(3)) {
      const last = end(this.id('end'), { event: ending(tape, around) });
      content.pieces.push(last);
      for (const exit of exits) content.flows.push(`${exit.id} -> ${last.node.id}`);
    }
    return eventSub(this.id('eventSub'), content.pieces, content.flows);
  }
}

/** What an end event throws, mostly nothing. */
export function ending(tape: Tape, { inTransaction, depth }: Around): EventDefinition {
  if (tape.below(2) === 0) return { kind: 'none' };
  const kinds: SingleEventDefinition['kind'][] = ['signal', 'message', 'escalation', 'compensation'];
  // At the top they end the case, and the play with it.
  if (depth > 0 || tape.once(3)) kinds.push('terminate', 'error');
  if (depth > 0) kinds.push('error', 'escalation');
  if (inTransaction) kinds.push('cancel', 'cancel', 'cancel');
  return definition(tape, ['signal', ...kinds]);
}
