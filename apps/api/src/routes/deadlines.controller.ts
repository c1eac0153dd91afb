import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '@iter/access';
import type { CaseRequest } from '@iter/commands';
import { commandOf, prospectOf } from '../deadlines/forecast.ts';
import { DeadlineForecastDto, DeadlinePreviewDto } from '../dto/deadlines.ts';
import { PageOf } from '../dto/page.ts';
import {
  CommandAnswerDto,
  DeadlinesQuery,
  ExtendDto,
  InterruptDto,
  OnDayDto,
  ProveDto,
  ReasonDto,
  RebaseDto,
  RectifyDto,
} from '../dto/requests.ts';
import { DeadlineDto } from '../dto/views.ts';
import { Command } from '../http/asked.ts';
import { InLanguage } from '../http/language.ts';
import type { Language } from '../http/language.ts';
import type { Asked } from '../http/asked.ts';
import { partsOf } from '../http/ids.ts';
import { filterOf, pageOf } from '../http/paging.ts';
import { Problem, refused, toldIn } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { Caller } from '../session/session.ts';
import { CaseActs } from './case-acts.ts';
import type { ActBody } from './case-acts.ts';

@ApiTags('deadlines')
@Controller('api/v1/deadlines')
export class DeadlinesController {
  constructor(
    @Inject(PORTS) private readonly ports: ApiPorts,
    private readonly acts: CaseActs,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Legal deadlines across cases, safe date soonest first' })
  @PageOf(DeadlineDto)
  list(@Caller() principal: Principal, @Query() query: DeadlinesQuery): Promise<unknown> {
    return this.ports.views.deadlines(principal, filterOf(query), pageOf(query));
  }

  @Post(':id/suspend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Stop the count from a day on' })
  @ApiOkResponse({ type: CommandAnswerDto })
  suspend(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: OnDayDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const { on, reason } = body;
    return this.#act(
      reply,
      asked,
      id,
      (deadline) => ({ type: 'SuspendDeadline', deadline, on, reason }),
      body,
    );
  }

  @Post(':id/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Go on counting from a day on' })
  @ApiOkResponse({ type: CommandAnswerDto })
  resume(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: OnDayDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const { on, reason } = body;
    return this.#act(
      reply,
      asked,
      id,
      (deadline) => ({ type: 'ResumeDeadline', deadline, on, reason }),
      body,
    );
  }

  @Post(':id/extend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Add days' })
  @ApiOkResponse({ type: CommandAnswerDto })
  extend(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: ExtendDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const { days, reason } = body;
    return this.#act(
      reply,
      asked,
      id,
      (deadline) => ({ type: 'ExtendDeadline', deadline, days, reason }),
      body,
    );
  }

  @Post(':id/interrupt')
  @HttpCode(200)
  @ApiOperation({ summary: 'Start the same term anew, in full' })
  @ApiOkResponse({ type: CommandAnswerDto })
  interrupt(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: InterruptDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const { base, reason } = body;
    return this.#act(
      reply,
      asked,
      id,
      (deadline) => ({ type: 'InterruptDeadline', deadline, base, reason }),
      body,
    );
  }

  @Post(':id/rebase')
  @HttpCode(200)
  @ApiOperation({ summary: 'Correct the date of a base' })
  @ApiOkResponse({ type: CommandAnswerDto })
  rebase(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: RebaseDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const { baseName, date, reason } = body;
    return this.#act(
      reply,
      asked,
      id,
      (deadline) => ({ type: 'RebaseDeadline', deadline, baseName, date, reason }),
      body,
    );
  }

  @Post(':id/rectify')
  @HttpCode(200)
  @ApiOperation({ summary: 'Correct the day of the fact that met it' })
  @ApiOkResponse({ type: CommandAnswerDto })
  rectify(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: RectifyDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const { on, reason } = body;
    return this.#act(
      reply,
      asked,
      id,
      (deadline) => ({ type: 'RectifyDeadline', deadline, on, reason }),
      body,
    );
  }

  @Post(':id/prove')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record the proof of a base' })
  @ApiOkResponse({ type: CommandAnswerDto })
  prove(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: ProveDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const { baseName, proof } = body;
    return this.#act(
      reply,
      asked,
      id,
      (deadline) => ({ type: 'ProveDeadline', deadline, baseName, proof }),
      body,
    );
  }

  @Post(':id/reissue-ladder')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let it follow the ladder as it is now, on the dates that it has' })
  @ApiOkResponse({ type: CommandAnswerDto })
  reissueLadder(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: ReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const { reason } = body;
    return this.#act(reply, asked, id, (deadline) => ({ type: 'ReissueLadder', deadline, reason }), body);
  }

  @Post(':id/preview')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'What an operation would do to it now: the dates before and after, or the refusal; nothing happens',
  })
  @ApiOkResponse({ type: DeadlineForecastDto })
  async preview(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Body() body: DeadlinePreviewDto,
    @InLanguage() language: Language,
  ): Promise<DeadlineForecastDto> {
    const { caseId, key } = partsOf(id, 'deadline-not-found');
    const command = commandOf(key, body);
    const answer = await this.ports.cases.forecastDeadline({ caseId, principal, command });
    if (answer.outcome === 'rejected') throw refused(answer.rejection);
    const { before, after, refusal } = answer;
    if (!before) throw new Problem('deadline-not-found');
    const now = this.ports.clock.now();
    return {
      before: prospectOf(before, now),
      after: after && prospectOf(after, now),
      refusal: refusal && toldIn(refusal, language),
    };
  }

  #act(
    reply: FastifyReply,
    asked: Asked,
    id: string,
    command: (deadline: string) => CaseRequest['command'],
    body: ActBody,
  ): Promise<CommandAnswerDto> {
    const { caseId, key } = partsOf(id, 'deadline-not-found');
    return this.acts.act(reply, asked, caseId, command(key), body, id);
  }
}
