import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { CaseRequest, Outcome } from '@iter/commands';
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
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  /** @param id of what is acted on, for the answer; the case by default */
  async act(
    reply: FastifyReply,
    asked: Asked,
    caseId: string,
    command: CaseRequest['command'],
    { occurredAt, reason }: ActBody = {},
    id?: string,
  ): Promise<CommandAnswerDto> {
    const outcome: Outcome = await this.ports.cases.execute({
      ...asked,
      caseId,
      command,
      ...(occurredAt !== undefined && { occurredAt }),
      ...(reason !== undefined && { reason }),
    });
    return answerOf(reply, outcome, id);
  }
}
