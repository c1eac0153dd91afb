import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '@iter/access';
import { CommandAnswerDto, HandInDto } from '../dto/requests.ts';
import { ValuesVerdictDto } from '../dto/verdict.ts';
import { verdictOf } from '../http/answers.ts';
import { InLanguage } from '../http/language.ts';
import type { Language } from '../http/language.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { caseIdFrom } from '../http/ids.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { Caller } from '../session/session.ts';
import { CaseActs } from './case-acts.ts';

/** What bodies hand in for themselves to cases of the Province that serves them, without seeing the cases. */
@ApiTags('cases')
@Controller('api/v1/cases')
export class HandInsController {
  constructor(
    @Inject(PORTS) private readonly ports: ApiPorts,
    private readonly acts: CaseActs,
  ) {}

  @Post(':id/hand-ins')
  @ApiOperation({ summary: 'Hand in, for one’s own body, what a case of the Province that serves it awaits' })
  @ApiCreatedResponse({ type: CommandAnswerDto })
  handIn(
    @Command() { expectedRevision: _, ...asked }: Asked,
    @Param('id') id: string,
    @Body() { body, message, variables, occurredAt }: HandInDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.acts.act(
      reply,
      asked,
      caseIdFrom(id),
      { type: 'HandIn', body, message, variables: (variables ?? {}) as never },
      { ...(occurredAt !== undefined && { occurredAt }) },
    );
  }

  @Post(':id/hand-ins/check')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Whether it would be taken with these values, and what is wrong; nothing happens',
  })
  @ApiOkResponse({ type: ValuesVerdictDto })
  async check(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Body() { body, message, variables, occurredAt }: HandInDto,
    @InLanguage() language: Language,
  ): Promise<ValuesVerdictDto> {
    return verdictOf(
      await this.ports.cases.checkHandIn({
        ...{ caseId: caseIdFrom(id), principal, body, message, variables: (variables ?? {}) as never },
        ...(occurredAt !== undefined && { occurredAt }),
      }),
      language,
    );
  }
}
