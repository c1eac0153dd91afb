import { mailboxKinds, mailboxPurposes, services } from '@iter/registers';
import { boardKinds, memberRoles } from '@iter/registers/boards';
import { Choice, Day, Flag, Many, Moment, Text, Texts, Whole } from './fields.ts';
import { PageQuery } from './page.ts';

/** Registers that take files. */
export const importable = [
  'staff',
  'offices',
  'bodies',
  'conventions',
  'boards',
  'mailboxes',
  'calendars',
] as const;

/** Registers whose entries can be taken back. Bodies are on every page of the log: they stay. */
export const withdrawable = ['staff', 'offices', 'conventions', 'boards', 'mailboxes'] as const;

export class RegisterQuery extends PageQuery {
  @Text('borgo', { optional: true, max: 100, description: 'Part of a name or code.' })
  text?: string;
}

export class StaffQuery extends PageQuery {
  @Text('TEC', { optional: true, max: 120, description: 'Code of an office: who works there.' })
  office?: string;
}

export class ImportDto {
  @Text('matricola;ufficio;area;data di assunzione;data di cessazione', {
    max: 1024 * 1024,
    description:
      'Comma-separated values (RFC 4180, semicolons and tabs as well), the header first. At most 1 MiB.',
  })
  csv!: string;

  @Text('c_borgo', {
    max: 30,
    optional: true,
    description: 'Of `staff`, `offices` and `boards`: the body whose they are.',
  })
  body?: string;

  @Flag(false, {
    optional: true,
    description: 'False (default): only the report. True: the lines that are not refused are recorded.',
  })
  commit?: boolean;

  @Flag(true, {
    optional: true,
    description: 'With `commit`: record nothing when any line is refused. True by default.',
  })
  whole?: boolean;

  @Text('Deliberazione di Giunta n. 12/2026', {
    max: 2_000,
    optional: true,
    description: 'Of `calendars`, recorded with the act: why a calendar that was set before is changed.',
  })
  reason?: string;

  @Text('5f0c9a1e8e0b4c1a', {
    min: 0,
    max: 64,
    optional: true,
    description:
      'Of one entry: the `version` that was read; empty: there was none. When it is another one now nothing is recorded: 412, with who and when.',
  })
  seen?: string;
}

export class WithdrawEntryDto {
  @Text('M-0001', {
    max: 400,
    description: 'What names the entry: reference, code, number, address; of a board its `entry`.',
  })
  entry!: string;

  @Text('Matricola scritta per errore', { max: 2_000, description: 'Recorded with the act.' })
  reason!: string;

  @Text('5f0c9a1e8e0b4c1a', {
    min: 0,
    max: 64,
    optional: true,
    description:
      'The `version` that was read, of a board for its members. When it is another one now nothing is taken back: 412, with who and when.',
  })
  seen?: string;
}

export class ImportLineDto {
  @Whole(2, { min: 1 })
  line!: number;

  @Text('M-0001')
  name!: string;

  @Choice(['new', 'changed', 'same', 'refused'])
  state!: string;

  @Text('La data di assunzione è un giorno (AAAA-MM-GG).', { nullable: true })
  why!: string | null;
}

export class ImportReportDto {
  @Flag(true, { description: 'The lines that are new or changed were recorded.' })
  committed!: boolean;

  @Whole(12)
  new!: number;

  @Whole(1)
  changed!: number;

  @Whole(40)
  same!: number;

  @Whole(0)
  refused!: number;

  @Text('Il file non finisce con un a capo: controllare l’ultima riga.', {
    nullable: true,
    description: 'What is to be looked at in the file as a whole; null: nothing.',
  })
  warning!: string | null;

  @Many(() => ImportLineDto, { max: 20_000 })
  lines!: ImportLineDto[];
}

export class IncompatibilityDto {
  @Text('B-0105', { nullable: true })
  employeeRef!: string | null;

  @Text('struttura', { nullable: true })
  account!: string | null;

  @Text('Parentela entro il quarto grado')
  reason!: string;

  @Text('UPD-2025 / account upd / employee B-0105', { max: 400, description: 'Names it to be withdrawn.' })
  entry!: string;
}

export class BoardMemberDto {
  @Text('Ugo Presidente UPD')
  name!: string;

  @Text('upd', { nullable: true })
  account!: string | null;

  @Choice(memberRoles)
  role!: string;

  @Text('F', { nullable: true })
  gender!: string | null;

  @Many(() => IncompatibilityDto, { max: 200 })
  incompatibilities!: IncompatibilityDto[];

  @Text('UPD-2025 / account upd', { max: 400, description: 'Names the member to be withdrawn.' })
  entry!: string;
}

export class BoardDto {
  @Text('UPD-2025')
  id!: string;

  @Choice(boardKinds)
  kind!: string;

  @Text('Ufficio associato per i procedimenti disciplinari')
  name!: string;

  @Text('Decreto del Presidente n. 12 del 20 dicembre 2024', { nullable: true })
  act!: string | null;

  @Text('2025-01-01')
  validFrom!: string;

  @Text('2027-12-31', { nullable: true })
  validTo!: string | null;

  @Many(() => BoardMemberDto, { max: 50 })
  members!: BoardMemberDto[];

