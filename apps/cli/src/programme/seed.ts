import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { ProgrammeFigures } from '@iter/read-models/programme';
import schema from '../../../../processes/schemas/programme-seed.schema.json' with { type: 'json' };
import { WrongInput } from '../output.ts';

export type Theme = 'SELECTION' | 'DISCIPLINARY' | 'TRAINING';

export interface SeedBody {
  readonly ipa: string;
  readonly name: string;
}

export interface SeedEdition {
  readonly theme: Theme;
  /** Whether the numbers of the theme are the project's own, or ours. */
  readonly split: 'published' | 'invented';
  readonly note: string;
  readonly focusGroups: readonly string[];
  readonly paths: readonly {
    readonly participant: string;
    readonly tutor: string;
    readonly projectWork: boolean;
  }[];
}

/** Days, `YYYY-MM-DD`, in the order in which they are played. */
export interface SeedCalendar {
  readonly startedOn: string;
  readonly heldOn: string;
  readonly reportedOn: string;
  readonly calledOn: string;
  readonly joinUntil: string;
  readonly matchedOn: string;
  readonly plannedOn: string;
  readonly meetingsOn: readonly string[];
  readonly deliveredOn: string;
  readonly materialsOn: string;
  /** Instant with offset. */
  readonly webinarAt: string;
  readonly closedOn: string;
}

export interface ProgrammeSeed {
  readonly source: string;
  readonly programme: SeedBody;
  readonly published: {
    readonly total: ProgrammeFigures;
    readonly byTheme: readonly (ProgrammeFigures & { readonly theme: Theme })[];
  };
  readonly editionYear: number;
  readonly calendar: SeedCalendar;
  readonly provinces: readonly SeedBody[];
  readonly editions: readonly SeedEdition[];
}

const isSeed = new Ajv2020({ allErrors: true, formats: { date: true } }).compile<ProgrammeSeed>(schema);

/** The editions of a programme, as data. @throws WrongInput when it is not in the schema, or names a Province that it does not list */
export function readSeed(text: string, file: string): ProgrammeSeed {
  const read: unknown = parse(text);
  if (!isSeed(read)) {
    const faults = (isSeed.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
    );
    throw new WrongInput(`${file}: ${faults.join('; ')}`);
  }
  const known = new Set(read.provinces.map(({ ipa }) => ipa));
  const named = read.editions.flatMap(({ focusGroups, paths }) => [
    ...focusGroups,
    ...paths.flatMap(({ participant, tutor }) => [participant, tutor]),
  ]);
  const strange = named.find((ipa) => !known.has(ipa));
  if (strange !== undefined) throw new WrongInput(`${file}: ${strange} is none of the Provinces`);
  return read;
}
