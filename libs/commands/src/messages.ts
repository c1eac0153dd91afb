import type { Variables } from '@iter/engine';
import type { CaseCommands, CommandRejection, Outcome, Request } from './outcome.ts';
import type { CasePorts } from './ports.ts';

/** A message on its way to whoever awaits it. */
export interface MessageRequest extends Omit<Request, 'expectedRevision'> {
  readonly name: string;
  /** What the waiting case compares with its own key; null matches by name alone. */
  readonly correlationKey: string | null;
  readonly variables: Variables;
  /** The case it is for. Absent: it starts a case of the process that begins with it. */
  readonly caseId?: string;
  /** Body whose case a started one is. */
  readonly comune?: string;
}

export interface Messages {
  /**
   * Gives a message to the case named, or starts a case by it.
   * @returns the command's outcome; `message-not-awaited` when no deployed process starts on it, or several do
   */
  send(request: MessageRequest): Promise<Outcome>;
}

/**
 * Messages to a case, and message starts. The message's id is the command's: sent twice, it counts once.
 * Which case is meant is named by its id; nothing is buffered: a case that does not await the message refuses it.
 */
export function createMessages(ports: Pick<CasePorts, 'definitions'>, cases: CaseCommands): Messages {
  return {
    async send({ name, correlationKey, variables, caseId, comune, ...request }) {
      if (caseId !== undefined) {
        const messageId = `${request.route}|${request.idempotencyKey}`;
        const command = { type: 'CorrelateMessage', name, correlationKey, messageId, variables } as const;
        return cases.execute({ ...request, caseId, command });
      }
      const find = () => ports.definitions.startedBy(name);
      let starts = find();
      if (starts.length === 0) {
        await ports.definitions.catchUp();
        starts = find();
      }
      const [start, another] = starts;
      if (!start) return refuse(`Nessun processo installato comincia con il messaggio ${name.slice(0, 80)}.`);
      if (another)
        return refuse(`Più processi cominciano con il messaggio ${name.slice(0, 80)}: indicare il caso.`);
      if (comune === undefined) {
        return refuse('Un messaggio che avvia un caso deve indicare l’ente.', 'body-not-found');
      }
      return cases.start({ ...request, process: start.definition.key, comune, variables, message: name });
    },
  };
}

const refuse = (message: string, code: CommandRejection['code'] = 'message-not-awaited'): Outcome => ({
  outcome: 'rejected',
  rejection: { code, message },
});
