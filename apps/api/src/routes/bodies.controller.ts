import { Body, Controller, Get, Inject, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { mayAct } from '@iter/access';
import type { Principal } from '@iter/access';
import { romeDate } from '@iter/legal-calendar';
import { versionOf } from '@iter/registers';
import type { BodyCommand } from '@iter/registers';
import { describeCalendar } from '../calendars/describe-calendar.ts';
import { CalendarQuery, LocalCalendarDto, SetLocalCalendarDto } from '../dto/calendars.ts';
import { ShareCasesDto, SharingDto } from '../dto/registers.ts';
import { tellPosition } from '../http/answers.ts';
import { Command, etagOf } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { Problem, refused } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { byWhom } from '../registers/imports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';

/** What bodies decide for themselves: what is local in their calendars, what their people see of one another’s cases. */
@ApiTags('bodies')
@Controller('api/v1/bodies')
export class BodiesController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get(':ipa/calendar')
  @ApiOperation({
    summary: 'Patron saints and closures of a body, who recorded them, and its days off in a year',
  })
  @ApiOkResponse({ type: LocalCalendarDto })
  calendar(
    @Caller() principal: Principal,
    @Param('ipa') ipa: string,
    @Query() { year }: CalendarQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): LocalCalendarDto {
    allow(principal, 'ReadBodies', { body: ipa });
    return this.#describe(principal, ipa, reply, year);
  }

  @Put(':ipa/calendar')
  @ApiOperation({
    summary: 'Set the calendar of a body',
    description:
      'The whole calendar, with a reason. `If-Match` carries the ETag that was read; when somebody changed it meanwhile, nothing is done. Deadlines that are open keep their dates.',
  })
  @ApiOkResponse({ type: LocalCalendarDto })
  async setCalendar(
    @Command() asked: Asked,
    @Param('ipa') ipa: string,
    @Body() { reason, ...calendar }: SetLocalCalendarDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LocalCalendarDto> {
    const { principal, expectedRevision: expectedVersion } = asked;
    await this.#execute(reply, asked, ipa, {
      ...{ type: 'SetLocalCalendar', calendar, reason },
      ...(expectedVersion !== undefined && { expectedVersion }),
    });
    return this.#describe(principal, ipa, reply);
  }

  @Get(':ipa/sharing')
  @ApiOperation({ summary: 'Of which services the people of a body see one another’s cases' })
  @ApiOkResponse({ type: SharingDto })
  sharing(@Caller() principal: Principal, @Param('ipa') ipa: string): SharingDto {
    allow(principal, 'ReadBodies', { body: ipa });
    return this.#describeSharing(principal, ipa);
  }

  @Put(':ipa/sharing')
  @ApiOperation({
    summary: 'Decide of which services the people of a body see one another’s cases',
    description: 'The whole list, with a reason. Disciplinary cases: that they run, never what they say.',
  })
  @ApiOkResponse({ type: SharingDto })
  async share(
    @Command() asked: Asked,
    @Param('ipa') ipa: string,
    @Body() { services, reason, seen }: ShareCasesDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SharingDto> {
    await this.#execute(reply, asked, ipa, { type: 'ShareCases', services, reason }, seen);
    return this.#describeSharing(asked.principal, ipa);
  }

  async #execute(
    reply: FastifyReply,
    { principal, route, idempotencyKey }: Asked,
    body: string,
    command: BodyCommand,
    seen?: string,
  ): Promise<void> {
    const { bodies } = this.ports;
    const by = { principal, route, idempotencyKey };
    const done = await bodies.execute({ body, command, ...by, ...(seen !== undefined && { seen }) });
    const result = byWhom(this.ports, done, () => bodies.lastChange(body, command));
    if (result.outcome === 'key-reused') throw new Problem('idempotency-key-reused');
    if (result.outcome === 'rejected') {
      const { code } = result.rejection;
      throw code === 'body-not-found' ? new Problem('not-found') : refused(result.rejection);
    }
    tellPosition(reply, result.position);
  }

  #describeSharing(principal: Principal, ipa: string): SharingDto {
    const body = this.ports.bodies.find(ipa);
    if (!body) throw new Problem('not-found');
    const last = this.ports.bodies.sharing(ipa);
    const editable = mayAct(principal, 'ShareCases', { body: ipa }).allowed;
    return {
      services: [...body.shared],
      version: versionOf(body.shared),
      ...{ at: last?.at ?? null, role: last?.role ?? null, editable },
      ...{ by: (editable && last?.by) || null, reason: (editable && last?.reason) || null },
    };
  }

  #describe(principal: Principal, ipa: string, reply: FastifyReply, year?: number): LocalCalendarDto {
    const { bodies, calendar, clock } = this.ports;
    const body = bodies.find(ipa);
    if (!body) throw new Problem('not-found');
    void reply.header('ETag', etagOf(body.calendarVersion));
    return describeCalendar({
      body,
      seat: body.province === null ? null : bodies.find(body.province),
      history: bodies.calendarHistory(ipa),
      calendar: calendar(),
      year: year ?? Number(romeDate(clock.now()).slice(0, 4)),
      editable: mayAct(principal, 'SetLocalCalendar', { body: ipa }).allowed,
    });
  }
}
