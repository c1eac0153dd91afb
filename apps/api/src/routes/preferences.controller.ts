import { Body, Controller, Get, HttpCode, Inject, Post, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '@iter/access';
import type { Account } from '@iter/access/accounts';
import { uuidV5 } from '@iter/platform/ids';
import { PreferencesDto, SetPreferencesDto, TestMailDto } from '../dto/contact.ts';
import { succeeded, tellPosition } from '../http/answers.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { RateLimit } from '../http/rate-limit.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { Caller } from '../session/session.ts';

/** Test mails a minute, for each person. */
const testsPerMinute = 5;

@ApiTags('session')
@Controller('api/v1/session/preferences')
export class PreferencesController {
  readonly #tests = new RateLimit(testsPerMinute);

  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get()
  @ApiOperation({ summary: 'How notices reach me by mail' })
  @ApiOkResponse({ type: PreferencesDto })
  read(@Caller() { account }: Principal): PreferencesDto {
    return this.#describe(this.ports.accounts.find(account));
  }

  @Put()
  @ApiOperation({ summary: 'Say how notices are to reach me; those of peremptory terms always come' })
  @ApiOkResponse({ type: PreferencesDto })
  async set(
    @Command() { principal, route, idempotencyKey }: Asked,
    @Body() { email, delivery }: SetPreferencesDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PreferencesDto> {
    const { account, position } = succeeded(
      await this.ports.accounts.execute({
        ...{ username: principal.account, principal, route, idempotencyKey },
        command: { type: 'SetContact', email, delivery },
      }),
    );
    tellPosition(reply, position);
    return this.#describe(account);
  }

  /** Asked for is a fact, and its key names the letter: sent again, it is the same one. */
  @Post('test-mail')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a mail to my address, to see that it arrives' })
  @ApiOkResponse({ type: TestMailDto })
  async test(
    @Command() { principal, route, idempotencyKey }: Asked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TestMailDto> {
    const { mail, accounts, settings } = this.ports;
    if (!mail) throw new Problem('mail-not-set-up');
    this.#tests.take(principal.account, reply);
    const { account, position } = succeeded(
      await accounts.execute({
        ...{ username: principal.account, principal, route, idempotencyKey },
        command: { type: 'AskTestMail' },
      }),
    );
    tellPosition(reply, position);
    // It may have been taken back since the same request was made for the first time.
    const to = account.contact.email;
    if (to === null) throw new Problem('email-missing');
    const page = `${settings.publicUrl}/preferences`;
    const said = 'Se leggi questo messaggio, gli avvisi di Iter ti arrivano.';
    const id = uuidV5(`test mail|${principal.account}|${idempotencyKey}`);
    const sent = await mail.send({
      messageId: `${id}@${new URL(settings.publicUrl).hostname}`,
      to,
      subject: 'Iter: messaggio di prova',
      text: `${said}\n\n${page}`,
      html: `<!doctype html><html lang="it"><body><p>${said}</p><p><a href="${page}">Preferenze</a></p></body></html>`,
    });
    return { outcome: sent.outcome, code: sent.outcome === 'accepted' ? null : sent.code };
  }

  #describe(account: Account | null): PreferencesDto {
    const { email, delivery } = account?.contact ?? { email: null, delivery: 'immediate' as const };
    return { email, delivery, sends: this.ports.mail !== null };
  }
}
