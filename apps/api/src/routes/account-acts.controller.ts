import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Grant } from '@iter/access';
import type { AccountCommand } from '@iter/access/accounts';
import { describeAccount, grantsFrom } from '../accounts/describe.ts';
import { withPassword } from '../accounts/with-password.ts';
import { AccountDto, AccountReasonDto, GrantRolesDto, ResetPasswordDto } from '../dto/accounts.ts';
import { succeeded, tellPosition } from '../http/answers.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';

/** What is done to accounts of others, with a reason. */
@ApiTags('accounts')
@Controller('api/v1/accounts')
export class AccountActsController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Post(':username/roles')
  @HttpCode(200)
  @ApiOperation({ summary: 'Set the roles that an account holds from now on' })
  @ApiOkResponse({ type: AccountDto })
  roles(
    @Command() asked: Asked,
    @Param('username') username: string,
    @Body() { grants, former, reason }: GrantRolesDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountDto> {
    const held = grantsFrom(this.ports.bodies, grants);
    const seen = former?.map(({ role, body }) => ({ role, body }) as Grant);
    return this.#execute(reply, asked, username, {
      ...{ type: 'GrantRoles' as const, grants: held, reason },
      ...(seen && { former: seen }),
    });
  }

  @Post(':username/disable')
  @HttpCode(200)
  @ApiOperation({ summary: 'Keep somebody out from now on; open sessions end' })
  @ApiOkResponse({ type: AccountDto })
  async disable(
    @Command() asked: Asked,
    @Param('username') username: string,
    @Body() { reason }: AccountReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountDto> {
    const account = await this.#execute(reply, asked, username, { type: 'DisableAccount', reason });
    await this.ports.signIn.signOutEverywhere(username);
    return account;
  }

  @Post(':username/enable')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let somebody in again' })
  @ApiOkResponse({ type: AccountDto })
  enable(
    @Command() asked: Asked,
    @Param('username') username: string,
    @Body() { reason }: AccountReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountDto> {
    return this.#execute(reply, asked, username, { type: 'EnableAccount', reason });
  }

  @Post(':username/password')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give an account another password; open sessions end' })
  @ApiOkResponse({ type: AccountDto })
  async password(
    @Command() asked: Asked,
    @Param('username') username: string,
    @Body() { password }: ResetPasswordDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountDto> {
    const command = { type: 'ChangePassword', by: 'operator' } as const;
    const done = await withPassword(this.ports, { ...asked, username, command, password }, '/password');
    tellPosition(reply, done.position);
    return describeAccount(this.ports.bodies, done.account);
  }

  async #execute(
    reply: FastifyReply,
    { principal, route, idempotencyKey }: Asked,
    username: string,
    command: AccountCommand,
  ): Promise<AccountDto> {
    const asked = { username, command, principal, route, idempotencyKey };
    const done = succeeded(await this.ports.accounts.execute(asked));
    tellPosition(reply, done.position);
    return describeAccount(this.ports.bodies, done.account);
  }
}
