import { services } from '@iter/registers';
import { Choice, Day, Fraction, Many, One, Text, Whole } from './fields.ts';
import { LabelDto } from './views.ts';

export class StatisticsQuery {
  @Choice(services)
  service!: string;

  @Day('2026-01-01', { description: 'First day on which the cases were started.' })
  from!: string;

  @Day('2026-12-31', { description: 'Last day, included; at most 366 days.' })
  to!: string;

  @Text('c_borgo', { optional: true, max: 30 })
  comune?: string;
}

export class IndicatorsQuery {
  @Day('2026-01-01')
  from!: string;

  @Day('2026-12-31', { description: 'At most 366 days.' })
  to!: string;

  @Choice(['json', 'csv'], { optional: true })
  format?: 'json' | 'csv';
}

const hidden = 'Null: from 1 to 4, or hidden so that such a one cannot be told by subtraction.';

export class ShareDto {
  @Text('completed')
  name!: string;

  @Whole(12, { nullable: true, description: hidden })
  count!: number | null;
}

export class OutcomeDto extends ShareDto {
  @Text('disciplinary-ordinary')
  process!: string;
}

export class FactShareDto extends OutcomeDto {
  @Text('topic', { description: 'A fact that the process declares.' })
  fact!: string;

  @One(() => LabelDto)
  factLabel!: LabelDto;

  @One(() => LabelDto, { nullable: true, description: 'Word of the value; null: yes, no, or not said.' })
  label!: LabelDto | null;
}

export class ProcessTimeDto extends ShareDto {
  @Fraction(96.5, { nullable: true, description: 'Days from start to end; null: of too few cases.' })
  medianDays!: number | null;

  @Fraction(118, { nullable: true, description: 'Nine of ten took no longer.' })
  p90Days!: number | null;
}

export class PhaseDto {
  @Text('disciplinary-ordinary')
  process!: string;

  @Text('t_draftContestation')
  element!: string;

  @Text('Redigere contestazione e convocazione')
  name!: string;

  @Whole(40, { nullable: true, description: hidden })
  done!: number | null;

  @Fraction(3.5, { nullable: true })
  medianDays!: number | null;

  @Fraction(9.2, { nullable: true })
  p90Days!: number | null;
}

export class TermFiguresDto {
  @Text('DL_CONTESTATION')
  deadline!: string;

  @One(() => LabelDto)
  label!: LabelDto;

  @Text('PEREMPTORY')
  nature!: string;

  @Text('administration', { description: 'Whom the term binds.' })
  binds!: string;

  @Whole(40, { nullable: true, description: hidden })
  met!: number | null;

  @Whole(0, { nullable: true })
  missed!: number | null;

  @Whole(7, { nullable: true })
  open!: number | null;

  @Fraction(0.975, { nullable: true, max: 1, description: 'Met of those decided; null: of too few.' })
  shareInTime!: number | null;
}

export class LoadDto {
  @Text('c_borgo')
  comune!: string;

  @Text('Comune di Borgo Sereno')
  comuneName!: string;

  @Whole(12, { nullable: true, description: hidden })
  started!: number | null;

  @Whole(8, { nullable: true })
  open!: number | null;
}

export class StatisticsDto {
  @Day('2026-01-01')
  from!: string;

  @Day('2026-12-31')
  to!: string;

  @Whole(5, { description: 'The fewest that a figure is about.' })
  smallestCell!: number;

  @Whole(50, { nullable: true, description: hidden })
  started!: number | null;

  @Many(() => ShareDto)
  byState!: ShareDto[];

  @Many(() => OutcomeDto, { max: 1_000 })
  byOutcome!: OutcomeDto[];

  @Many(() => FactShareDto, {
    max: 1_000,
    description:
      'Cases by each value of each fact; of confidential processes for their readers alone. A name that is empty: not said.',
  })
  byFact!: FactShareDto[];

  @Many(() => ProcessTimeDto)
  byProcess!: ProcessTimeDto[];

  @Many(() => PhaseDto, { max: 5_000 })
  phases!: PhaseDto[];

  @Many(() => TermFiguresDto, { max: 1_000 })
  terms!: TermFiguresDto[];

  @Many(() => LoadDto, { max: 10_000 })
  load!: LoadDto[];
}

export class IndicatorDto {
  @Text('discipline')
  service!: string;

  @Text('cases-ended', { description: 'cases-started, cases-ended, days-to-end-median, terms-in-time' })
  indicator!: string;

  @Text('disciplinary-ordinary', { description: 'Process, or the deadline of `terms-in-time`.' })
  of!: string;

  @Text('archived', {
    description: 'Outcome, state or `fact=VALUE`, where the indicator is by it; else empty.',
  })
  by!: string;

  @Fraction(12, { nullable: true, description: hidden })
  value!: number | null;
}

export class IndicatorsDto {
  @Text('iter-indicators/1')
  format!: string;

  @Day('2026-01-01')
  from!: string;

  @Day('2026-12-31')
  to!: string;

  @Whole(5)
  smallestCell!: number;

  @Many(() => IndicatorDto, { max: 10_000 })
  indicators!: IndicatorDto[];
}