  @Text('5f0c9a1e8e0b4c1a', { description: 'Of this content; to be given as `seen` when it is corrected.' })
  version!: string;
}

export class StaffDto {
  @Text('M-0001')
  employeeRef!: string;

  @Text('TEC', { description: 'Its code; of entries from before the register of offices, its name.' })
  office!: string;

  @Text('Ufficio tecnico')
  officeName!: string;

  @Text('ISTRUTTORI')
  area!: string;

  @Text('2020-01-01')
  hiredOn!: string;

  @Text('2026-06-30', { nullable: true })
  leftOn!: string | null;

  @Text('5f0c9a1e8e0b4c1a', { description: 'Of this content; to be given as `seen` when it is corrected.' })
  version!: string;
}

export class RegisteredOfficeDto {
  @Text('TEC')
  code!: string;

  @Text('Ufficio tecnico')
  name!: string;

  @Text('B-0103', { nullable: true, description: 'Number of the person who heads it.' })
  head!: string | null;

  @Text('struttura', {
    nullable: true,
    description: 'Account of that person, who is asked what is the head’s; null: not said.',
  })
  headAccount!: string | null;

  @Text('AMM', { nullable: true })
  parent!: string | null;

  @Text('Settore amministrativo', { nullable: true })
  parentName!: string | null;

  @Day('2020-01-01')
  from!: string;

  @Day('2026-06-30', { nullable: true })
  to!: string | null;

  @Text('5f0c9a1e8e0b4c1a', { description: 'Of this content; to be given as `seen` when it is corrected.' })
  version!: string;
}

export class RegisteredBodyDto {
  @Text('c_borgo')
  ipa!: string;

  @Text('Comune di Borgo Sereno')
  name!: string;

  @Choice(['programme', 'province', 'comune', 'union', 'other'])
  kind!: string;

  @Text('p_demo', { nullable: true, description: 'In whose territory a Comune lies.' })
  province!: string | null;

  @Text('5f0c9a1e8e0b4c1a', { description: 'Of this content; to be given as `seen` when it is corrected.' })
  version!: string;
}

export class ConventionDto {
  @Text('c_borgo')
  comune!: string;

  @Text('Comune di Borgo Sereno')
  comuneName!: string;

  @Text('p_demo', { nullable: true, description: 'In whose territory the body lies.' })
  territory!: string | null;

  @Text('CONV-2025-001')
  id!: string;

  @Text('p_demo')
  province!: string;

  @Texts(services)
  services!: string[];

  @Choice(['FULL_UPD', 'SUPPORT'])
  serviceModel!: string;

  @Day('2025-01-01')
  validFrom!: string;

  @Day('2027-12-31', { nullable: true })
  validTo!: string | null;

  @Day('2026-12-31', {
    nullable: true,
    description:
      'Last day on which a case may begin under it; those that began before go on until `validTo`.',
  })
  startsUntil!: string | null;

  @Text('Deliberazione della Giunta comunale n. 118/2024', { nullable: true })
  rulesAct!: string | null;

  @Flag(false, { description: 'Whether the agreed sanction is switched on.' })
  agreedSanction!: boolean;

  @Text('5f0c9a1e8e0b4c1a', { description: 'Of this content; to be given as `seen` when it is corrected.' })
  version!: string;
}

export class MailboxDto {
  @Text('c_borgo')
  body!: string;

  @Text('Comune di Borgo Sereno')
  bodyName!: string;

  @Text('protocollo@pec.borgo.example', { max: 254 })
  address!: string;

  @Choice(mailboxKinds)
  kind!: string;

  @Choice(mailboxPurposes)
  purpose!: string;

  @Text('5f0c9a1e8e0b4c1a', { description: 'Of this content; to be given as `seen` when it is corrected.' })
  version!: string;
}

/** What the people of a body see of one another's cases. */
export class SharingDto {
  @Texts(['selection', 'training'], {
    max: 4,
    description: 'Services of which they see them; the others only their own.',
  })
  services!: string[];

  @Moment('2026-03-06T09:00:00.000Z', {
    nullable: true,
    description: 'When that was decided; null: never, nothing is shared.',
  })
  at!: string | null;

  @Text('segretario', { nullable: true, description: 'Account; null: for those who may decide it.' })
  by!: string | null;

  @Text('SEGRETARIO', { nullable: true })
  role!: string | null;

  @Text('Deliberazione n. 12', { max: 2_000, nullable: true, description: 'As `by`.' })
  reason!: string | null;

  @Flag(true, { description: 'Whether whoever asks may decide it.' })
  editable!: boolean;

  @Text('5f0c9a1e8e0b4c1a', {
    description: 'Of this content; to be given as `seen` when it is decided anew.',
  })
  version!: string;
}

export class ShareCasesDto {
  @Texts(services, { max: 4, maxLength: 30 })
  services!: string[];

  @Text('Deliberazione n. 12', { max: 2_000, description: 'Recorded with the act.' })
  reason!: string;

  @Text('5f0c9a1e8e0b4c1a', {
    min: 0,
    max: 64,
    optional: true,
    description:
      'The `version` that was read; when somebody decided otherwise meanwhile, nothing is done: 412, with who and when.',
  })
  seen?: string;
}
