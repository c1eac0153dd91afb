import type { Json } from '@iter/process-model';
import { province } from './behaviour.ts';
import type { Random } from './random.ts';

type Entry = Record<string, Json>;

interface ListEntry extends Entry {
  listRef: string;
  body: string;
  bodies: string[];
  profiles: string[];
  members: { candidateRef: string; since: string; until: string }[];
}

export interface NeedEntry extends Entry {
  needRef: string;
  comune: string;
  postsLeft: number;
}

const areas = ['OPERATORI_ESPERTI', 'ISTRUTTORI', 'FUNZIONARI'] as const;
const profiles: Readonly<Record<(typeof areas)[number], readonly string[]>> = {
  OPERATORI_ESPERTI: ['Collaboratore amministrativo', 'Operaio specializzato'],
  ISTRUTTORI: ['Istruttore amministrativo', 'Istruttore tecnico', 'Agente di polizia locale'],
  FUNZIONARI: ['Funzionario amministrativo', 'Funzionario tecnico', 'Assistente sociale'],
};

/**
 * Who and what exists in the Province that is played: its registers, as cases look them up. They change while years pass, as
 * the views of a house would: a post is taken, a person leaves a list.
 */
export class SimulatedRegisters {
  readonly contents: Record<string, Record<string, Json>> = {
    needs: {},
    convention: {},
    body: {},
    'eligibility-list': {},
    employee: {},
    case: {},
  };
  readonly comuni: readonly string[];
  readonly lists: readonly ListEntry[];
  readonly #random: Random;
  readonly #latest = new Map<string, string>();
  #needs = 0;
  #numbered = 0;

  constructor(random: Random, start: string, scale: number) {
    this.#random = random;
    const { contents } = this;
    this.comuni = Array.from(
      { length: Math.max(2, Math.round(province.comuni * Math.min(1, scale))) },
      (_, at) => `c_sim${String(at + 1).padStart(2, '0')}`,
    );
    for (const [at, ipa] of this.comuni.entries()) {
      const serviceModel = random.chance(0.7) ? 'FULL_UPD' : 'SUPPORT';
      const mailbox = `${ipa}@pec.comune.test.it`;
      contents['body']![ipa] = {
        ipa,
        name: `Comune di Prova ${at + 1}`,
        kind: 'COMUNE',
        province: 'p_mondo',
        mailbox,
      };
      contents['convention']![ipa] = {
        ...{ id: `CONV-${at + 1}`, province: 'p_mondo', service: 'DISCIPLINARY', serviceModel },
        ...{ validFrom: start, validTo: null, rulesAct: `Giunta n. ${at + 1}/2025` },
      };
    }
    this.lists = areas.flatMap((area) => [1, 2].map((nr) => this.#list(area, nr, start)));
    for (const list of this.lists) contents['eligibility-list']![list.listRef] = list;
  }

  /** An employee of a Comune, by reference: as many as the Comune has of the Province's. */
  employeeOf(ipa: string): string {
    const each = Math.floor(province.employees / province.comuni);
    const nr = this.comuni.indexOf(ipa) * each + this.#random.between(1, each);
    return `M-${String(nr).padStart(5, '0')}`;
  }

  /** A need that is ready for the interpello, with a list that knows its profile. */
  newNeed(comune: string): { readonly need: NeedEntry; readonly list: ListEntry } | null {
    const random = this.#random;
    const fitting = this.lists.filter(({ members }) => members.length > 0);
    if (fitting.length === 0) return null;
    const list = random.pick(fitting);
    const isFixed = random.chance(0.3);
    const posts = random.weighted([
      [1, 0.8],
      [2, 0.2],
    ]);
    const need: NeedEntry = {
      ...{ needRef: `N-${++this.#needs}`, comune, profile: random.pick(list.profiles) },
      area: list['area'] as string,
      contractType: isFixed ? 'FIXED' : 'PERMANENT',
      contractMonths: isFixed ? 12 : null,
      ...{ posts, postsLeft: posts, channel: 'INTERPELLO', state: 'READY_INTERPELLO' },
      publishSubjectTo34bis: false,
    };
    this.contents['needs']![need.needRef] = need;
    return { need, list };
  }

  /** A post is taken (-1) or comes back (+1). */
  movePosts(needRef: Json | undefined, by: number): void {
    const need = this.contents['needs']![String(needRef)] as NeedEntry | undefined;
    if (!need) return;
    need.postsLeft += by;
    need['state'] = need.postsLeft > 0 ? 'READY_INTERPELLO' : 'COVERED';
  }

  /** A person leaves a list; others come in with the yearly update. */
  leaveList(listRef: Json | undefined, candidateRef: Json | undefined): void {
    const list = this.lists.find((it) => it.listRef === listRef);
    if (list) list.members = list.members.filter((it) => it.candidateRef !== candidateRef);
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

  #list(area: (typeof areas)[number], nr: number, start: string): ListEntry {
    const until = `${Number(start.slice(0, 4)) + 3}${start.slice(4)}`;
    const listRef = `L-${area}-${nr}`;
    return {
      ...{ listRef, area, body: 'p_mondo', bodies: [...this.comuni], profiles: [...profiles[area]] },
      members: Array.from({ length: this.#random.between(50, 400) }, (_, at) => ({
        candidateRef: `K-${area.slice(0, 2)}${nr}-${String(at + 1).padStart(3, '0')}`,
        ...{ since: start, until },
      })),
    };
  }
}
