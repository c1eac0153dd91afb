import { Choice, Flag, Moment, Text, Whole } from './fields.ts';

const deliveries = ['off', 'immediate', 'digest'];

export class SetPreferencesDto {
  @Text('rita.verdi@provincia.example', {
    nullable: true,
    max: 254,
    description: 'Null: no mail; notices stay on the desk.',
  })
  email!: string | null;

  @Choice(deliveries, {
    description:
      'How notices come that are not about peremptory terms: not by mail, as they come in office hours, or once a working day at 08:00.',
  })
  delivery!: 'off' | 'immediate' | 'digest';
}

export class PreferencesDto extends SetPreferencesDto {
  @Flag(true, { description: 'Whether this installation sends mail at all.' })
  sends!: boolean;
}

export class TestMailDto {
  @Choice(['accepted', 'refused', 'later'], {
    description: 'The server took it; will never take it; or not now.',
  })
  outcome!: string;

  @Text('SMTP 550 5.1.1', { nullable: true, description: 'Why not; without the address.' })
  code!: string | null;
}

export class CreateFeedDto {
  @Text('Le mie scadenze', { max: 80 })
  name!: string;

  @Text('mine', {
    max: 30,
    pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{1,29}$/,
    description: '`mine`: of the cases that I take part in; else the code of a body whose cases I may see.',
  })
  scope!: string;
}

export class FeedDto {
  @Text('3f9ac01b-1f6d-5c2b-9e0f-4e0a7a4d3c55')
  id!: string;

  @Text('Le mie scadenze')
  name!: string;

  @Text('mine')
  scope!: string;

  @Text('Comune di Borgo Sereno', { nullable: true, description: 'Name of the body; null: mine.' })
  bodyName!: string | null;

  @Moment('2026-03-06T09:00:00.000Z')
  createdAt!: string;
}

export class CreatedFeedDto extends FeedDto {
  @Text('https://iter.example/api/v1/calendar/feeds/….ics', {
    max: 500,
    description: 'For the calendar program. It is told here and never again: whoever has it reads the feed.',
  })
  address!: string;
}

export class MailStateDto {
  @Text('mail.provincia.example:587', { nullable: true, description: 'Null: no mail is sent.' })
  server!: string | null;

  @Whole(0, { description: 'Due and not sent.' })
  waiting!: number;

  @Whole(4, { description: 'For office hours or the next digest.' })
  later!: number;

  @Moment('2026-03-06T09:00:00.000Z', { nullable: true })
  oldestDueAt!: string | null;

  @Whole(12, { description: 'Within a day.' })
  sent!: number;

  @Whole(0, { description: 'That no server took; among the failed jobs, to be tried again.' })
  refused!: number;

  @Whole(0, { description: 'Notices to people without an address, within 30 days.' })
  unreachable!: number;
}
