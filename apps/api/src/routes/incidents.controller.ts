import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '@iter/access';
import { PageOf } from '../dto/page.ts';
import { CommandAnswerDto, IncidentResolutionDto, IncidentsQuery } from '../dto/requests.ts';
import { IncidentDto } from '../dto/views.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { partsOf } from '../http/ids.ts';
import { filterOf, pageOf } from '../http/paging.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { Caller } from '../session/session.ts';
import { CaseActs } from './case-acts.ts';

@ApiTags('incidents')
@Controller('api/v1/incidents')
export class IncidentsController {
  constructor(
    @Inject(PORTS) private readonly ports: ApiPorts,
    private readonly acts: CaseActs,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Incidents, newest first' })
  @PageOf(IncidentDto)
  list(@Caller() principal: Principal, @Query() query: IncidentsQuery): Promise<unknown> {
    return this.ports.views.incidents(principal, filterOf(query), pageOf(query));
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Try again what got stuck, or close what people decided' })
  @ApiOkResponse({ type: CommandAnswerDto })
  resolve(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() { resolution }: IncidentResolutionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const { caseId, key } = partsOf(id, 'incident-not-found');
    return this.acts.act(reply, asked, caseId, { type: 'ResolveIncident', key, resolution }, {}, id);
  }
}
