import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { MessageAnswerDto, MessageRequestDto } from '../dto/requests.ts';
import { answerOf, tellPosition } from '../http/answers.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { caseIdFrom } from '../http/ids.ts';
import { CaseActs } from './case-acts.ts';

@ApiTags('messages')
@Controller('api/v1/messages')
export class MessagesController {
  constructor(private readonly acts: CaseActs) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Give a message to the case named, start the cases that begin with it, or publish it for whoever awaits it',
  })
  @ApiOkResponse({ type: MessageAnswerDto })
  async send(
    @Command() { expectedRevision: _, ...asked }: Asked,
    @Body() body: MessageRequestDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageAnswerDto> {
    const { name, caseId, comune, correlationKey, timeToLive, variables, occurredAt } = body;
    const outcome = await this.acts.send({
      ...asked,
      name,
      correlationKey: correlationKey ?? null,
      variables: (variables ?? {}) as never,
      ...(caseId !== undefined && { caseId: caseIdFrom(caseId) }),
      ...(comune !== undefined && { comune }),
      ...(timeToLive !== undefined && { timeToLive }),
      ...(occurredAt !== undefined && { occurredAt }),
    });
    if (outcome.outcome !== 'published') return answerOf(reply, outcome);
    tellPosition(reply, outcome.position);
    return { id: outcome.messageId, caseId: null, revision: null };
  }
}
