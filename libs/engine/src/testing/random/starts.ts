import type { EventDefinition } from '@iter/process-model';
import { catching, eventBased, mapping, plain, receive, start } from '../model.ts';
import type { Piece } from '../model.ts';
import type { Content, Exit } from './drawing.ts';
import type { Tape } from './tape.ts';
import { cycle, definition } from './vocabulary.ts';

/**
 * How a process begins, beside its none start event or instead of it: by events, a message for a receive task, or
 * what comes first at a gateway (or all of it).
 * @param id gives ids
 * @returns the elements from which flows lead into the process
 */
export function begins(tape: Tape, content: Content, id: (kind: string) => string): readonly Exit[] {
  const kind = tape.below(10);
  const exits: Exit[] = [];
  const add = (piece: Piece): void => {
    content.pieces.push(piece);
    exits.push({ id: piece.node.id });
  };
  if (kind < 8) add(start(id('start')));
  if (kind >= 6 && kind < 9) {
    for (let nr = 1 + tape.below(2); nr > 0; nr--) {
      const outputs = tape.once(3) ? [mapping('n', 'n')] : [];
      add(start(id('begin'), { event: trigger(tape), outputs }));
    }
  }
  if (kind < 9) return exits;
  if (tape.below(3) === 0) {
    add(receive(id('receive'), 'A', undefined, { instantiate: true }));
    return exits;
  }
  const gateway = eventBased(id('first'), { instantiate: true, parallelEvents: tape.below(2) === 1 });
  content.pieces.push(gateway);
  for (const name of ['A', 'B']) {
    const event = { kind: 'message', name: plain(name), correlationKey: null } as const;
    const piece = catching(id('event'), { event });
    content.flows.push(`${gateway.node.id} -> ${piece.node.id}`);
    add(piece);
  }
  return exits;
}

function trigger(tape: Tape): EventDefinition {
  switch (tape.below(5)) {
    case 0:
      return { ...definition(tape, ['message']), correlationKey: null } as EventDefinition;
    case 1:
      return definition(tape, ['signal']);
    case 2:
      return cycle(tape);
    default: {
      const of = [
        { kind: 'message', name: plain('A'), correlationKey: null } as const,
        definition(tape, ['signal']),
      ];
      return { kind: 'multiple', parallel: tape.below(2) === 1, of };
    }
  }
}
