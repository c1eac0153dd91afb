import { Body, Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '@iter/access';
import { startableActivities } from '@iter/engine';
import type { Instruction, Models } from '@iter/engine';
import { CaseFiles } from '../case-file/case-files.ts';
import {
  AdHocDto,
  instructions,
  MigrateDto,
  MigrationForecastDto,
  ModifyDto,
  RectifyCaseDto,
  StartAdHocDto,
} from '../dto/moves.ts';
import type { InstructionDto } from '../dto/moves.ts';
import { ListOf } from '../dto/page.ts';
import { CommandAnswerDto, ReasonDto } from '../dto/requests.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { caseIdFrom, partsOf } from '../http/ids.ts';
import { InLanguage } from '../http/language.ts';
import type { Language } from '../http/language.ts';
import { Problem, refused, toldIn } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { Caller } from '../session/session.ts';
import { CaseActs } from './case-acts.ts';

/** Acts on a case as a whole, beside its own flow: those who may say why. */
@ApiTags('cases')
@Controller('api/v1/cases')
export class CaseMovesController {
  constructor(
    @Inject(PORTS) private readonly ports: ApiPorts,
    private readonly acts: CaseActs,
    private readonly files: CaseFiles,
  ) {}

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'End a case before its end' })
  @ApiOkResponse({ type: CommandAnswerDto })
  cancel(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: ReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.acts.act(reply, asked, caseIdFrom(id), { type: 'CancelCase', reason: body.reason }, body);
  }

  @Post(':id/suspend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Suspend a case: nothing moves in it, legal deadlines go on' })
  @ApiOkResponse({ type: CommandAnswerDto })
  suspend(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: ReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.acts.act(reply, asked, caseIdFrom(id), { type: 'SuspendCase', reason: body.reason }, body);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Resume a suspended case' })
  @ApiOkResponse({ type: CommandAnswerDto })
  resume(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: ReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.acts.act(reply, asked, caseIdFrom(id), { type: 'ResumeCase', reason: body.reason }, body);
  }

  @Post(':id/modify')
  @HttpCode(200)
  @ApiOperation({ summary: 'Move a running case by hand: begin, move, end tokens, set variables' })
  @ApiExtraModels(...Object.values(instructions))
  @ApiOkResponse({ type: CommandAnswerDto })
  modify(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: ModifyDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const { reason } = body;
    const command = {
      type: 'ModifyCase',
      reason,
      instructions: body.instructions.map(instructionOf),
    } as const;
    return this.acts.act(reply, asked, caseIdFrom(id), command, { ...body });
  }

  @Post(':id/rectify')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Correct what was entered wrongly, and the terms that follow from it, as long as nothing was sent since',
  })
  @ApiOkResponse({ type: CommandAnswerDto })
  rectify(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: RectifyCaseDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const { reason, variables, former } = body;
    if (Object.keys(variables).length === 0) {
      const message = {
        it: 'Indicare almeno un dato da rettificare.',
        en: 'Give at least one value to correct.',
      };
      throw new Problem('request-invalid', { errors: [{ pointer: '/variables', code: 'empty', message }] });
    }
    const command = {
      ...({ type: 'RectifyCase', reason, variables: variables as never } as const),
      ...(former !== undefined && { former: former as never }),
    };
    return this.acts.act(reply, asked, caseIdFrom(id), command, { ...body });
  }

  @Post(':id/migrate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let a case follow another version of its process, or say what that would do' })
  @ApiExtraModels(CommandAnswerDto, MigrationForecastDto)
  @ApiOkResponse({
    description: 'The forecast when it is a dry run.',
    schema: {
      oneOf: [CommandAnswerDto, MigrationForecastDto].map((type) => ({ $ref: getSchemaPath(type) })),
    },
  })
  async migrate(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: MigrateDto,
    @InLanguage() language: Language,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto | MigrationForecastDto> {
    const { version, definition, elements = {}, flows = {}, reason, dryRun } = body;
    if (version !== undefined && definition !== undefined) {
      const message = {
        it: 'Indicare la versione oppure la definizione, non entrambe.',
        en: 'Give either the version or the definition, not both.',
      };
      throw new Problem('request-invalid', {
        detail: message,
        errors: [{ pointer: '/definition', code: 'one-of', message }],
      });
    }
    const to = {
      ...(version !== undefined && { version }),
      ...(definition !== undefined && { definition }),
      ...{ elements, flows, reason },
    };
    const caseId = caseIdFrom(id);
    if (dryRun !== true) {
      return this.acts.act(reply, asked, caseId, { type: 'MigrateCase', ...to }, { ...body });
    }
    const answer = await this.ports.cases.forecastMigration({ caseId, principal: asked.principal, ...to });
    if (answer.outcome === 'rejected') throw refused(answer.rejection);
    const { problems, moved, dropped, added } = answer.plan;
    return {
      ...{ caseId, version: answer.version, definition: answer.definition },
      possible: problems.length === 0,
      problems: problems.map((it) => toldIn(it, language)),
      moved: [...moved],
      dropped: [...dropped],
      added: [...added],
    };
  }

  @Get(':id/ad-hoc')
  @ApiOperation({ summary: 'The open ad-hoc sub-processes of a case, with what people may begin in them' })
  @ListOf(AdHocDto)
  async adHoc(@Caller() principal: Principal, @Param('id') id: string): Promise<{ items: AdHocDto[] }> {
    const { state } = await this.files.state({ caseId: caseIdFrom(id), principal, act: 'SeeCase' });
    const models: Models = (hash) => this.ports.catalog.byHash(hash)?.model;
    const items = startableActivities(models, state).map((open) => {
      const { key, element, definition, begun } = open;
      const nameOf = (it: string) => models(definition)?.nodes.get(it)?.name ?? it;
      const activities = open.activities.map((it) => ({ element: it, name: nameOf(it) }));
      return { key, element, name: nameOf(element), activities, begun: [...begun] };
    });
    return { items };
  }

  @Post(':id/ad-hoc/:key/start')
  @HttpCode(200)
  @ApiOperation({ summary: 'Begin an activity of an ad-hoc sub-process, once more if it was done before' })
  @ApiOkResponse({ type: CommandAnswerDto })
  startAdHoc(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Param('key') name: string,
    @Body() body: StartAdHocDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const { caseId, key } = partsOf(`${caseIdFrom(id)}.${name}`, 'element-not-found');
    const command = { type: 'StartAdHocActivity', key, element: body.element } as const;
    return this.acts.act(reply, asked, caseId, command, { ...body });
  }
}

/** What is absent means the case itself. */
const instructionOf = (instruction: InstructionDto): Instruction =>
  instruction.kind === 'cancel' || instruction.kind === 'move'
    ? ({ ...instruction } as unknown as Instruction)
    : ({ scope: null, ...instruction } as unknown as Instruction);
