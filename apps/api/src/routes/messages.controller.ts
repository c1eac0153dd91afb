import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CommandAnswerDto, MessageRequestDto } from '../dto/requests.ts';
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
  @ApiOperation({ summary: 'Give a message to the case that awaits it' })
  @ApiOkResponse({ type: CommandAnswerDto })
  correlate(
    @Command() asked: Asked,
    @Body() body: MessageRequestDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const { name, caseId, correlationKey, messageId, variables } = body;
    return this.acts.act(
      reply,
      asked,
      caseIdFrom(caseId),
      {
        type: 'CorrelateMessage',
        name,
        correlationKey: correlationKey ?? null,
        messageId: messageId ?? asked.idempotencyKey,
        variables: (variables ?? {}) as never,
      },
      body,
    );
  }
}
