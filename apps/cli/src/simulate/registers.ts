import type { Json } from '@iter/process-model';
import { province } from './behaviour.ts';
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
  /** Persons of a Comune. */
  readonly #staffOfEach: number;
  readonly #random: Random;
  readonly #latest = new Map<string, string>();
  #numbered = 0;
  #paths = 0;

  /** @param served Comuni that are there already, with the service model of each; without, so many as the scale has */
  constructor(random: Random, start: string, scale: number, served?: Readonly<Record<string, string>>) {
    this.#random = random;
    this.catalogueSize = Math.max(3, Math.round(province.catalogue * scale));
    const count = Math.max(2, Math.round(province.comuni * Math.min(1, scale)));
    this.comuni = served
      ? Object.keys(served)
      : Array.from({ length: count }, (_, at) => `c_sim${String(at + 1).padStart(2, '0')}`);
    this.#staffOfEach = Math.max(1, Math.floor((province.employees * Math.min(1, scale)) / count));
    const body: Record<string, Json> = {};
    const convention: Record<string, Json> = {};
    for (const [at, ipa] of this.comuni.entries()) {
      const serviceModel = served?.[ipa] ?? (random.chance(0.7) ? 'FULL_UPD' : 'SUPPORT');
      const mailbox = `${ipa}@pec.comune.test.it`;
      body[ipa] = { ipa, name: `Comune di Prova ${at + 1}`, kind: 'COMUNE', province: 'p_mondo', mailbox };
      convention[ipa] = {
        ...{ id: `CONV-${at + 1}`, province: 'p_mondo', service: 'DISCIPLINARY', serviceModel },
        ...{ validFrom: start, validTo: null, rulesAct: `Giunta n. ${at + 1}/2025` },
      };
    }
    this.selection = new SelectionRegisters(random.fork('selection'), this.comuni, start);
    const { needs, lists, rankings } = this.selection;
    this.contents = {
      ...{ body, convention, needs, 'eligibility-list': lists, ranking: rankings, employee: {}, case: {} },
    };
  }

  /** An employee of a Comune, by reference. */
  employeeOf(ipa: string): string {
    return this.#employee(
      this.comuni.indexOf(ipa) * this.#staffOfEach + this.#random.between(1, this.#staffOfEach),
    );
  }

  /** Staff of a body behind a person, in the order of their references. */
  staff(ipa: string, after: string | null, limit: number): readonly Person[] {
    const first = this.comuni.indexOf(ipa) * this.#staffOfEach + 1;
    return Array.from({ length: this.#staffOfEach }, (_, at) => this.#employee(first + at))
      .filter((employeeRef) => after === null || employeeRef > after)
      .slice(0, limit)
      .map((employeeRef) => ({ employeeRef, office: 'Uffici', area: 'ISTRUTTORI', hiredOn: '2015-03-01' }));
  }

  /** The next of all employees in turn, with the Comune where they work. */
  nextEmployee(): { readonly employeeRef: string; readonly comune: string } {
    const nr = this.#paths++ % (this.#staffOfEach * this.comuni.length);
    return { employeeRef: this.#employee(nr + 1), comune: this.comuni[Math.floor(nr / this.#staffOfEach)]! };
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

  #employee(nr: number): string {
    return `M-${String(nr).padStart(5, '0')}`;
  }
}
