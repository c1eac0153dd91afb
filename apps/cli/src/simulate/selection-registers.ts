import type { CaseState } from '@iter/engine';
import type { Json } from '@iter/process-model';
import type { WorldCase } from '../world/world.ts';
import type { Values } from './fill-form.ts';
import type { Ground } from './ground.ts';
import { listOf, rowsOf } from './habits/habit.ts';
import type { Random } from './random.ts';

type Entry = Record<string, Json>;

export interface NeedEntry extends Entry {
  needRef: string;
  comune: string;
  profile: string | null;
  posts: number;
  postsLeft: number;
  state: string;
}

export interface ListEntry extends Entry {
  listRef: string;
  body: string;
  bodies: string[];
  profiles: string[];
  members: { candidateRef: string; since: string; until: string }[];
}

interface RankingOrder extends Entry {
  ranked: string[];
  drawn: number;
}

export interface RankingEntry extends RankingOrder {
  rankingRef: string;
  bodies: string[];
  profile: string | null;
  validUntil: string;
  forFixedTerm: RankingOrder | null;
}

interface Call {
  readonly candidateRef: string;
  readonly isFixed: boolean;
}

/** The order that holds for a contract. */
const orderFor = (ranking: RankingEntry, contractType: Json | undefined): RankingOrder =>
  (contractType === 'FIXED' && ranking.forFixedTerm) || ranking;

interface Hire {
  readonly needRef: string | null;
  readonly listRef: string | null;
  readonly rankingRef: string | null;
  readonly candidateRef: string | null;
  readonly contractType: string | null;
  readonly isReturned: boolean;
}

const profiles: Readonly<Record<string, readonly string[]>> = {
  OPERATORI_ESPERTI: ['Collaboratore amministrativo', 'Operaio specializzato'],
  ISTRUTTORI: ['Istruttore amministrativo', 'Istruttore tecnico', 'Agente di polizia locale'],
  FUNZIONARI: ['Funzionario amministrativo', 'Funzionario tecnico', 'Assistente sociale'],
};
export const areas = Object.keys(profiles);
export const profilesOf = (area: string): readonly string[] => profiles[area] ?? [];
const profilesOfAll = Object.values(profiles).flat();
export const areaOf = (profile: string): string =>
  areas.find((area) => profilesOf(area).includes(profile)) ?? 'ISTRUTTORI';

