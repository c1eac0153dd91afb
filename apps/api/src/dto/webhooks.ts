import { mostWebhooks, webhookClear, webhookKinds } from '@iter/registers/webhooks';
import { Choice, Choices, Flag, Many, Moment, Text, Whole } from './fields.ts';
import { PageQuery } from './page.ts';

const aMoment = '2026-03-06T09:00:00.000Z';
const anId = '3f9ac01b-1f6d-5c2b-9e0f-4e0a7a4d3c55';

export class WebhookTermsDto {
  @Text('Protocollo del Comune', { max: 80, description: 'What people call it.' })
  name!: string;

  @Text('https://hooks.comune.example/iter', {
    max: 2_000,
    description:
      'Where messages go: https only, no user or password, nothing of a network inside. It is sealed in the log.',
  })
  url!: string;

  @Choices(webhookKinds, { description: 'What is told; see the page for receivers (docs/webhooks.md).' })
  kinds!: string[];

  @Flag(false, {
    description:
      'Whether it is told of confidential cases too (disciplinary ones, notifications to the inspectorate, reports from outside); only where it is of one body.',
  })
  confidential!: boolean;
}

const aReason = 'Richiesta del protocollo, prot. 123/2026';

export class WebhookReasonDto {
  @Text(aReason, { max: 2_000, description: 'Recorded with the act.' })
  reason!: string;
}

export class ChangeWebhookDto extends WebhookTermsDto {
  @Text(aReason, { max: 2_000, description: 'Recorded with the act.' })
  reason!: string;
}

export class SubscribeWebhookDto extends ChangeWebhookDto {
  @Text('c_borgo', {
    nullable: true,
    max: 30,
    description: `Of whose cases: the code of a body; null: of all, for the system operator only. At most ${mostWebhooks} of each.`,
  })
  body!: string | null;
}

export class WebhookDto extends WebhookTermsDto {
  @Text(anId)
  id!: string;

  @Text('c_borgo', { nullable: true, max: 30 })
  body!: string | null;

  @Text('Comune di Borgo Sereno', { nullable: true })
  bodyName!: string | null;

  @Choice(['active', 'paused', 'ended'])
  state!: string;

  @Whole(1, {
    min: 1,
    description:
      'How often it was said what it is told and where; with `If-Match` nobody’s change is undone unread.',
  })
  version!: number;

  @Moment(aMoment, { description: 'It is told of what was recorded from then on.' })
  since!: string;

  @Moment(aMoment, { nullable: true })
  endedAt!: string | null;

  @Choice(['asked', 'gone'], {
    nullable: true,
    description: 'Why it ended: somebody said so, or the receiver answered 410.',
  })
  endedWhy!: string | null;

  @Moment(aMoment, {
    nullable: true,
    description: 'So long messages are signed with a former secret too; null: with one only.',
  })
  formerSecretUntil!: string | null;

  @Flag(true, { description: 'The receiver has agreed to be sent messages (OPTIONS).' })
  agreed!: boolean;

  @Flag(false, { description: 'Messages were given up, and none was taken since.' })
  failing!: boolean;

  @Whole(0, { description: 'To be sent, or sent again.' })
  waiting!: number;

  @Whole(0, { description: 'Of those to be sent: tried before, in vain.' })
  retrying!: number;

  @Whole(0, { description: 'Kept until it goes on.' })
  held!: number;

  @Whole(0, { description: 'Tried for three days in vain.' })
  parked!: number;

  @Moment(aMoment, { nullable: true })
  lastTakenAt!: string | null;

  @Moment(aMoment, {
    nullable: true,
    description: 'So long the receiver asks to be left alone (429, 503, Retry-After); null: it does not.',
  })
  restsUntil!: string | null;
}

export class WebhooksQuery extends PageQuery {
  @Choice(['open', 'ended'], { optional: true, description: 'Those that have not ended by default.' })
  state?: string;
}

class WebhookBodyDto {
  @Text('c_borgo')
  code!: string;

