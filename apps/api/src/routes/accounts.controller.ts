import { Body, Controller, Get, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '@iter/access';
import type { Account } from '@iter/access/accounts';
import { describeAccount, grantsFrom } from '../accounts/describe.ts';
import { withPassword } from '../accounts/with-password.ts';
import { AccountDto, AccountsQuery, CreateAccountDto } from '../dto/accounts.ts';
import { PageOf } from '../dto/page.ts';
import { tellPosition } from '../http/answers.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { paged } from '../http/paging.ts';
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
    const { state = 'all' } = query;
    const asked = this.ports.accounts
      .list()
      .filter(({ disabled }) => state === 'all' || disabled === (state === 'disabled'));
    const found = holding(asked, query.text, (it) => [it.username, it.displayName]);
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
    @Command() asked: Asked,
    @Body() { username, displayName, password, ...dto }: CreateAccountDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountDto> {
    const grants = grantsFrom(this.ports.bodies, dto.grants);
    const command = { type: 'CreateAccount', username, displayName, grants } as const;
    const made = await withPassword(this.ports, { ...asked, username, command, password }, '/password');
    tellPosition(reply, made.position);
    return this.#describe(made.account);
  }

  #describe(account: Account): AccountDto {
    return describeAccount(this.ports.bodies, account);
  }
}
