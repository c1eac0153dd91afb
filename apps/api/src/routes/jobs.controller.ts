import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { CaseRequest } from '@iter/commands';
import { ListOf } from '../dto/page.ts';
import {
  ActivateJobsDto,
  CommandAnswerDto,
  CompleteJobDto,
  FailJobDto,
  JobDto,
  JobErrorDto,
} from '../dto/requests.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { partsOf } from '../http/ids.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { CaseActs } from './case-acts.ts';
import type { ActBody } from './case-acts.ts';

@ApiTags('jobs')
@Controller('api/v1/jobs')
export class JobsController {
  constructor(
    @Inject(PORTS) private readonly ports: ApiPorts,
    private readonly acts: CaseActs,
  ) {}

  @Post('activate')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take open jobs of a type, for a while, as a worker outside' })
  @ListOf(JobDto)
  async activate(@Command() { principal }: Asked, @Body() body: ActivateJobsDto): Promise<unknown> {
    allow(principal, 'ActivateJobs', {});
    const { type, limit = 10, lockMs = 60_000, worker = principal.account } = body;
    return { items: await this.ports.jobs.activate({ type, limit, lockMs, worker }) };
  }

  @Post(':id/complete')
  @HttpCode(200)
  @ApiOperation({ summary: 'The job is done' })
  @ApiOkResponse({ type: CommandAnswerDto })
  complete(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() body: CompleteJobDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const variables = (body.variables ?? {}) as never;
    return this.#act(reply, asked, id, (key) => ({ type: 'CompleteJob', key, variables }), body);
  }

  @Post(':id/fail')
  @HttpCode(200)
  @ApiOperation({ summary: 'The job could not be done this time' })
  @ApiOkResponse({ type: CommandAnswerDto })
  fail(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() { retries, message, retryInMs }: FailJobDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#act(reply, asked, id, (key) => ({
      type: 'FailJob',
      key,
      retries,
      message,
      ...(retryInMs !== undefined && { retryInMs }),
    }));
  }

  @Post(':id/error')
  @HttpCode(200)
  @ApiOperation({ summary: 'The job ended in a business error that the process may catch' })
  @ApiOkResponse({ type: CommandAnswerDto })
  error(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() { code, message = '', variables }: JobErrorDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.#act(reply, asked, id, (key) => ({
      type: 'ThrowJobError',
      key,
      code,
      message,
      variables: (variables ?? {}) as never,
    }));
  }

  #act(
    reply: FastifyReply,
    asked: Asked,
    id: string,
    command: (key: string) => CaseRequest['command'],
    body: ActBody = {},
  ): Promise<CommandAnswerDto> {
    const { caseId, key } = partsOf(id, 'job-not-found');
    return this.acts.act(reply, asked, caseId, command(key), body, id);
  }
}
