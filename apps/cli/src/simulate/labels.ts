import { createHash } from 'node:crypto';
import type { WorldCase } from '../world/world.ts';

/** Ids, and the time of day: in a running system they are others each time. */
const passing = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|T\d\d:\d\d:[\d.]+(?:Z|[+-]\d\d:\d\d)?/g;

const digest = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);

type Among = ReadonlyMap<string, WorldCase>;

/** What cases of a running system are called here, whose names and ids are others each time. */
export class Labels {
  /** By case. */
  readonly #known = new Map<string, string>();
  /** How many cases are alike but for when they began. */
  readonly #alike = new Map<string, number>();

  /** @param run stands before the numbers of cases, and is another each time */
  constructor(private readonly run: string | undefined) {}

  /** Calls a case as who began it says. */
  give({ id }: WorldCase, label: string): void {
    this.#known.set(id, label);
  }

  /** Cases by their labels, whatever was read first. */
  inOrder(cases: readonly WorldCase[]): readonly WorldCase[] {
    const among = new Map(cases.map((it) => [it.id, it]));
    return cases
      .map((it) => ({ it, label: this.of(it, among) }))
      .sort((a, b) => (a.label < b.label ? -1 : 1))
      .map(({ it }) => it);
  }

  /**
   * By who began the case, else by which case began it and with what.
   * @param among cases that are labelled as well
   */
  of(it: WorldCase, among: Among = new Map()): string {
    const known = this.#known.get(it.id);
    if (known !== undefined) return known;
    const alike = digest([it.process, it.state.comune, ...this.#originOf(it, among)]);
    const nth = (this.#alike.get(alike) ?? 0) + 1;
    this.#alike.set(alike, nth);
    const label = `${it.process} ${alike} ${nth}`;
    this.#known.set(it.id, label);
    return label;
  }

  #originOf({ events }: WorldCase, among: Among): readonly string[] {
    const [first] = events;
    const given = first?.type === 'CaseStarted' ? JSON.stringify(first.data.variables) : '';
    const lasting = given.replaceAll(passing, '').replaceAll(this.run ?? passing, '');
    const link = events.find((event) => event.type === 'CaseLinked' && event.data.relation === 'started-by');
    if (link?.type !== 'CaseLinked') return [lasting];
    const starter = among.get(link.data.case);
    const by = starter ? this.of(starter, among) : this.#known.get(link.data.case);
    return [lasting, by ?? '', link.data.element];
  }
}
