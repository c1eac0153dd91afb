import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { mayAct } from '@iter/access';
import type { Principal } from '@iter/access';
import type { ListPage } from '@iter/read-models';
import { EraseCaseDto, ErasureDto, HeldCaseDto, HoldCaseDto } from '../dto/erasures.ts';
import { PageOf, PageQuery } from '../dto/page.ts';
import { IdDto } from '../dto/requests.ts';
import { succeeded, tellPosition } from '../http/answers.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { caseIdFrom } from '../http/ids.ts';
import { pageThrough } from '../http/paging.ts';
import { protocolOf } from '../http/protocol.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allowSomewhere } from '../session/allow.ts';
import { Caller } from '../session/session.ts';

/** What cases say is erased on the word of whose data it is; that it was, and why, stays. */
@ApiTags('erasures')
@Controller('api/v1')
export class ErasuresController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Post('cases/:id/erase')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Erase what a case that has ended says: data, texts and documents; dates, terms and acts stay',
    description:
      'For ever. Who may, does it with a reason and on a decision that stands in a protocol register.',
  })
  @ApiOkResponse({ type: IdDto })
  async erase(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() { ground, reason, ...protocol }: EraseCaseDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IdDto> {
    const instruction = await protocolOf(this.ports.protocol, protocol);
    if (!instruction) throw new Problem('request-invalid');
    const { expectedRevision: _, ...by } = asked;
    const caseId = caseIdFrom(id);
    const outcome = await this.ports.cases.erase({ ...by, caseId, ground, reason, instruction });
    tellPosition(reply, succeeded(outcome).position);
    return { id: caseId };
  }

  @Post('cases/:id/hold')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Forbid that what a case says be erased, or allow it again',
    description:
      'A court, an inspection or an audit asks for it, or no more. What one body forbids no other allows again.',
  })
  @ApiOkResponse({ type: IdDto })
  async hold(
    @Command() { expectedRevision: _, ...asked }: Asked,
    @Param('id') id: string,
    @Body() { held, reason }: HoldCaseDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IdDto> {
    const caseId = caseIdFrom(id);
    const outcome = await this.ports.cases.hold({ ...asked, caseId, held, reason });
    tellPosition(reply, succeeded(outcome).position);
    return { id: caseId };
  }

  @Get('erasures')
  @ApiOperation({ summary: 'What was erased and on whose word, the last first' })
  @PageOf(ErasureDto)
  list(@Caller() principal: Principal, @Query() query: PageQuery): ListPage<ErasureDto> {
    const { items, nextCursor } = this.#shownTo(principal, this.ports.erasures.list(), query);
    return {
      nextCursor,
      items: items.map(({ keys: _, ...it }) => ({
        ...it,
        comuneName: this.#bodyName(it.comune),
        processName: this.#processName(it.process),
      })),
    };
  }

  @Get('erasures/holds')
  @ApiOperation({ summary: 'What must not be erased, in whose name and why, the last first' })
  @PageOf(HeldCaseDto)
  holds(@Caller() principal: Principal, @Query() query: PageQuery): ListPage<HeldCaseDto> {
    const { items, nextCursor } = this.#shownTo(principal, this.ports.erasures.holds(), query);
    return {
      nextCursor,
      items: items.map(({ process, ...it }) => ({
        ...it,
        comuneName: this.#bodyName(it.comune),
        processName: process && this.#processName(process),
      })),
    };
  }

  #shownTo<T extends { readonly comune: string }>(
    principal: Principal,
    all: readonly T[],
    query: PageQuery,
  ): ListPage<T> {
    allowSomewhere(principal, 'ReadErasures');
    const mine = all.filter(({ comune }) => mayAct(principal, 'ReadErasures', { body: comune }).allowed);
    return pageThrough(mine, query);
  }

  #bodyName(ipa: string): string {
    return this.ports.bodies.find(ipa)?.name ?? ipa;
  }

  #processName(process: string): string {
    return this.ports.catalog.find(process)?.name ?? process;
  }
}
