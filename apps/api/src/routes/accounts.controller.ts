import { Body, Controller, Get, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Grant, Principal } from '@iter/access';
import type { Account } from '@iter/access/accounts';
import { AccountDto, AccountsQuery, CreateAccountDto } from '../dto/accounts.ts';
import { PageOf } from '../dto/page.ts';
import { succeeded, tellPosition } from '../http/answers.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { paged } from '../http/paging.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { holding } from '../registers/lists.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';

/** Who can sign in, and as what. */
@ApiTags('accounts')
@Controller('api/v1/accounts')
export class AccountsController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get()
  @ApiOperation({ summary: 'Accounts with the roles that they hold' })
  @PageOf(AccountDto)
  list(@Caller() principal: Principal, @Query() query: AccountsQuery): unknown {
    allow(principal, 'ListAccounts', {});
    const found = holding(this.ports.accounts.list(), query.text, (it) => [it.username, it.displayName]);
    const page = paged(found, ({ username }) => username, query);
    return { ...page, items: page.items.map((it) => this.#describe(it)) };
  }

  @Post()
  @ApiOperation({
    summary: 'Make an account, with its roles and its first password',
    description: 'Sent again with its key after it was broken off, it does what is left.',
  })
  @ApiCreatedResponse({ type: AccountDto })
  async create(
    @Command() { principal, route, idempotencyKey }: Asked,
    @Body() { username, displayName, password, ...dto }: CreateAccountDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountDto> {
    const { accounts, bodies, signIn } = this.ports;
    const unknown = dto.grants.findIndex(({ body }) => !bodies.exists(body));
    if (unknown >= 0) {
      const pointer = `/grants/${unknown}/body`;
      throw new Problem('request-invalid', {
        errors: [{ pointer, code: 'body-not-found', message: 'L’ente non è nel registro.' }],
      });
    }
    const grants = dto.grants as Grant[];
    const command = { type: 'CreateAccount', username, displayName, grants } as const;
    const made = succeeded(await accounts.execute({ username, command, principal, route, idempotencyKey }));
    await signIn.setPassword(username, password);
    tellPosition(reply, made.position);
    return this.#describe(made.account);
  }

  #describe({ username, displayName, grants, disabled }: Account): AccountDto {
    const { bodies } = this.ports;
    return {
      ...{ username, displayName, disabled },
      grants: grants.map(({ role, body }) => ({ role, body, bodyName: bodies.nameOf(body) })),
    };
  }
}
