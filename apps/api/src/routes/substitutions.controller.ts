import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal, Role } from '@iter/access';
import type { AccountOutcome } from '@iter/access/accounts';
import { romeDay } from '@iter/access/substitutions';
import { PageOf } from '../dto/page.ts';
import { IdDto } from '../dto/requests.ts';
import {
  ArrangeSubstitutionDto,
  EndSubstitutionDto,
  SubstitutionDto,
  SubstitutionsQuery,
} from '../dto/substitutions.ts';
import { succeeded, tellPosition } from '../http/answers.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { decodeCursor, encodeCursor, pageOf } from '../http/paging.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { Caller } from '../session/session.ts';
import { seenSubstitutions } from '../substitutions/seen.ts';

@ApiTags('substitutions')
@Controller('api/v1/substitutions')
export class SubstitutionsController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get()
  @ApiOperation({ summary: 'Who stands in for whom: of mine, and of those for whom I may arrange it' })
  @PageOf(SubstitutionDto)
  list(
    @Caller() principal: Principal,
    @Query() query: SubstitutionsQuery,
  ): { items: SubstitutionDto[]; nextCursor: string | null } {
    const { limit, cursor } = pageOf(query);
    const { accounts, clock } = this.ports;
    const seen = seenSubstitutions(principal, accounts.list(), romeDay(clock.now()), query.state === 'all');
    // They are few and lie in memory: the cursor names the last one shown.
    const last = decodeCursor(cursor, 'string');
    const begin = last === null ? 0 : seen.findIndex(({ id }) => id === last) + 1;
    const items = seen.slice(begin, begin + limit);
    const hasMore = begin + limit < seen.length;
    return { items, nextCursor: hasMore ? encodeCursor(items.at(-1)?.id ?? '') : null };
  }

  @Post()
  @ApiOperation({ summary: 'Arrange who stands in for somebody, from a day to a day' })
  @ApiCreatedResponse({ type: IdDto })
  async arrange(
    @Command() asked: Asked,
    @Body() { absent, roles, bodies, ...rest }: ArrangeSubstitutionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IdDto> {
    const scope = { roles: (roles ?? null) as readonly Role[] | null, bodies: bodies ?? null };
    const command = { type: 'ArrangeSubstitution', ...rest, ...scope } as const;
    const { account } = this.#tell(reply, await this.#execute(asked, absent, command));
    const { substitute, from, to } = rest;
    const made = account.substitutions.findLast(
      (it) => it.substitute === substitute && it.from === from && it.to === to,
    );
    return { id: `${absent}.${made?.id ?? ''}` };
  }

  @Post(':id/end')
  @HttpCode(200)
  @ApiOperation({ summary: 'End it at once' })
  @ApiOkResponse({ type: IdDto })
  async end(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() { reason }: EndSubstitutionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IdDto> {
    const [, absent, number] = /^([a-z][a-z0-9._-]{1,39})\.(\d{1,6})$/.exec(id) ?? [];
    if (absent === undefined || number === undefined) throw new Problem('substitution-not-found');
    const command = { type: 'EndSubstitution', id: number, reason } as const;
    this.#tell(reply, await this.#execute(asked, absent, command));
    return { id };
  }

  #execute(
    { principal, route, idempotencyKey }: Asked,
    username: string,
    command: Parameters<ApiPorts['accounts']['execute']>[0]['command'],
  ): Promise<AccountOutcome> {
    return this.ports.accounts.execute({ username, command, principal, route, idempotencyKey });
  }

  #tell(reply: FastifyReply, outcome: AccountOutcome) {
    const done = succeeded(outcome);
    tellPosition(reply, done.position);
    return done;
  }
}
