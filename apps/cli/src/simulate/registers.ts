import type { Json } from '@iter/process-model';
import { province } from './behaviour.ts';
import { inventedGround } from './ground.ts';
import type { Ground } from './ground.ts';
import { contextOf } from './habits/habit.ts';
import { participants, tutors } from './habits/programme.ts';
import type { Random } from './random.ts';
import { SelectionRegisters } from './selection-registers.ts';

type Entry = Record<string, Json>;
export type Person = Entry & { readonly employeeRef: string };

/**
 * Who and what exists in the Province that is played: its registers, as cases look them up. They change while years pass, as
 * the views of a house would.
 */
export class SimulatedRegisters {
  readonly selection: SelectionRegisters;
  readonly contents: Readonly<Record<string, Record<string, Json>>>;
  readonly comuni: readonly string[];
  /** Editions and the like in the catalogue of a year. */
  readonly catalogueSize: number;
  readonly ground: Ground;
  /** All employees with their Comuni. */
  readonly #everybody: readonly { readonly employeeRef: string; readonly comune: string }[];
  readonly #latest = new Map<string, string>();
  #numbered = 0;
  #paths = 0;
  #joined = 0;

  /** @param ground what is there already; by default so much as the scale has */
  constructor(random: Random, start: string, scale: number, ground: Ground = inventedGround(random, scale)) {
    this.ground = ground;
    this.catalogueSize = Math.max(3, Math.round(province.catalogue * scale));
    this.comuni = Object.keys(ground.comuni);
    this.#everybody = this.comuni.flatMap((comune) =>
      (ground.staff[comune] ?? []).map((employeeRef) => ({ employeeRef, comune })),
    );
    const body: Record<string, Json> = {};
    const convention: Record<string, Json> = {};
    for (const [at, [ipa, serviceModel]] of Object.entries(ground.comuni).entries()) {
      const mailbox = `${ipa}@pec.comune.test.it`;
      body[ipa] = {
        ...{ ipa, name: `Comune di Prova ${at + 1}`, kind: 'comune', province: ground.province, mailbox },
      };
      convention[ipa] = {
        ...{ id: `CONV-${at + 1}`, province: ground.province, service: 'DISCIPLINARY', serviceModel },
        ...{ validFrom: start, validTo: null, rulesAct: `Giunta n. ${at + 1}/2025` },
      };
      // Whoever joins has signed what it asked for.
      for (const process of ['desk-request', 'disciplinary', 'selection', 'training'])
        convention[`${ipa} ${process}`] = convention[ipa];
    }
    for (const ipa of [...tutors, ...participants])
      body[ipa] = { ipa, name: `Provincia di Prova ${ipa.slice(2)}`, kind: 'province', province: null };
    this.selection = new SelectionRegisters(random.fork('selection'), ground, start);
    const { needs, lists, rankings } = this.selection;
    this.contents = {
      ...{ body, convention, needs, 'eligibility-list': lists, ranking: rankings },
      ...{ employee: {}, case: {}, 'training-path': {} },
    };
  }

  /** An employee of a Comune, by reference. @param random of whoever asks: two who act at once draw nothing of each other */
  employeeOf(ipa: string, random: Random): string {
    return random.pick(this.ground.staff[ipa] ?? []);
  }

  /** Staff of a body behind a person, in the order of their references. */
  staff(ipa: string, after: string | null, limit: number): readonly Person[] {
    return (this.ground.staff[ipa] ?? [])
      .filter((employeeRef) => after === null || employeeRef > after)
      .slice(0, limit)
      .map((employeeRef) => ({ employeeRef, office: 'Uffici', area: 'ISTRUTTORI', hiredOn: '2015-03-01' }));
  }

  /** The next of all employees in turn, with the Comune where they work. */
  nextEmployee(): { readonly employeeRef: string; readonly comune: string } {
    return this.#everybody[this.#paths++ % this.#everybody.length]!;
  }

  /** From now on the person's path of this year is found. */
  openPath(employeeRef: string, year: number): void {
    this.contents['training-path']![`${employeeRef}/${year}`] = { state: 'open', credited: [] };
  }

  /** From this day on nothing begins any more under the convention of a Comune. */
  stopStarts(ipa: string, on: string): void {
    const conventions = this.contents['convention']!;
    const left = { ...contextOf(conventions[ipa]), startsUntil: on };
    for (const key of Object.keys(conventions)) if (key.split(' ')[0] === ipa) conventions[key] = left;
  }

  /** The next Comune that comes to join. @param other when there is none */
  nextJoining(other: string): string {
    return this.ground.joining[this.#joined++] ?? other;
  }

  /** Of what is numbered in the order in which it comes. */
  nextNumber(): number {
    return ++this.#numbered;
  }

  /** What `iter:lookup` of a case answers. */
  keepCase(id: string, entry: Entry): void {
    this.contents['case']![id] = entry;
    this.#latest.set(String(entry['comune']), id);
  }

  /** The case of a Comune that began last. */
  latestCaseOf(comune: string): string | undefined {
    return this.#latest.get(comune);
  }
}
