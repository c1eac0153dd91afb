import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '@iter/access';
import type { CaseRequest } from '@iter/commands';
import { addMonths, romeDate } from '@iter/legal-calendar';
import { masked } from '../case-file/pseudonymise.ts';
import { describedLines } from '../case-file/check-lines.ts';
import { CaseFiles } from '../case-file/case-files.ts';
import { formValues, keysOfForm } from '../case-file/case-file.ts';
import { checkFacts } from '../facts.ts';
import { ListOf, PageOf } from '../dto/page.ts';
import {
  ActDto,
  AssignTaskDto,
  CommandAnswerDto,
  CompleteTaskDto,
  IdDto,
  ReadQuery,
  ReasonDto,
  ReceiversQuery,
  TasksQuery,
} from '../dto/requests.ts';
import { CheckListDto, ValuesVerdictDto } from '../dto/verdict.ts';
import { PutOffDto } from '../dto/personal.ts';
import { ReceiverDto } from '../dto/substitutions.ts';
import { TaskDetailDto, TaskDto } from '../dto/views.ts';
import { Command, etagOf } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { partsOf } from '../http/ids.ts';
import { filterOf, pageOf } from '../http/paging.ts';
import { errorsIn, verdictOf } from '../http/answers.ts';
import { InLanguage } from '../http/language.ts';
import type { Language } from '../http/language.ts';
import { Problem, refused } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';
import { enabled, receiversOf } from '../substitutions/receivers.ts';
import { CaseActs } from './case-acts.ts';
import type { ActBody } from './case-acts.ts';

