import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { bodiesOf, possibleActs } from '@iter/access';
import type { Principal } from '@iter/access';
import { withPassword } from '../accounts/with-password.ts';
import { ChangePasswordDto, SessionDto, SignedInDto, SignInDto } from '../dto/requests.ts';
import { tellPosition } from '../http/answers.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { Caller, cookieName, Public, signedInOf } from '../session/session.ts';
import type { IterRequest } from '../session/session.ts';
import { territoryNow } from '../session/territory.ts';

@ApiTags('session')
@Controller('api/v1/session')
export class SessionController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Post()
  @Public()
  @ApiOperation({ summary: 'Sign in with a local account' })
  @ApiCreatedResponse({ type: SignedInDto })
  async signIn(
    @Body() { username, password }: SignInDto,
    @Req() request: IterRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    const result = await this.ports.signIn.signIn(username, password, request.ip);
    if (result.outcome === 'refused') throw new Problem('sign-in-refused');
    if (result.outcome === 'too-many-attempts') throw tooMany(result.retryAfterMs);
    const { token, principal, expiresAtMs } = result;
    void reply.setCookie(cookieName(this.ports.settings.secureCookies), token, {
      ...this.#cookie(),
      expires: new Date(expiresAtMs),
    });
    return { ...this.#describe(principal), token, expiresAt: new Date(expiresAtMs).toISOString() };
  }

  @Get()
  @ApiOperation({ summary: 'Who am I' })
  @ApiOkResponse({ type: SessionDto })
  whoAmI(@Caller() principal: Principal): SessionDto {
    return this.#describe(principal);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out' })
  @ApiNoContentResponse()
  async signOut(@Req() request: IterRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.ports.signIn.signOut(signedInOf(request).token);
    void reply.clearCookie(cookieName(this.ports.settings.secureCookies), this.#cookie());
  }

  @Post('password')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Change my own password',
    description: 'All my sessions end, this one too: sign in anew.',
  })
  @ApiNoContentResponse()
  async changePassword(
    @Command() asked: Asked,
    @Body() { current, next }: ChangePasswordDto,
    @Req() request: IterRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { account: username } = asked.principal;
    const confirmed = await this.ports.signIn.confirm(username, current, request.ip);
    if (confirmed.outcome === 'too-many-attempts') throw tooMany(confirmed.retryAfterMs);
    if (confirmed.outcome === 'refused') {
      const message = { it: 'Non è la password di adesso.', en: 'That is not the present password.' };
      const errors = [{ pointer: '/current', code: 'password-wrong', message }];
      throw new Problem('password-invalid', { detail: message, errors });
    }
    const command = { type: 'ChangePassword', by: 'self' } as const;
    const done = await withPassword(this.ports, { ...asked, username, command, password: next }, '/next');
    tellPosition(reply, done.position);
    void reply.clearCookie(cookieName(this.ports.settings.secureCookies), this.#cookie());
  }

  #cookie() {
    return {
      httpOnly: true,
      sameSite: 'strict',
      secure: this.ports.settings.secureCookies,
      path: '/',
    } as const;
  }

  #describe(principal: Principal): SessionDto {
    const { account, displayName, grants } = principal;
    const name = (body: string): string => this.ports.bodies.nameOf(body);
    const named = (code: string) => ({ code, name: name(code) });
    return {
      account,
      displayName,
      grants: grants.map((grant) => ({ ...grant, bodyName: name(grant.body) })),
      acts: [...possibleActs(principal)],
      bodies: bodiesOf(principal).map(named),
      territory: territoryNow(this.ports, principal).map(named),
    };
  }
}

function tooMany(retryAfterMs: number): Problem {
  const seconds = Math.ceil(retryAfterMs / 1000);
  return new Problem('too-many-attempts', {
    detail: { it: `Riprovare tra ${seconds} secondi.`, en: `Try again in ${seconds} seconds.` },
    headers: { 'Retry-After': String(seconds) },
  });
}
