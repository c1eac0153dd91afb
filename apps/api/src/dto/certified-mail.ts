import { Choice, Flag, Moment, One, Text, Variables } from './fields.ts';
import { SignatureDto } from './views.ts';

const kinds = ['receipt', 'envelope', 'anomaly', 'plain', 'unreadable'];

export class SuggestedMessageDto {
  @Text('deliveryReceipt', { description: 'A message that the case awaits now.' })
  message!: string;

  @Variables({ receivedAt: '2026-03-25', receiptDoc: 'Ricevuta di avvenuta consegna opec296.2026…' })
  variables!: object;
}

/** What a file of certified mail is. Neither certificates nor providers are verified: that is for whoever relies on it. */
export class RecognisedMailDto {
  @Choice(kinds, {
    description:
      'A receipt of a provider, a message from a certified mailbox, one from outside certified mail, no certified mail, or not to be told.',
  })
  kind!: string;

  @Text('delivery', { nullable: true, description: 'Which receipt it is, or why it cannot be told.' })
  what!: string | null;

  @Text('PD-2026-001: contestazione', { nullable: true })
  subject!: string | null;

  @Text('dipendente@pec.example', { nullable: true, max: 1_000, description: 'Who wrote it, as it says.' })
  from!: string | null;

  @Text('0b6f8c7e….12ab@pec.example', {
    nullable: true,
    max: 1_000,
    description: 'The message that it is about.',
  })
  about!: string | null;

  @Text('dipendente@pec.example', { nullable: true, description: 'Whom it is about.' })
  to!: string | null;

  @Moment('2026-03-25T10:12:13+01:00', { nullable: true, description: 'The legal moment.' })
  at!: string | null;

  @Flag(true, { description: 'The message that it is about was sent from this case.' })
  isOfThisCase!: boolean;

  @Flag(false, { description: 'The case has it already.' })
  isKnown!: boolean;

  @Flag(false, {
    description: 'It names a moment or somebody that cannot be, or was altered: nothing follows from it.',
  })
  isDoubtful!: boolean;

  @One(() => SignatureDto, {
    nullable: true,
    description: 'Of the provider; null: it is not signed, and nothing says who made it.',
  })
  signature!: SignatureDto | null;

  @One(() => SuggestedMessageDto, {
    nullable: true,
    description: 'What it would be registered as; null: it decides nothing that the case awaits.',
  })
  suggestion!: SuggestedMessageDto | null;
}

export class ArrivedMailDto {
  @Text('9f2b6d1c0a4e8f7b3c5d9f2b6d1c0a4e8f7b3c5d9f2b6d1c0a4e8f7b3c5d0000')
  id!: string;

  @Moment('2026-03-25T09:12:30.000Z')
  cameAt!: string;

  @Choice([...kinds, 'too-large'])
  kind!: string;

  @Text('no-case', { description: 'Why it was not filed by itself.' })
  why!: string;

  @Moment('2026-03-25T10:12:13+01:00', { nullable: true, description: 'The legal moment that it names.' })
  at!: string | null;

  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39', { nullable: true })
  caseId!: string | null;

  @Text('comune@pec.example', { nullable: true })
  from!: string | null;

  @Text('Richiesta di accesso', { max: 2_000 })
  subject!: string;
}