@ApiTags('tasks')
@Controller('api/v1/tasks')
export class TasksController {
  constructor(
    @Inject(PORTS) private readonly ports: ApiPorts,
    private readonly acts: CaseActs,
    private readonly files: CaseFiles,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The inbox, due soonest first' })
  @PageOf(TaskDto)
  list(@Caller() principal: Principal, @Query() query: TasksQuery): Promise<unknown> {
    if (query.facts !== undefined) checkFacts(this.ports.catalog, principal, query.facts, query.process);
    return this.ports.views.tasks(principal, filterOf(query), pageOf(query));
  }

  @Get('receivers')
  @ApiOperation({ summary: 'People to whom each of some open tasks can be given: for whoever may give them' })
  @ListOf(ReceiverDto)
  async receivers(
    @Caller() principal: Principal,
    @Query() { tasks }: ReceiversQuery,
  ): Promise<{ items: readonly ReceiverDto[] }> {
    const people = enabled(this.ports.accounts);
    let fit: readonly string[] = people.map(({ username }) => username);
    for (const id of new Set(tasks.split(','))) {
      const { caseId, key } = partsOf(id, 'task-not-found');
      const found = await this.ports.cases.whoMayTake({ caseId, principal, task: key, among: fit });
      if (found.outcome === 'rejected') throw refused(found.rejection);
      fit = found.accounts;
    }
    return { items: receiversOf(people, fit) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'A task with its form and the values that the form shows' })
  @ApiOkResponse({ type: TaskDetailDto })
  async read(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Query() { reason }: ReadQuery,
    @InLanguage() language: Language,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const { caseId, key } = partsOf(id, 'task-not-found');
    const item = await this.ports.views.task(principal, id);
    if (!item) throw new Problem('task-not-found');
    const { state, pseudonymised, whyNotMine, readsCase } = await this.files.state({
      caseId,
      principal,
      task: key,
      ...(reason !== undefined && { reason }),
    });
    const form = item.formId === null ? null : this.ports.catalog.form(item.definition, item.formId);
    // Only what the form speaks of: a task's lane is not entitled to the rest of the file.
    const wanted = keysOfForm(form);
    const variables = Object.fromEntries(
      Object.entries(formValues(state, key))
        .filter(([name]) => wanted.has(name))
        .map(([name, value]) => [name, pseudonymised ? masked : (value as unknown)]),
    );
    void reply.header('ETag', etagOf(state.revision));
    return { ...item, form, variables, whyNotMine: whyNotMine && whyNotMine[language], readsCase };
  }

  @Post(':id/claim')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take charge of a task' })
  @ApiOkResponse({ type: CommandAnswerDto })
  claim(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: ActDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#act(reply, asked, id, (key) => ({ type: 'ClaimUserTask', key }), body);
  }

  @Post(':id/release')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give a task back to its group' })
  @ApiOkResponse({ type: CommandAnswerDto })
  release(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: ActDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#act(reply, asked, id, (key) => ({ type: 'ReleaseUserTask', key }), body);
  }

  @Post(':id/assign')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give a task to someone' })
  @ApiOkResponse({ type: CommandAnswerDto })
  assign(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: AssignTaskDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#act(reply, asked, id, (key) => ({ type: 'AssignUserTask', key, to: body.to }), body);
  }

  @Post(':id/complete')
  @HttpCode(200)
  @ApiOperation({ summary: 'Complete a task with the values of its form' })
  @ApiOkResponse({ type: CommandAnswerDto })
  async complete(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: CompleteTaskDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const variables = (body.variables ?? {}) as never;
    const order = (key: string) => ({ type: 'CompleteUserTask', key, variables }) as const;
    const answer = await this.#act(reply, asked, id, order, body);
    this.acts.forgetDraft(asked, `task.${id}`);
    return answer;
  }

  @Post(':id/reopen')
  @HttpCode(200)
  @ApiOperation({ summary: 'Reopen a completed task, as long as nothing was sent on its ground' })
  @ApiOkResponse({ type: CommandAnswerDto })
  reopen(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: ReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#act(reply, asked, id, (key) => ({ type: 'ReopenUserTask', key, reason: body.reason }), body);
  }

  @Post(':id/put-off')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put a task off to a day, for me alone; nothing of the case waits' })
  @ApiOkResponse({ type: IdDto })
  async putOff(
    @Command() { principal }: Asked,
    @Param('id') id: string,
    @Body() { until }: PutOffDto,
  ): Promise<IdDto> {
    partsOf(id, 'task-not-found');
    allow(principal, 'SetPreferences', { account: principal.account });
    const task = await this.ports.views.task(principal, id);
    if (task?.state !== 'open') throw new Problem('task-not-found');
    const today = romeDate(this.ports.clock.now());
    if (until !== null && (until <= today || until > addMonths(today, 12))) {
      throw new Problem('request-invalid', {
        errors: [
          {
            ...{ pointer: '/until', code: 'not-ahead' },
            message: {
              it: 'Indicare un giorno da domani a un anno da oggi.',
              en: 'Give a day from tomorrow to a year from today.',
            },
          },
        ],
      });
    }
    await this.ports.views.personal.putOff(principal.account, id, until);
    return { id };
  }

  @Post(':id/check')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Whether completing it with these values would be taken, and what is wrong with them; nothing happens',
  })
  @ApiOkResponse({ type: ValuesVerdictDto })
  async check(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Body() { variables, occurredAt }: CompleteTaskDto,
    @InLanguage() language: Language,
  ): Promise<ValuesVerdictDto> {
    const { caseId, key } = partsOf(id, 'task-not-found');
    return verdictOf(
      await this.ports.cases.checkTask({
        ...{ caseId, key, principal, variables: (variables ?? {}) as never },
        ...(occurredAt !== undefined && { occurredAt }),
      }),
      language,
    );
  }

  @Post(':id/check-list')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'What must be true before it is completed, judged with the values filled in so far, and what is wrong with these; nothing happens',
  })
  @ApiOkResponse({ type: CheckListDto })
  async checkList(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Body() { variables }: CompleteTaskDto,
    @InLanguage() language: Language,
  ): Promise<unknown> {
    const { caseId, key } = partsOf(id, 'task-not-found');
    const reading = await this.ports.cases.checkListOfTask({
      ...{ caseId, key, principal, variables: (variables ?? {}) as never },
    });
    if (reading.outcome === 'rejected') throw refused(reading.rejection);
    return {
      items: await describedLines(this.ports, principal, caseId, reading.lines, language),
      errors: errorsIn(reading, language),
    };
  }

  #act(
    reply: FastifyReply,
    asked: Asked,
    id: string,
    command: (key: string) => CaseRequest['command'],
    body: ActBody,
  ): Promise<CommandAnswerDto> {
    const { caseId, key } = partsOf(id, 'task-not-found');
    return this.acts.act(reply, asked, caseId, command(key), { ...body }, id);
  }
}
