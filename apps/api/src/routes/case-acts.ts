import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { CaseRequest, MessageOutcome, MessageRequest, Outcome, StartRequest } from '@iter/commands';
import { ExecuteCaseCommand, SendMessageCommand, StartCaseCommand } from '@iter/commands/nest';
import { answerOf } from '../http/answers.ts';
import type { Asked } from '../http/asked.ts';
import type { CommandAnswerDto } from '../dto/requests.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';

/** What a body may say about any act. */
export interface ActBody {
  readonly occurredAt?: string;
  readonly reason?: string;
}

/** Sends commands to cases and writes their answers. */
@Injectable()
export class CaseActs {
  constructor(
    private readonly bus: CommandBus,
    @Inject(PORTS) private readonly ports: ApiPorts,
  ) {}

  /** What was sent is no draft any more. Nobody waits for it: the command is done whether or not that is kept in mind. */
  forgetDraft({ principal }: Asked, form: string): void {
    void this.ports.views.personal.forgetDraft(principal.account, form).catch(() => undefined);
  }

  /** @param id of what is acted on, for the answer; the case by default */
  async act(
    reply: FastifyReply,
    asked: Asked,
    caseId: string,
    command: CaseRequest['command'],
    { occurredAt, reason }: ActBody = {},
    id?: string,
  ): Promise<CommandAnswerDto> {
    const outcome = await this.execute({
      ...asked,
      caseId,
      command,
      ...(occurredAt !== undefined && { occurredAt }),
      ...(reason !== undefined && { reason }),
    });
    return answerOf(reply, outcome, id);
  }

  execute(request: CaseRequest): Promise<Outcome> {
    return this.bus.execute<ExecuteCaseCommand, Outcome>(new ExecuteCaseCommand(request));
  }

  start(request: StartRequest): Promise<Outcome> {
    return this.bus.execute<StartCaseCommand, Outcome>(new StartCaseCommand(request));
  }

  send(request: MessageRequest): Promise<MessageOutcome> {
    return this.bus.execute<SendMessageCommand, MessageOutcome>(new SendMessageCommand(request));
  }
}
