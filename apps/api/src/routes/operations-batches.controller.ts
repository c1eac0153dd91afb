import { Body, Controller, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '@iter/access';
import { BatchDto, DeployedProcessDto, MigrateAllDto, RetryIncidentsDto } from '../dto/operations.ts';
import { ListOf } from '../dto/page.ts';
import { tellPosition } from '../http/answers.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { migrateAll, retryIncidents } from '../operations/batches.ts';
import type { Stretch } from '../operations/batches.ts';
import { describeDeployed } from '../operations/describe.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';
import { CaseActs } from './case-acts.ts';

/** What the system operator does to many cases, stretch by stretch; each case is asked by itself whether it may be done. */
@ApiTags('operations')
@Controller('api/v1/operations')
export class OperationsBatchesController {
  constructor(
    @Inject(PORTS) private readonly ports: ApiPorts,
    private readonly acts: CaseActs,
  ) {}

  @Get('definitions')
  @ApiOperation({ summary: 'Processes with their versions, and how many cases follow each' })
  @ListOf(DeployedProcessDto)
  async definitions(@Caller() principal: Principal): Promise<unknown> {
    allow(principal, 'ReadOperations', {});
    const { catalog, views } = this.ports;
    const figures = await views.operator.versions();
    return { items: describeDeployed(catalog.list(), (key) => catalog.versions(key), figures) };
  }

  @Post('migrations')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Let all cases of a version follow another one, or say what that would do',
    description:
      'One stretch of cases a call: go on with `nextCursor` until it is null. A case that cannot follow stays as it is, and the answer says why.',
  })
  @ApiOkResponse({ type: BatchDto })
  async migrate(
    @Command() asked: Asked,
    @Body() body: MigrateAllDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BatchDto> {
    allow(asked.principal, 'ReadOperations', {});
    if (!this.ports.catalog.find(body.process, body.to)) throw new Problem('definition-not-found');
    return told(reply, await migrateAll({ ports: this.ports, acts: this.acts }, asked, body));
  }

  @Post('incidents/retry')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Try again what got stuck: all incidents that are not about terms of law, or what the filter says',
    description: 'One stretch of incidents a call: go on with `nextCursor` until it is null.',
  })
  @ApiOkResponse({ type: BatchDto })
  async retry(
    @Command() asked: Asked,
    @Body() body: RetryIncidentsDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BatchDto> {
    allow(asked.principal, 'ReadOperations', {});
    return told(reply, await retryIncidents({ ports: this.ports, acts: this.acts }, asked, body));
  }
}

function told(reply: FastifyReply, { batch, position }: Stretch): BatchDto {
  tellPosition(reply, position);
  return batch;
}
