import { deadlineStatuses } from '@iter/engine';
import { termNatures } from '@iter/legal-calendar';
import { services } from '@iter/registers';
import { Choice, Day, Flag, Many, Moment, One, Text, Texts, Whole } from './fields.ts';
import { LabelDto, OfCase } from './views.ts';

/** The first and the last day of a period, in Rome. */
export class RegisterQuery {
  @Day('2026-01-01')
  from!: string;

  @Day('2026-12-31', { description: 'Last day, included; at most 366 days.' })
  to!: string;

  @Choice(services, { optional: true })
  service?: string;

  @Text('c_borgo', { optional: true, max: 30 })
  comune?: string;
}

export class TermRegisterQuery extends RegisterQuery {
  @Choice(['legal', 'safe'], {
    optional: true,
    description: 'Which date lies in the period: the last day by law (by default), or the safe one.',
  })
  by?: 'legal' | 'safe';

  @Choice(['running', ...deadlineStatuses, 'all'], { optional: true, description: '`all` by default.' })
  state?: string;

  @Choice(termNatures, { optional: true })
  nature?: string;
}

export class RegisteredTermDto extends OfCase {
  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39.3f9ac01b77d2-4')
  id!: string;

  @One(() => LabelDto)
  label!: LabelDto;

  @Text('D.Lgs. 165/2001 art. 55-bis c. 4', { max: 500 })
  norm!: string;

  @Choice(termNatures)
  nature!: string;

  @Choice(deadlineStatuses)
  state!: string;

  @Flag(false, { description: 'Shown as missed until the fact that had kept it was recorded.' })
  keptLate!: boolean;

  @Moment('2026-03-06T09:15:00.000Z', { description: 'When it began to run.' })
  openedAt!: string;

  @Text('2026-03-06', { description: 'The day the count starts from.' })
  base!: string;

  @Texts(['1234/2026'], { description: 'Of the known facts that it may run from.' })
  proofs!: string[];

  @Text('2026-04-07', { description: 'Day; instant with offset for hour terms.' })
  legalDueDate!: string;

  @Text('2026-04-03')
  safeActionDate!: string;

  @Text('2026-04-20', { nullable: true, description: 'Of a wait: the first day on which one may act.' })
  earliestActionDate!: string | null;

  @Text('2026-04-02', { nullable: true, description: 'Day or instant of the fact that decided it.' })
  decidedOn!: string | null;
}

export class RegisteredActDto extends OfCase {
  @Text('0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39.5aa0c01b77d2-2')
  id!: string;

  @Moment('2026-03-20T11:00:00.000Z')
  at!: string;

  @Text('Contestazione di addebito', {
    nullable: true,
    description: 'Name of the template that it was drafted from; null: it was brought.',
  })
  act!: string | null;

  @Text('Firmare la contestazione', { nullable: true, description: 'The task in which it was filed.' })
  task!: string | null;

  @Text('application/pdf')
  mediaType!: string;

  @Whole(52_113)
  sizeBytes!: number;

  @Text('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', { max: 64 })
  sha256!: string;

  @Text('1234/2026', { nullable: true })
  protocolNo!: string | null;

  @Flag(false, { description: 'It takes the place of an earlier version.' })
  isNewVersion!: boolean;
}

const complete = 'False: there is more than a register holds; ask for less.';
export const mostLines = 2_000;

export class TermRegisterDto {
  @Many(() => RegisteredTermDto, { max: mostLines })
  items!: RegisteredTermDto[];

  @Flag(true, { description: complete })
  complete!: boolean;
}

export class ActRegisterDto {
  @Many(() => RegisteredActDto, { max: mostLines })
  items!: RegisteredActDto[];

  @Flag(true, { description: complete })
  complete!: boolean;
}
