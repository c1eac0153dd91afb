import { createHmac } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { mayAct } from '@iter/access';
import type { ActFacts, Principal } from '@iter/access';
import { secretOf } from '@iter/channels/webhooks';
import { commandIdOf, uuidV5 } from '@iter/platform/ids';
import type { ListPage } from '@iter/read-models';
import type { WebhookHealth } from '@iter/reactions';
import type { Webhook, WebhookCommand, WebhookTerms } from '@iter/registers/webhooks';
import { RetriedDto } from '../dto/operations.ts';
import { ListOf, PageOf } from '../dto/page.ts';
import { IdDto } from '../dto/requests.ts';
import {
  ChangeWebhookDto,
  DeliveriesQuery,
  DeliveryDto,
  SubscribeWebhookDto,
  WebhookBodiesDto,
  WebhookChangeDto,
  webhookDataSchema,
  WebhookDto,
  WebhookReasonDto,
  WebhookSecretDto,
  WebhooksQuery,
} from '../dto/webhooks.ts';
import { succeeded, tellPosition } from '../http/answers.ts';
import { Command, etagOf } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { decodeCursor, encodeCursor, paged, pageOf } from '../http/paging.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow, allowSomewhere } from '../session/allow.ts';
import { Caller, Public } from '../session/session.ts';
import { notSent, sendAgain } from '../webhooks/send-again.ts';

