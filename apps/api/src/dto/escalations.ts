import { termNatures } from '@iter/legal-calendar';
import { isOffice, roles } from '@iter/access';
import { escalationOutcomes } from '@iter/engine';
import { Choice, Day, Many, One, Text, Whole } from './fields.ts';
import { PageQuery } from './page.ts';

/** Roles that have an office in cases. */
export const offices = roles.filter(isOffice);

export class HandOnDto {
  @Text('upd', { max: 64, optional: true, nullable: true, description: 'To this account …' })
  account?: string | null;

  @Choice(offices, {
    optional: true,
    nullable: true,
    description: '… or to whoever has this role; with neither, back to those whom it called.',
  })
  role?: string | null;

  @Text('Segue la pratica da lunedì', { max: 2_000, description: 'Why, for whoever gets it; recorded.' })
  note!: string;
}

export class EscalationOutcomeDto {
  @Choice(escalationOutcomes, { optional: true, description: '`OTHER` when absent.' })
  code?: (typeof escalationOutcomes)[number];

  @Text('Contestazione firmata e consegnata', {
    min: 0,
    max: 2_000,
    optional: true,
    description: 'In words; `NOT_NEEDED` and `OTHER` ask for them.',
  })
  outcome?: string;
}

export class EscalationsQuery extends PageQuery {
  @Choice(['open', 'raised', 'acknowledged', 'taken-over', 'resolved', 'all'], {
    optional: true,
    description: '`open` (not resolved) by default.',
  })
  state?: string;

  @Choice(['mine', 'free', 'all'], {
    optional: true,
    description: 'Mine: taken over by me or handed on to me; free: nobody’s; all by default.',
  })
  assigned?: string;

  @Choice(['escalation', 'task'], { optional: true, description: '`task`: something is to be done.' })
  kind?: string;

  @Choice(termNatures, { optional: true })
  nature?: string;

  @Text('disciplinary-ordinary', { optional: true })
  process?: string;

  @Text('c_borgo', { optional: true, max: 30 })
  comune?: string;
}

export class EscalationFiguresQuery {
  @Day('2026-03-01', { description: 'First day on which they were raised.' })
  from!: string;

  @Day('2026-03-31', { description: 'Last day, included; at most 366 days.' })
  to!: string;

  @Text('disciplinary-ordinary', { optional: true })
  process?: string;

  @Text('c_borgo', { optional: true, max: 30 })
  comune?: string;
}

export class SpreadDto {
  @Whole(330, { nullable: true, description: 'Median, in seconds; null: nothing to measure.' })
  p50!: number | null;

  @Whole(546, { nullable: true, description: 'Nine of ten took no longer.' })
  p90!: number | null;

  @Whole(600, { nullable: true })
  max!: number | null;
}

export class EscalationFiguresDto {
  @Whole(12, { description: 'Raised in the period.' })
  raised!: number;

  @Whole(11, { description: 'Of them answered: acknowledged, taken over or resolved by somebody.' })
  acknowledged!: number;

  @Whole(1, { description: 'Of them answered after the legal date, or not yet though it is past.' })
  acknowledgedLate!: number;

  @Whole(9)
  resolved!: number;

  @Whole(3, { description: 'Not resolved now, whenever they were raised.' })
  openNow!: number;

  @One(() => SpreadDto, { description: 'From being raised to the first answer.' })
  toAcknowledge!: SpreadDto;

  @One(() => SpreadDto)
  toResolve!: SpreadDto;
}

export class EscalationFiguresRowDto extends EscalationFiguresDto {
  @Text('c_borgo')
  comune!: string;

  @Text('Comune di Borgo Sereno')
  comuneName!: string;

  @Choice(termNatures, { nullable: true })
  nature!: string | null;
}

export class EscalationReportDto {
  @One(() => EscalationFiguresDto)
  total!: EscalationFiguresDto;

  @Many(() => EscalationFiguresRowDto, { max: 10_000, description: 'By Comune and nature of the term.' })
  items!: EscalationFiguresRowDto[];
}
