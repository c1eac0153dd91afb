import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '@iter/access';
import type { CaseRequest } from '@iter/commands';
import {
  EscalationFiguresQuery,
  EscalationOutcomeDto,
  EscalationReportDto,
  EscalationsQuery,
  HandOnDto,
} from '../dto/escalations.ts';
import { ListOf, PageOf } from '../dto/page.ts';
import { CommandAnswerDto, NoteDto } from '../dto/requests.ts';
import { ReceiverDto } from '../dto/substitutions.ts';
import { EscalationDto } from '../dto/views.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { partsOf } from '../http/ids.ts';
import { filterOf, pageOf } from '../http/paging.ts';
import { checkPeriod } from '../http/period.ts';
import { Problem, refused } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';
import { enabled, receiversOf } from '../substitutions/receivers.ts';
import { CaseActs } from './case-acts.ts';

@ApiTags('escalations')
@Controller('api/v1/escalations')
export class EscalationsController {
  constructor(
    @Inject(PORTS) private readonly ports: ApiPorts,
    private readonly acts: CaseActs,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Escalations of all Comuni in one queue, most urgent first by what would be lost',
  })
  @PageOf(EscalationDto)
  list(@Caller() principal: Principal, @Query() query: EscalationsQuery): Promise<unknown> {
    return this.ports.views.escalations(principal, filterOf(query), pageOf(query));
  }

  @Get('figures')
  @ApiOperation({ summary: 'How quickly escalations are answered, by Comune and nature' })
  @ApiOkResponse({ type: EscalationReportDto })
  figures(@Caller() principal: Principal, @Query() query: EscalationFiguresQuery): Promise<unknown> {
    allow(principal, 'ReadStatistics', {});
    checkPeriod(query);
    return this.ports.views.escalationFigures(principal, { ...query });
  }

  @Get(':id/receivers')
  @ApiOperation({ summary: 'People to whom an escalation can be handed on: for whoever may hand it on' })
  @ListOf(ReceiverDto)
  async receivers(
    @Caller() principal: Principal,
    @Param('id') id: string,
  ): Promise<{ items: readonly ReceiverDto[] }> {
    const { caseId, key } = partsOf(id, 'escalation-not-found');
    const people = enabled(this.ports.accounts);
    const among = people.map(({ username }) => username);
    const found = await this.ports.cases.whoMayAnswer({ caseId, principal, escalation: key, among });
    if (found.outcome === 'rejected') throw refused(found.rejection);
    return { items: receiversOf(people, found.accounts) };
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
  @ApiOperation({
    summary: 'Answer for it: what is nobody’s is claimed, what is somebody’s taken over with a note',
  })
  @ApiOkResponse({ type: CommandAnswerDto })
  takeOver(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() { note = '' }: NoteDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#act(reply, asked, id, (key) => ({ type: 'TakeOverEscalation', key, note }));
  }

  @Post(':id/hand-on')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hand it on to a person or to a role, or back to those whom it called' })
  @ApiOkResponse({ type: CommandAnswerDto })
  handOn(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() { account = null, role = null, note }: HandOnDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    if (account !== null && role !== null) {
      const message = {
        it: 'A una persona oppure a un ruolo, non a entrambi.',
        en: 'To a person or to a role, not to both.',
      };
      throw new Problem('request-invalid', { errors: [{ pointer: '/role', code: 'one-only', message }] });
    }
    return this.#act(reply, asked, id, (key) => ({ type: 'HandOnEscalation', key, account, role, note }));
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Close it, saying how it ended' })
  @ApiOkResponse({ type: CommandAnswerDto })
  resolve(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() { code = 'OTHER', outcome = '' }: EscalationOutcomeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#act(reply, asked, id, (key) => ({ type: 'ResolveEscalation', key, code, outcome }));
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
