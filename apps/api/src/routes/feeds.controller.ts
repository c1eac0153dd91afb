import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Body, Controller, Delete, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { bodiesOf } from '@iter/access';
import type { Principal } from '@iter/access';
import type { CalendarFeed } from '@iter/access/accounts';
import { renderFeed } from '@iter/channels/calendar';
import { addMonths, romeDate } from '@iter/legal-calendar';
import { uuidV5 } from '@iter/platform/ids';
import { feedDeadline } from '../calendar/feed-deadline.ts';
import { CreatedFeedDto, CreateFeedDto, FeedDto } from '../dto/contact.ts';
import { ListOf } from '../dto/page.ts';
import { IdDto } from '../dto/requests.ts';
import { succeeded, tellPosition } from '../http/answers.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { isKnown } from '../http/once.ts';
import { RateLimit } from '../http/rate-limit.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { Caller, Public } from '../session/session.ts';
import type { IterRequest } from '../session/session.ts';

const mine = 'mine';
/** 256 bits in base64url. */
const secretPattern = /^([A-Za-z0-9_-]{43})\.ics$/;
/** How far a calendar looks ahead. */
const months = 18;
/** Readings of one feed, and wrong secrets from one address, in a minute. */
const perMinute = 60;
/** Calendar programs ask again after so long at the earliest. */
const freshS = 900;

@ApiTags('calendar')
@Controller('api/v1/calendar/feeds')
export class FeedsController {
  readonly #limit = new RateLimit(perMinute);

  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get()
  @ApiOperation({ summary: 'My calendar feeds; their addresses are not told again' })
  @ListOf(FeedDto)
  list(@Caller() { account }: Principal): { items: FeedDto[] } {
    const feeds = this.ports.accounts.find(account)?.contact.feeds ?? [];
    return { items: feeds.map((feed) => this.#describe(feed)) };
  }

  @Post()
  @ApiOperation({ summary: 'Make a secret address at which a calendar program reads due dates' })
  @ApiCreatedResponse({ type: CreatedFeedDto })
  async create(
    @Command() { principal, route, idempotencyKey }: Asked,
    @Body() { name, scope }: CreateFeedDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedFeedDto> {
    if (scope !== mine && !bodiesOf(principal).includes(scope)) {
      throw new Problem('request-invalid', {
        errors: [
          {
            ...{ pointer: '/scope', code: 'not-your-body' },
            message: {
              it: 'Indicare «mine» o un proprio ente.',
              en: 'Give “mine” or a body of your own.',
            },
          },
        ],
      });
    }
    // The same request gets the same address again when its answer was lost; only its hash is kept.
    const secret = createHmac('sha256', this.ports.feedKey)
      .update(JSON.stringify([principal.account, idempotencyKey]))
      .digest('base64url');
    const secretHash = hashOf(secret);
    const id = uuidV5(`feed|${secretHash}`);
    const { account, position } = succeeded(
      await this.ports.accounts.execute({
        ...{ username: principal.account, principal, route, idempotencyKey },
        command: { type: 'CreateFeed', id, name: name.trim() || name, scope, secretHash },
      }),
    );
    const feed = account.contact.feeds.find((it) => it.id === id);
    // Revoked since the request was made for the first time.
    if (!feed) throw new Problem('feed-not-found');
    tellPosition(reply, position);
    const address = `${this.ports.settings.publicUrl}/api/v1/calendar/feeds/${secret}.ics`;
    return { ...this.#describe(feed), address };
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Revoke a feed: its address is dead from now on' })
  @ApiOkResponse({ type: IdDto })
  async revoke(
    @Command() { principal, route, idempotencyKey }: Asked,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IdDto> {
    const { position } = succeeded(
      await this.ports.accounts.execute({
        ...{ username: principal.account, principal, route, idempotencyKey },
        command: { type: 'RevokeFeed', id },
      }),
    );
    tellPosition(reply, position);
    return { id };
  }

  /** Whoever knows the address reads: no session. What is wrong, revoked or of a disabled account is answered alike. */
  @Get(':file')
  @Public()
  @ApiOperation({ summary: 'The feed, for calendar programs' })
  @ApiProduces('text/calendar')
  @ApiOkResponse({ description: 'iCalendar', schema: { type: 'string' } })
  async read(
    @Param('file') file: string,
    @Req() request: IterRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const found = this.#find(file);
    this.#limit.take(found ? `feed ${found.feed.id}` : `address ${request.ip}`, reply);
    const principal = found && (await this.ports.accounts.principal(found.account.username));
    if (!found || !principal) throw new Problem('feed-not-found');
    const { name, scope } = found.feed;
    const { views, clock, bodies, settings } = this.ports;
    const until = addMonths(romeDate(clock.now()), months);
    const deadlines = await views.feedDeadlines(principal, scope === mine ? null : scope, until);
    const { text, etag } = renderFeed({
      name,
      deadlines: deadlines.map((it) => feedDeadline(it, settings.publicUrl, bodies.nameOf(it.comune))),
    });
    void reply.header('Cache-Control', `private, max-age=${freshS}`).header('X-Robots-Tag', 'noindex');
    if (isKnown(request, reply, etag)) return '';
    void reply
      .type('text/calendar; charset=utf-8')
      .header('Content-Disposition', 'inline; filename="iter.ics"');
    return text;
  }

  /** Looked for by the hash: how long that takes tells nothing about the secret. */
  #find(file: string): ReturnType<ApiPorts['accounts']['feed']> {
    const secret = secretPattern.exec(file)?.[1];
    if (secret === undefined) return null;
    const hash = hashOf(secret);
    const found = this.ports.accounts.feed(hash);
    return found && timingSafeEqual(Buffer.from(found.feed.secretHash), Buffer.from(hash)) ? found : null;
  }

  #describe({ id, name, scope, createdAt }: CalendarFeed): FeedDto {
    const bodyName = scope === mine ? null : this.ports.bodies.nameOf(scope);
    return { id, name, scope, bodyName, createdAt };
  }
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
