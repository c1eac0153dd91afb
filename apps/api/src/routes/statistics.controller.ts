import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { confidential, readsContentThroughout } from '@iter/access';
import type { Principal } from '@iter/access';
import type { StatisticsReport } from '@iter/read-models';
import { services } from '@iter/registers';
import { IndicatorsDto, IndicatorsQuery, StatisticsDto, StatisticsQuery } from '../dto/statistics.ts';
import { checkPeriod } from '../http/period.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';
import { csvOf, indicatorsOf } from '../statistics/indicators.ts';
import { processesOf } from '../statistics/processes.ts';
import { withWords } from '../statistics/words.ts';

/** Figures of the services: of cases, never of persons. */
@ApiTags('statistics')
@Controller('api/v1/statistics')
export class StatisticsController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get()
  @ApiOperation({
    summary: 'Cases by state, outcome and facts, times of phases, share in time, load of each body',
  })
  @ApiOkResponse({ type: StatisticsDto })
  async ofService(@Caller() principal: Principal, @Query() query: StatisticsQuery): Promise<StatisticsDto> {
    this.#check(principal, query);
    return withWords(this.ports.catalog, await this.#figures(principal, query.service, query));
  }

  @Get('indicators')
  @ApiOperation({
    summary: 'Anonymous indicators of all services, as a file for Pi.Co. (docs/indicators.md)',
  })
  @ApiOkResponse({ type: IndicatorsDto })
  async indicators(
    @Caller() principal: Principal,
    @Query() { from, to, format = 'json' }: IndicatorsQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    this.#check(principal, { from, to });
    const reports = await Promise.all(
      services.map(async (service) => ({
        service,
        report: await this.#figures(principal, service, { from, to }),
      })),
    );
    const file = indicatorsOf(reports, from, to);
    const name = `indicatori-${from}-${to}.${format}`;
    void reply.header('content-disposition', `attachment; filename="${name}"`);
    if (format === 'json') return file;
    void reply.type('text/csv; charset=utf-8');
    return csvOf(file);
  }

  #check(principal: Principal, period: { readonly from: string; readonly to: string }): void {
    allow(principal, 'ReadStatistics', {});
    checkPeriod(period);
  }

  #figures(
    principal: Principal,
    service: string,
    { from, to, comune }: { readonly from: string; readonly to: string; readonly comune?: string },
  ): Promise<StatisticsReport> {
    const processes = processesOf(this.ports.catalog, service);
    return this.ports.views.statistics(principal, {
      processes,
      told: processes.filter(
        (process) => !confidential(process) || readsContentThroughout(principal, process),
      ),
      from,
      to,
      ...(comune !== undefined && { comune }),
    });
  }
}
