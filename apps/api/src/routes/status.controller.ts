import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { StatusDto } from '../dto/requests.ts';
import { Metrics } from '../http/metrics.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { Public } from '../session/session.ts';

/** How the house is: for people, for balancers, for dashboards. Nothing here needs a session or says who is who. */
@ApiTags('status')
@Controller()
@Public()
export class StatusController {
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
      throw new Problem('not-ready', { detail: troubles.join('; '), headers: { 'Retry-After': '2' } });
    }
    return { status: 'ok' };
  }

  @Get('metrics')
  @ApiExcludeEndpoint()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  async read(@Res({ passthrough: true }) _reply: FastifyReply): Promise<string> {
    const { clock, machine } = this.ports;
    const [followers, mail] = await Promise.all([machine.followers(), machine.mail()]);
    return this.metrics.text([
      ...followers.map(({ name, behind }) => ({
        name: 'iter_follower_behind_appends',
        labels: { follower: name },
        value: behind,
      })),
      ...followers.map(({ name, lagMs }) => ({
        name: 'iter_follower_lag_seconds',
        labels: { follower: name },
        value: lagMs / 1000,
      })),
      ...followers.map(({ name, alarm }) => ({
        name: 'iter_follower_falling_behind',
        labels: { follower: name },
        value: alarm === null ? 0 : 1,
      })),
      ...(['waiting', 'later', 'refused', 'unreachable'] as const).map((state) => ({
        name: 'iter_mails',
        labels: { state },
        value: mail[state],
      })),
      ...Object.entries({
        iter_clock_offset_seconds: clock.offsetMs,
        iter_clock_skew_seconds: clock.skewMs ?? 0,
        iter_clock_doubt_seconds: clock.doubtMs ?? 0,
      }).map(([name, ms]) => ({ name, labels: {}, value: ms / 1000 })),
    ]);
  }
}
