import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '@iter/access';
import type { CaseRequest } from '@iter/commands';
import { PageOf } from '../dto/page.ts';
import { CommandAnswerDto, EscalationOutcomeDto, EscalationsQuery, NoteDto } from '../dto/requests.ts';
import { EscalationDto } from '../dto/views.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { partsOf } from '../http/ids.ts';
import { filterOf, pageOf } from '../http/paging.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { Caller } from '../session/session.ts';
import { CaseActs } from './case-acts.ts';

@ApiTags('escalations')
@Controller('api/v1/escalations')
export class EscalationsController {
  constructor(
    @Inject(PORTS) private readonly ports: ApiPorts,
    private readonly acts: CaseActs,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Escalations, newest first' })
  @PageOf(EscalationDto)
  list(@Caller() principal: Principal, @Query() query: EscalationsQuery): Promise<unknown> {
    return this.ports.views.escalations(principal, filterOf(query), pageOf(query));
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @ApiOperation({ summary: 'Confirm that it was read' })
  @ApiOkResponse({ type: CommandAnswerDto })
  acknowledge(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() { note = '' }: NoteDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#act(reply, asked, id, (key) => ({ type: 'AcknowledgeEscalation', key, note }));
  }

  @Post(':id/take-over')
  @HttpCode(200)
  @ApiOperation({ summary: 'Answer for it' })
  @ApiOkResponse({ type: CommandAnswerDto })
  takeOver(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() { note = '' }: NoteDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#act(reply, asked, id, (key) => ({ type: 'TakeOverEscalation', key, note }));
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Close it, saying how it ended' })
  @ApiOkResponse({ type: CommandAnswerDto })
  resolve(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() { outcome }: EscalationOutcomeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#act(reply, asked, id, (key) => ({ type: 'ResolveEscalation', key, outcome }));
  }

  #act(
    reply: FastifyReply,
    asked: Asked,
    id: string,
    command: (key: string) => CaseRequest['command'],
  ): Promise<CommandAnswerDto> {
    const { caseId, key } = partsOf(id, 'escalation-not-found');
    return this.acts.act(reply, asked, caseId, command(key), {}, id);
  }
}
