import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Label } from '@iter/process-model';
import { StatusDto } from '../dto/requests.ts';
import { Metrics } from '../http/metrics.ts';
import type { Gauge } from '../http/metrics.ts';
import { houseGauges } from '../operations/gauges.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { Public } from '../session/session.ts';

/** How the house is: for people, for balancers, for dashboards. Nothing here needs a session or says who is who. */
@ApiTags('status')
@Controller()
@Public()
export class StatusController {
  #gauges: Promise<readonly Gauge[]> | null = null;

  constructor(
    @Inject(PORTS) private readonly ports: ApiPorts,
    private readonly metrics: Metrics,
  ) {}

  @Get('status')
  @ApiOperation({ summary: 'Whether the service works, and which version it is' })
  @ApiOkResponse({ type: StatusDto })
  async status(): Promise<StatusDto> {
    const { settings, clock } = this.ports;
    const troubles = await this.ports.troubles();
    return {
      status: troubles.length === 0 ? 'ok' : 'degraded',
      version: settings.version,
      demo: settings.demo,
      now: clock.now(),
      accessibility: settings.accessibility,
    };
  }

  @Get('health/live')
  @ApiExcludeEndpoint()
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @ApiExcludeEndpoint()
  async ready(): Promise<{ status: string }> {
    const troubles = await this.ports.troubles();
    if (troubles.length > 0) {
      throw new Problem('not-ready', { detail: together(troubles), headers: { 'Retry-After': '2' } });
    }
    return { status: 'ok' };
  }

  @Get('metrics')
  @ApiExcludeEndpoint()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  async read(@Res({ passthrough: true }) _reply: FastifyReply): Promise<string> {
    // Who watches, however many and how often, has the house asked once at a time.
    this.#gauges ??= houseGauges(this.ports).finally(() => (this.#gauges = null));
    return this.metrics.text(await this.#gauges);
  }
}

const together = (troubles: readonly Label[]): Label => ({
  it: troubles.map(({ it }) => it).join('; '),
  en: troubles.map(({ en }) => en).join('; '),
});