const textIn = (value: Json | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** What the case of a need has come to when it has ended, by its outcome. */
const stages: Readonly<Record<string, string>> = {
  withdrawn: 'WITHDRAWN',
  coveredByMobility: 'COVERED',
  coveredBy34bis: 'COVERED',
  readyInterpello: 'READY_INTERPELLO',
  readyCompetition: 'READY_COMPETITION',
  readyRanking: 'READY_RANKING',
};
/** Outcomes of hirings after which the post goes back to its need. */
const returned = ['notHired', 'resigned', 'notPassed'];

/**
 * Needs, lists of eligible persons, rankings and hires of a Province that is played, told from the states of its cases as they
 * go on: neither events nor views are asked, so that the views can be compared with it. Where there is a past, some needs and
 * lists were there before; elsewhere whoever lacks a need asks for one.
 */
export class SelectionRegisters {
  readonly needs: Record<string, NeedEntry> = {};
  readonly lists: Record<string, ListEntry> = {};
  readonly rankings: Record<string, RankingEntry> = {};
  readonly hires = new Map<string, Hire>();
  readonly #stages = new Map<string, string>();
  readonly #hiresOf = new Map<string, Set<string>>();
  readonly #calls = new Map<string, Call[]>();
  readonly #givenUp = new Set<string>();
  readonly #inUse = new Set<string>();
  /** Channels for which somebody waits, in the order in which they asked. */
  readonly #wanted: string[] = [];
  #before = 0;

  constructor(
    private readonly random: Random,
    private readonly ground: Ground,
    start: string,
  ) {
    if (!ground.hasPast) return;
    for (const area of areas) for (const nr of [1, 2]) this.#listBefore(area, nr, start);
  }

  /** Profiles for which somebody could be hired: those of the lists, all while there is no list. */
  profiles(): readonly string[] {
    const listed = new Set(Object.values(this.lists).flatMap((list) => list.profiles));
    return listed.size > 0 ? [...listed] : profilesOfAll;
  }

  /** Somebody waits for a need of a channel. */
  want(channel: string): void {
    this.#wanted.push(channel);
  }

  /** The channel for which somebody has waited longest: the next need takes it. */
  takeWanted(): string | undefined {
    return this.#wanted.shift();
  }

  /** Needs by their references; those that are unknown are left out. */
  entries(refs: readonly (Json | undefined)[]): readonly NeedEntry[] {
    return refs.flatMap((ref) => this.needs[String(ref)] ?? []);
  }

  /**
   * A need that nobody works on yet and that has come to a channel; one that was there before the play when no case has.
   * @returns null: there is none, and there was no past
   */
  takeNeed(channel: string, comune: string, like?: NeedEntry): NeedEntry | null {
    const state = `READY_${channel}`;
    const found = Object.values(this.needs).find(
      (need) =>
        need.state === state &&
        !this.#inUse.has(need.needRef) &&
        (!like || (need.profile === like.profile && need['contractType'] === like['contractType'])),
    );
    const need = found ?? (this.ground.hasPast ? this.#needBefore(channel, comune, like) : null);
    if (need) this.#inUse.add(need.needRef);
    return need;
  }

  /** Nobody works on a need that was taken after all. */
  leaveNeed({ needRef }: NeedEntry): void {
    this.#inUse.delete(needRef);
  }

  /** A list with somebody on it that knows the profile. */
  listFor(profile: string | null): ListEntry | undefined {
    const fitting = Object.values(this.lists).filter(
      (list) => list.members.length > 0 && profile !== null && list.profiles.includes(profile),
    );
    return fitting.length > 0 ? this.random.pick(fitting) : undefined;
  }

  /** The own ranking of a Comune for a profile, if somebody is left on it. */
  rankingFor(comune: string, profile: string): string | null {
    const found = Object.values(this.rankings).find(
      (it) => it.bodies.includes(comune) && it.profile === profile && it.drawn < it.ranked.length,
    );
    return found?.rankingRef ?? null;
  }

  isUsable({ rankingRef, profile, contractType }: Values): boolean {
    const ranking = this.rankings[String(rankingRef)];
    if (ranking?.profile !== profile) return false;
    const { drawn, ranked } = orderFor(ranking!, contractType);
    return drawn < ranked.length;
  }

  /** Who is next, at a position or behind those who were called. */
  nextOf({ rankingRef, contractType, position }: Values): string | null {
    const ranking = this.rankings[String(rankingRef)];
    if (!ranking) return null;
    const { drawn, ranked } = orderFor(ranking, contractType);
    return ranked[Math.max(Number(position), drawn + 1) - 1] ?? null;
  }

  /** Somebody was called from a ranking. */
  call({ rankingRef, contractType }: Values, candidateRef: Json | undefined): void {
    const [ref, who] = [textIn(rankingRef), textIn(candidateRef)];
    if (ref === null || who === null) return;
    const call = { candidateRef: who, isFixed: contractType === 'FIXED' };
    this.#calls.set(ref, [...(this.#calls.get(ref) ?? []), call]);
    this.#order(ref);
  }

  /** Takes note of a case as it stands. */
  heed({ id, process, state }: WorldCase): void {
    const outcome = state.status === 'active' ? null : String(state.root.variables['caseOutcome']);
    switch (process) {
      case 'selection-needs-and-mobility':
        return this.#heedNeed(id, state, outcome);
      case 'selection-hiring':
        return this.#heedHire(id, state, outcome);
      case 'selection-single-list':
        return this.#heedList(id, state);
      case 'selection-competition':
        return this.#heedRanking(id, state, outcome);
      case 'selection-interpello':
      case 'selection-ranking-use':
        if (outcome !== 'withdrawn') return;
        this.#givenUp.add(String(state.root.variables['needRef']));
        this.#settle(String(state.root.variables['needRef']));
    }
  }

  #heedNeed(id: string, state: CaseState, outcome: string | null): void {
    const { variables } = state.root;
    const { profile, area, contractType, contractMonths, posts, channel, publishSubjectTo34bis } = variables;
    const { partTimePct, seat } = variables;
    const open = [...state.tasks.values()].map(({ element }) => element);
    if (open.includes('t_send34bis')) this.#stages.set(id, 'WAITING_34BIS');
    if (open.includes('t_chooseChannel')) this.#stages.set(id, 'OPEN');
    if (outcome !== null) this.#stages.set(id, stages[outcome] ?? 'WITHDRAWN');
    this.needs[id] = {
      ...{ needRef: id, comune: state.comune, profile: textIn(profile), area: textIn(area) },
      ...{ contractType: textIn(contractType), contractMonths: contractMonths ?? null },
      ...{ partTimePct: partTimePct ?? null, seat: textIn(seat) },
      ...{ posts: Number(posts), postsLeft: 0, channel: textIn(channel), state: '' },
      publishSubjectTo34bis: publishSubjectTo34bis === true,
    };
    this.#settle(id);
  }

  #heedHire(id: string, { root: { variables }, status }: CaseState, outcome: string | null): void {
    const isBroken = status === 'terminated' || status === 'failed';
    const hire: Hire = {
      needRef: textIn(variables['needRef']),
      listRef: textIn(variables['listRef']),
      rankingRef: textIn(variables['rankingRef']),
      candidateRef: textIn(variables['candidateRef']),
      contractType: textIn(variables['contractType']),
      isReturned: isBroken || (outcome !== null && returned.includes(outcome)),
    };
    this.hires.set(id, hire);
    const { needRef, listRef, rankingRef, candidateRef } = hire;
    if (needRef !== null) {
      this.#hiresOf.set(needRef, (this.#hiresOf.get(needRef) ?? new Set()).add(id));
      this.#settle(needRef);
    }
    if (rankingRef !== null) this.call(variables, candidateRef);
    const list = listRef === null ? undefined : this.lists[listRef];
    if (list && this.#isGone(listRef!, candidateRef))
      list.members = list.members.filter((it) => it.candidateRef !== candidateRef);
  }

  #heedList(id: string, { deadlines, status, comune, root: { variables } }: CaseState): void {
    if (status !== 'active') {
      delete this.lists[id];
      return;
    }
    const members = [...deadlines.values()].flatMap(({ id: deadline, status: standing, instance, plan }) =>
      deadline === 'DL_LIST_MEMBERSHIP' && standing === 'open' && instance !== null
        ? [{ candidateRef: instance, since: plan.base, until: plan.nominalDate }]
        : [],
    );
    this.lists[id] = {
      ...{ listRef: id, body: comune },
      bodies: listOf(variables['bodies']).map(String),
      profiles: listOf(variables['profiles']).map(String),
      members: members.filter(({ candidateRef }) => !this.#isGone(id, candidateRef)),
    };
  }

  /** Hired permanently from a list, so not on it any more. */
  #isGone(listRef: string, candidateRef: string | null): boolean {
    for (const it of this.hires.values())
      if (
        it.listRef === listRef &&
        it.candidateRef === candidateRef &&
        it.contractType === 'PERMANENT' &&
        !it.isReturned
      )
        return true;
    return false;
  }

  #heedRanking(
    id: string,
    { deadlines, comune, root: { variables } }: CaseState,
    outcome: string | null,
  ): void {
    const validity = [...deadlines.values()].findLast((it) => it.id === 'DL_RANKING_VALIDITY');
    const refsIn = (rows: readonly Values[]): string[] =>
      rows.map(({ candidateRef }) => String(candidateRef));
    const ranked = (...outcomes: string[]): string[] =>
      refsIn(rowsOf(variables['rankingFinal']).filter(({ outcome }) => outcomes.includes(String(outcome))));
    if (outcome === 'revoked' || !validity) delete this.rankings[id];
    else {
      this.rankings[id] = {
        ...{ rankingRef: id, body: comune, bodies: listOf(variables['bodies']).map(String) },
        ...{ profile: textIn(variables['profile']), validUntil: validity.plan.nominalDate },
        ...{ ranked: [], drawn: 0, forFixedTerm: null, contractType: textIn(variables['contractType']) },
        called: [
          ...(variables['needsState'] === 'LAPSED' ? [] : ranked('WINNER')),
          ...refsIn(rowsOf(variables['withdrawn'])),
        ],
        within: ranked('WINNER', 'ELIGIBLE'),
      };
      this.#order(id);
    }
  }

  /** Those who were called come first, then the others in order. */
  #order(rankingRef: string): void {
    const ranking = this.rankings[rankingRef];
    if (!ranking) return;
    const within = listOf(ranking['within']).map(String);
    const alreadyCalled = listOf(ranking['called']);
    const calls = this.#calls.get(rankingRef) ?? [];
    const orderAfter = (counted: readonly Call[]): RankingOrder => {
      const called = new Set([...alreadyCalled, ...counted.map(({ candidateRef }) => candidateRef)]);
      const first = within.filter((ref) => called.has(ref));
      return { ranked: [...first, ...within.filter((ref) => !called.has(ref))], drawn: first.length };
    };
    const isFixed = ranking['contractType'] === 'FIXED';
    Object.assign(ranking, orderAfter(isFixed ? calls : calls.filter((call) => !call.isFixed)));
    ranking.forFixedTerm = isFixed ? null : orderAfter(calls);
  }

  /** Posts that are left, and what the need has come to by them. */
  #settle(needRef: string): void {
    const need = this.needs[needRef];
    if (!need) return;
    const hires = [...(this.#hiresOf.get(needRef) ?? [])].map((id) => this.hires.get(id)!);
    need.postsLeft = Math.max(0, need.posts - hires.filter(({ isReturned }) => !isReturned).length);
    const stage = this.#stages.get(needRef) ?? 'OPEN';
    if (this.#givenUp.has(needRef)) need.state = 'WITHDRAWN';
    else if (stage === 'COVERED') need.state = need.postsLeft > 0 ? 'OPEN' : stage;
    else need.state = stage.startsWith('READY_') && need.postsLeft === 0 ? 'COVERED' : stage;
  }

  #needBefore(channel: string, comune: string, like?: NeedEntry): NeedEntry {
    const { random } = this;
    const needRef = `N-${++this.#before}`;
    const posts = random.weighted([
      [1, 0.8],
      [2, 0.2],
    ]);
    const profile = like?.profile ?? random.pick(profilesOfAll);
    const contractType = like?.['contractType'] ?? (random.chance(0.3) ? 'FIXED' : 'PERMANENT');
    this.needs[needRef] = {
      ...{ needRef, comune, profile, area: areaOf(profile), contractType },
      ...{ contractMonths: contractType === 'FIXED' ? 12 : null, posts, postsLeft: posts, channel },
      ...{ state: '', publishSubjectTo34bis: false },
    };
    this.#stages.set(needRef, `READY_${channel}`);
    this.#settle(needRef);
    return this.needs[needRef];
  }

  #listBefore(area: string, nr: number, start: string): void {
    const until = `${Number(start.slice(0, 4)) + 3}${start.slice(4)}`;
    const listRef = `L-${area}-${nr}`;
    this.lists[listRef] = {
      ...{
        listRef,
        area,
        body: this.ground.province,
        bodies: Object.keys(this.ground.comuni),
        profiles: [...profilesOf(area)],
      },
      members: Array.from({ length: this.random.between(50, 400) }, (_, at) => ({
        candidateRef: `K-${area.slice(0, 2)}${nr}-${String(at + 1).padStart(3, '0')}`,
        ...{ since: start, until },
      })),
    };
  }
}
