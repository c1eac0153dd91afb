import { boardKinds, memberRoles } from '@iter/registers/boards';
import { Choice, Flag, Many, Text, Whole } from './fields.ts';

/** Registers that take files. */
export const importable = ['staff', 'bodies', 'conventions', 'boards', 'mailboxes'] as const;

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
    description: 'Of `staff`: the body that employs them; of `boards`: the body whose they are.',
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
}

export class StaffDto {
  @Text('M-0001')
  employeeRef!: string;

  @Text('Ufficio tecnico')
  office!: string;

  @Text('ISTRUTTORI')
  area!: string;

  @Text('2020-01-01')
  hiredOn!: string;

  @Text('2026-06-30', { nullable: true })
  leftOn!: string | null;
}