  @Text('Comune di Borgo Sereno')
  name!: string;
}

export class WebhookBodiesDto {
  @Flag(false, { description: 'Of all bodies together.' })
  all!: boolean;

  @Many(() => WebhookBodyDto, { max: 10_000 })
  items!: WebhookBodyDto[];
}

export class WebhookChangeDto {
  @Choice(Object.keys(webhookClear))
  type!: string;

  @Moment(aMoment)
  at!: string;

  @Text('gestore', { description: 'Account.' })
  by!: string;

  @Text('SYSTEM_OPERATOR')
  role!: string;

  @Text(aReason, { nullable: true, description: 'Null: the house did it, or nobody was asked yet.' })
  reason!: string | null;

  @Choices(webhookKinds, { nullable: true, description: 'What is told from then on; null: that stayed.' })
  kinds!: readonly string[] | null;

  @Flag(false, {
    nullable: true,
    description: 'Whether confidential cases are told from then on; null: that stayed.',
  })
  confidential!: boolean | null;
}

export class WebhookSecretDto {
  @Text(anId)
  id!: string;

  @Text('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
    description: 'Messages are signed with it. It is told here and never again.',
  })
  secret!: string;
}

export class DeliveriesQuery extends PageQuery {
  @Choice(['waiting', 'held', 'taken', 'parked', 'dropped'], { optional: true })
  state?: string;
}

export class DeliveryDto {
  @Text('5a4d0b6f-8c7e-5c3b-9a1f-2e7d6c5b4a39', { description: '`webhook-id` of the message.' })
  id!: string;

  @Choice([...webhookKinds, 'test'])
  kind!: string;

  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39', { nullable: true })
  caseId!: string | null;

  @Moment(aMoment, { description: 'When it happened.' })
  toldAt!: string;

  @Choice(['waiting', 'held', 'taken', 'parked', 'dropped'], {
    description:
      'To be sent; kept while the webhook is paused; the receiver has it; tried for three days in vain; its webhook ended or is not told of such things any more, its case can no longer be read, or it is too old.',
  })
  state!: string;

  @Whole(1)
  tries!: number;

  @Text('HTTP 503', { nullable: true, description: 'Why the last try failed.' })
  code!: string | null;

  @Whole(503, { nullable: true, description: 'Status of the last answer; null: there was none.' })
  status!: number | null;

  @Whole(182, { nullable: true, description: 'Milliseconds until it.' })
  durationMs!: number | null;

  @Moment(aMoment, { nullable: true })
  triedAt!: string | null;

  @Moment(aMoment, { nullable: true, description: 'When it is tried again.' })
  nextAt!: string | null;

  @Flag(true, { description: 'It happened within 30 days: it may be sent again.' })
  resendable!: boolean;
}

const text = { type: 'string' } as const;
const nullable = { type: ['string', 'null'] } as const;

/** Schema of the data of every message, for receivers. */
export const webhookDataSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Iter webhook data',
  type: 'object',
  required: ['kind', 'case', 'process', 'comune', 'outcome', 'term', 'dueOn'],
  properties: {
    // Open: receivers bear kinds that they do not know, or a new one would be refused by who validates.
    kind: {
      ...text,
      examples: [...webhookKinds, 'test'],
      description: `What happened; today ${[...webhookKinds, 'test'].join(', ')}. More may come: leave alone what you do not know.`,
    },
    case: { ...nullable, description: 'Code of the case; null in a test.' },
    process: { ...nullable, description: 'Key of its process; null in a test.' },
    comune: { ...nullable, description: 'IPA code of the body whose case it is; null in a test.' },
    outcome: {
      ...nullable,
      examples: ['completed', 'failed', 'cancelled', null],
      description: 'Of case.ended: how it ended; today completed, failed or cancelled. More may come.',
    },
    term: { ...nullable, description: 'Of term.…: the term, as its process names it.' },
    dueOn: { ...nullable, format: 'date', description: 'Of term.…: the last day by law, in Rome.' },
  },
} as const;
