import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@iter/access';
import { MailStateDto } from '../dto/contact.ts';
import {
  CheckDto,
  FailedJobsQuery,
  FindQuery,
  FoundDto,
  JobTypeDto,
  ParkedDto,
  ResumedDto,
  RetriedDto,
  RetryJobsDto,
  WorkDto,
} from '../dto/operations.ts';
import { ListOf, PageOf } from '../dto/page.ts';
import { FailedJobDto, FollowerDto, IdDto, QueueDto } from '../dto/requests.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { decodeCursor, encodeCursor, filterOf, pageOf } from '../http/paging.ts';
import { find } from '../operations/find.ts';
import { InLanguage } from '../http/language.ts';
import type { Language } from '../http/language.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';
import { sendAgain } from '../webhooks/send-again.ts';

@ApiTags('operations')
@Controller('api/v1/operations')
export class OperationsController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get('queues')
  @ApiOperation({ summary: 'How full the queues are' })
  @ListOf(QueueDto)
  async queues(@Caller() principal: Principal): Promise<unknown> {
    allow(principal, 'ReadOperations', {});
    return { items: await this.ports.machine.queues() };
  }

  @Get('work')
  @ApiOperation({ summary: 'What is to be done, by kind of work: how much, how late, how fast' })
  @ListOf(WorkDto)
  async work(@Caller() principal: Principal): Promise<unknown> {
    allow(principal, 'ReadOperations', {});
    return { items: await this.ports.machine.work() };
  }

  @Get('job-types')
  @ApiOperation({ summary: 'Jobs by type, and which workers ask for them' })
  @ListOf(JobTypeDto)
  async jobTypes(@Caller() principal: Principal): Promise<unknown> {
    allow(principal, 'ReadOperations', {});
    return { items: await this.ports.machine.jobTypes() };
  }

  @Get('jobs')
  @ApiOperation({ summary: 'Work that failed and waits to be tried again, the latest first' })
  @PageOf(FailedJobDto)
  async jobs(@Caller() principal: Principal, @Query() query: FailedJobsQuery): Promise<unknown> {
    allow(principal, 'ReadOperations', {});
    const { limit } = pageOf(query);
    const [failedAt, id] = decodeCursor(query.cursor ?? null, 'string')?.split(' ', 2) ?? [];
    const after = failedAt !== undefined && id !== undefined ? { failedAt, id } : null;
    const items = await this.ports.machine.failedJobs(filterOf(query), limit, after);
    const last = items.length < limit ? undefined : items.at(-1);
    return { items, nextCursor: last ? encodeCursor(`${last.failedAt} ${last.id}`) : null };
  }

  @Post('jobs/retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Try all failed work again, or what the filter says' })
  @ApiOkResponse({ type: RetriedDto })
  async retryAll(@Command() { principal }: Asked, @Body() filter: RetryJobsDto): Promise<RetriedDto> {
    allow(principal, 'RetryJob', {});
    return { count: await this.ports.machine.retryJobs({ ...filter }) };
  }

  @Get('find')
  @ApiOperation({ summary: 'Find by code or id of a case, id of a job, a task or an event' })
  @ApiOkResponse({ type: FoundDto })
  find(@Caller() principal: Principal, @Query() { text }: FindQuery): Promise<FoundDto> {
    allow(principal, 'ReadOperations', {});
    return find(this.ports, text);
  }

  @Get('checks')
  @ApiOperation({ summary: 'Health, versions and settings, checked' })
  @ListOf(CheckDto)
  async checks(@Caller() principal: Principal, @InLanguage() language: Language): Promise<unknown> {
    allow(principal, 'ReadOperations', {});
    const checks = await this.ports.machine.checks();
    return {
      items: checks.map(({ value, ...check }) => ({
        ...check,
        value: value !== null && typeof value === 'object' ? value[language] : value,
      })),
    };
  }

  @Get('mail')
  @ApiOperation({ summary: 'How the mails to people are doing' })
  @ApiOkResponse({ type: MailStateDto })
  mail(@Caller() principal: Principal): Promise<MailStateDto> {
    allow(principal, 'ReadOperations', {});
    return this.ports.machine.mail();
  }

  @Post('jobs/:id/retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Try a failed job again' })
  @ApiOkResponse({ type: IdDto })
  async retry(@Command() { principal }: Asked, @Param('id') id: string): Promise<IdDto> {
    allow(principal, 'RetryJob', {});
    const [, of, delivery] = /^webhook:([^.]+)\.(.+)$/.exec(id) ?? [];
    if (of !== undefined && delivery !== undefined) {
      const webhook = this.ports.webhooks.find(of);
      if (!webhook) throw new Problem('webhook-not-found');
      await sendAgain(this.ports.deliveries, webhook, delivery);
      return { id };
    }
    if ((await this.ports.machine.retryJobs({ id })) === 0) throw new Problem('job-not-found');
    return { id };
  }

  @Get('followers')
  @ApiOperation({ summary: 'How far the followers of the log are' })
  @ListOf(FollowerDto)
  async followers(@Caller() principal: Principal): Promise<unknown> {
    allow(principal, 'ReadOperations', {});
    return { items: await this.ports.machine.followers() };
  }

  @Get('followers/:name/parked')
  @ApiOperation({ summary: 'Sequences that a follower has set aside' })
  @ListOf(ParkedDto)
  async parked(@Caller() principal: Principal, @Param('name') name: string): Promise<unknown> {
    allow(principal, 'ReadOperations', {});
    const items = await this.ports.machine.parked(name);
    if (items === null) throw new Problem('view-not-found');
    return { items };
  }

  @Post('followers/:name/parked/:caseId/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Fold a sequence that was set aside again from its beginning' })
  @ApiOkResponse({ type: ResumedDto })
  async resume(
    @Command() { principal }: Asked,
    @Param('name') name: string,
    @Param('caseId') caseId: string,
  ): Promise<ResumedDto> {
    allow(principal, 'RetryJob', {});
    const error = await this.ports.machine.resumeParked(name, caseId);
    if (error === undefined) throw new Problem('case-not-found');
    return { resumed: error === null, error };
  }

  @Post('views/:name/rebuild')
  @HttpCode(202)
  @ApiOperation({ summary: 'Make a view anew beside the live one, then swap' })
  @ApiAcceptedResponse({ type: IdDto })
  async rebuild(@Command() { principal }: Asked, @Param('name') name: string): Promise<IdDto> {
    allow(principal, 'RebuildView', {});
    if (!(await this.ports.machine.rebuildView(name))) throw new Problem('view-not-found');
    return { id: name };
  }
}