/** Programs outside that are told what happens: who they are, and what became of what they were sent. */
@ApiTags('webhooks')
@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get()
  @ApiOperation({
    summary: 'Webhooks that I may look after: the oldest first; of those that have ended the last first',
  })
  @PageOf(WebhookDto)
  async list(@Caller() principal: Principal, @Query() query: WebhooksQuery): Promise<ListPage<WebhookDto>> {
    allowSomewhere(principal, 'TendWebhooks');
    const mine = this.ports.webhooks
      .list()
      .filter(({ ended }) => (ended !== null) === (query.state === 'ended'))
      .filter(({ body }) => mayAct(principal, 'TendWebhooks', factsOf(body)).allowed);
    const { items, nextCursor } = paged(mine, placeOf, query);
    const health = await this.ports.deliveries.health(items);
    return { items: items.map((it) => this.#describe(it, health.get(it.id)!)), nextCursor };
  }

  @Get('bodies')
  @ApiOperation({ summary: 'Of whose cases I may have a program outside told' })
  @ApiOkResponse({ type: WebhookBodiesDto })
  bodies(@Caller() principal: Principal): WebhookBodiesDto {
    allowSomewhere(principal, 'ManageWebhooks');
    const may = (facts: ActFacts): boolean =>
      mayAct(principal, 'ManageWebhooks', { ...facts, reason: 'asked when it is done' }).allowed;
    const items = this.ports.bodies
      .list()
      .filter(({ ipa }) => may({ body: ipa }))
      .map(({ ipa: code, name }) => ({ code, name }))
      .sort((a, b) => a.name.localeCompare(b.name, 'it'));
    return { all: may({}), items };
  }

  @Get('schema')
  @Public()
  @ApiOperation({ summary: 'JSON Schema of what messages say' })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  schema(): typeof webhookDataSchema {
    return webhookDataSchema;
  }

  @Get(':id')
  @ApiOperation({ summary: 'A webhook, and how it is doing' })
  @ApiOkResponse({ type: WebhookDto })
  async find(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookDto> {
    const webhook = this.#mine(principal, id);
    void reply.header('ETag', etagOf(webhook.version));
    return this.#describe(webhook, (await this.ports.deliveries.health([webhook])).get(id)!);
  }

  @Get(':id/history')
  @ApiOperation({ summary: 'What was done to a webhook and why, the latest first' })
  @ListOf(WebhookChangeDto)
  history(@Caller() principal: Principal, @Param('id') id: string): { items: readonly WebhookChangeDto[] } {
    this.#mine(principal, id);
    return { items: this.ports.webhooks.history(id) };
  }

  @Post()
  @ApiOperation({
    summary: 'Tell a program outside what happens',
    description: 'The answer holds the secret: it is told once. The receiver is asked by OPTIONS first.',
  })
  @ApiCreatedResponse({ type: WebhookSecretDto })
  async subscribe(
    @Command() asked: Asked,
    @Body() { body, reason, ...terms }: SubscribeWebhookDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookSecretDto> {
    const id = uuidV5(`webhook|${commandOf(asked)}`);
    const secret = this.#secretFor(asked);
    const command: WebhookCommand = {
      ...{ type: 'SubscribeWebhook', body, secret, reason },
      ...(terms as WebhookTerms),
    };
    await this.#execute(asked, id, command, reply);
    return { id, secret };
  }

  @Put(':id')
  @ApiOperation({
    summary: 'Change its name, address, kinds or confidential cases; a new address is asked by OPTIONS again',
    description:
      '`If-Match` carries the ETag that was read, its version; when somebody changed it meanwhile, nothing is done.',
  })
  @ApiOkResponse({ type: IdDto })
  change(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() terms: ChangeWebhookDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IdDto> {
    const { name, url, kinds, confidential, reason } = terms as WebhookTerms & ChangeWebhookDto;
    const { expectedRevision: expectedVersion } = asked;
    const command: WebhookCommand = {
      ...{ type: 'ChangeWebhook', name, url, kinds, confidential, reason },
      ...(expectedVersion !== undefined && { expectedVersion }),
    };
    return this.#execute(asked, id, command, reply);
  }

  @Post(':id/pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send nothing until it is resumed; what happens meanwhile is kept for 30 days' })
  @ApiOkResponse({ type: IdDto })
  pause(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() { reason }: WebhookReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IdDto> {
    return this.#execute(asked, id, { type: 'PauseWebhook', reason }, reply);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Go on, with what was kept first' })
  @ApiOkResponse({ type: IdDto })
  resume(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() { reason }: WebhookReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IdDto> {
    return this.#execute(asked, id, { type: 'ResumeWebhook', reason }, reply);
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make a new secret; messages are signed with the former one too for a day' })
  @ApiOkResponse({ type: WebhookSecretDto })
  async rotate(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() { reason }: WebhookReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookSecretDto> {
    const secret = this.#secretFor(asked);
    await this.#execute(asked, id, { type: 'RotateWebhookSecret', secret, reason }, reply);
    return { id, secret };
  }

  @Post(':id/end')
  @HttpCode(200)
  @ApiOperation({ summary: 'End it for good; what waits is not sent' })
  @ApiOkResponse({ type: IdDto })
  end(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() { reason }: WebhookReasonDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IdDto> {
    return this.#execute(asked, id, { type: 'EndWebhook', why: 'asked', reason }, reply);
  }

  @Post(':id/test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send an event about nothing; its id is answered' })
  @ApiOkResponse({ type: IdDto })
  async test(@Command() asked: Asked, @Param('id') id: string): Promise<IdDto> {
    const webhook = this.#mine(asked.principal, id);
    const event = uuidV5(`webhook test|${commandOf(asked)}`);
    const refusal = await this.ports.deliveries.test(webhook, event);
    if (refusal) throw notSent(refusal, 'test');
    return { id: event };
  }

  @Get(':id/deliveries')
  @ApiOperation({ summary: 'What was sent in 30 days and what came of it, the latest first' })
  @PageOf(DeliveryDto)
  async deliveries(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Query() query: DeliveriesQuery,
  ): Promise<unknown> {
    this.#mine(principal, id);
    const { limit } = pageOf(query);
    const [toldAt, last] = decodeCursor(query.cursor ?? null, 'string')?.split(' ', 2) ?? [];
    const after = toldAt !== undefined && last !== undefined ? { toldAt, id: last } : null;
    const items = await this.ports.deliveries.list(id, { state: query.state }, limit, after);
    const end = items.length < limit ? undefined : items.at(-1);
    return { items, nextCursor: end ? encodeCursor(`${end.toldAt} ${end.id}`) : null };
  }

  @Post(':id/deliveries/retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send all again that failed, of the last 30 days; not while it is paused' })
  @ApiOkResponse({ type: RetriedDto })
  async allAgain(@Command() { principal }: Asked, @Param('id') id: string): Promise<RetriedDto> {
    const sent = await this.ports.deliveries.allAgain(this.#mine(principal, id));
    if (typeof sent !== 'number') throw notSent(sent);
    return { count: sent };
  }

  @Post(':id/deliveries/:delivery/retry')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Send one of the last 30 days again, also one that was taken; it bears the same id. Not while it is paused',
  })
  @ApiOkResponse({ type: IdDto })
  async again(
    @Command() { principal }: Asked,
    @Param('id') id: string,
    @Param('delivery') delivery: string,
  ): Promise<IdDto> {
    await sendAgain(this.ports.deliveries, this.#mine(principal, id), delivery);
    return { id: delivery };
  }

  /** @throws Problem 403 also when there is none, to whom it would not be shown */
  #mine(principal: Principal, id: string): Webhook {
    const webhook = this.ports.webhooks.find(id);
    allow(principal, 'TendWebhooks', factsOf(webhook?.body ?? null));
    if (!webhook) throw new Problem('webhook-not-found');
    return webhook;
  }

  async #execute(
    { principal, route, idempotencyKey }: Asked,
    id: string,
    command: WebhookCommand,
    reply: FastifyReply,
  ): Promise<IdDto> {
    const outcome = await this.ports.webhooks.execute({ id, command, principal, route, idempotencyKey });
    tellPosition(reply, succeeded(outcome).position);
    return { id };
  }

  /** The same request gets the same secret again when its answer was lost. */
  #secretFor(asked: Asked): string {
    const made = createHmac('sha256', this.ports.webhookKey).update(commandOf(asked));
    return secretOf(made.digest());
  }

  #describe(webhook: Webhook, health: WebhookHealth): WebhookDto {
    const { id, body, name, url, kinds, confidential, state, version, since, ended, secrets } = webhook;
    const now = this.ports.clock.now();
    const former = secrets.map(({ until }) => until).filter((until) => until !== null && until > now);
    return {
      ...{ id, body, name, url, confidential, state, version, since, kinds: [...kinds] },
      bodyName: body === null ? null : this.ports.bodies.nameOf(body),
      endedAt: ended?.at ?? null,
      endedWhy: ended?.why ?? null,
      formerSecretUntil: former.sort().at(-1) ?? null,
      ...health,
    };
  }
}

/** By when they were made; those that have ended by how long ago. */
const placeOf = ({ since, ended, id }: Webhook): string =>
  `${ended ? String(Number.MAX_SAFE_INTEGER - Date.parse(ended.at)) : since} ${id}`;

const factsOf = (body: string | null) => (body === null ? {} : { body });

/** What a request is when it is sent again. Whose the webhook will be is no part of it: that may be wrong. */
const commandOf = ({ principal, route, idempotencyKey }: Asked): string =>
  commandIdOf({ tenant: '', actor: principal.account, route, idempotencyKey });
