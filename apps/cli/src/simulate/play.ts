import { roles } from '@iter/access';
import { openJob, registerPage } from '@iter/reactions';
import type { Role } from '@iter/access';
import type { EventOf, Key, Variables } from '@iter/engine';
import { italianCalendar, romeDate } from '@iter/legal-calendar';
import { Heap } from '../world/bells.ts';
import type { Answer, WorldCase } from '../world/world.ts';
import { beginOf, channels } from './arrivals.ts';
import type { Arriving, Begin } from './arrivals.ts';
import { behaviour } from './behaviour.ts';
import type { Manner } from './behaviour.ts';
import { fillForm, withSlip } from './fill-form.ts';
import type { Filling, Values } from './fill-form.ts';
import { habitOf } from './habits/index.ts';
import { Labels } from './labels.ts';
import { afterOfficeDays, officeOnOrAfter } from './office-hours.ts';
import { enrolmentsOf, level1Of, outsiders, repliesOf } from './outside.ts';
import type { Random } from './random.ts';
import type { SimulatedRegisters } from './registers.ts';
import type { Stage } from './stage.ts';
import { Tally } from './tally.ts';
import { isBefore, ringsOnTheWay, takeTogether } from './together.ts';
import type { Planned } from './together.ts';
import { Turns } from './turns.ts';

type JobCreated = EventOf<'JobCreated'>['data'];

/** What was there in a case by the last look, and how often each of it: keys are others in each system. */
interface Seen {
  readonly keys: Set<Key>;
  readonly times: Map<string, number>;
}

/** Something that has come up in a case, and what puts on the agenda what follows. */
interface News {
  readonly name: string;
  plan(): void;
}

/** So often somebody tries to complete a task before it is given up. */
const mostTries = 6;
const dayMs = 24 * 60 * 60_000;
/**
 * The people of a Province and its Comuni at work in a world: what arrives, who does which task when, what others send, what
 * is written wrongly and done again. The clock moves from one thing to the next, and bells ring on the way.
 */
export class Play {
  readonly tally = new Tally();
  readonly #calendar = italianCalendar();
  readonly #agenda = new Heap<Planned>(isBefore);
  readonly #manners = new Map<string, Manner>();
  /** Tasks, jobs, waits, escalations and incidents that somebody has on the agenda, by case. */
  readonly #seen = new Map<WorldCase, Seen>();
  readonly #turns: Turns<Omit<Planned, 'nr'>>;
  readonly #labels: Labels;
  readonly #chances: Random;
  #planned = 0;

  constructor(
    private readonly world: Stage,
    private readonly registers: SimulatedRegisters,
    random: Random,
    /** Told of each case to which something has happened, once all has been planned that follows. */
    private readonly looked: (it: WorldCase) => void,
  ) {
    this.#turns = new Turns(random);
    this.#labels = new Labels(world.run);
    this.#chances = random;
  }

  private get random(): Random {
    return this.#turns.random;
  }

  arrive(arrivals: readonly Arriving[]): void {
    for (const [nth, { at, kind }] of arrivals.entries()) {
      const name = `${kind} ${nth}`;
      this.#plan(at, null, name, () => this.#begin(kind, name));
    }
  }

  /**
   * Plays until an instant.
   * @param onDay told about every day that has passed
   */
  async until(end: string, onDay: (now: string) => void = () => undefined): Promise<void> {
    let day = '';
    for (;;) {
      const next = this.#agenda.peek();
      const limit = next && next.at < end ? next.at : end;
      const bell = this.world.nextBell(limit);
      if (bell && !ringsOnTheWay(bell, next, end, this.world.crowd)) {
        await this.world.ringNext(limit);
      } else if (next && next.at <= end) {
        const together = takeTogether(this.#agenda, end, this.world.crowd);
        await this.world.advance(together.at(-1)!.at);
        await this.#act(together);
      } else break;
      await this.#lookAround();
      if (this.world.now.slice(0, 10) !== day) onDay((day = this.world.now.slice(0, 10)));
    }
    await this.world.advance(end);
  }

  /** Everybody at once, each with chances of their own. */
  async #act(together: readonly Planned[]): Promise<void> {
    if (!this.world.crowd) return together[0]!.act();
    const plans = await this.#turns.atOnce(together);
    for (const { at, of, name, act } of plans) this.#plan(at, of, name, act);
  }

  #plan(at: string, of: WorldCase | null, name: string, act: () => Promise<void>): void {
    if (!this.#turns.keep({ at, of, name, act }))
      this.#agenda.push({ at, nr: this.#planned++, of, name, act });
  }

  /** @param nth who has no reason yet asks for a need the first time, and comes again */
  async #begin(kind: string, name: string, nth = 1): Promise<void> {
    const begin = beginOf(kind, this.registers, this.random, this.world.now);
    if (nth > 1) this.tally.waiting--;
    if (!begin) {
      this.tally.waiting++;
      const channel = channels[kind];
      const again = afterOfficeDays(this.#calendar, this.world.now, 10);
      const next = `${name} again`;
      this.#plan(again, null, next, () => this.#begin(kind, next, nth + 1));
      if (channel === undefined || nth > 1) return;
      this.registers.selection.want(channel);
      return this.#begin('need', name);
    }
    const answer = begin.message === undefined ? await this.#fillIn(begin) : await this.#tell(begin);
    this.tally.commands++;
    if (answer.done) {
      this.tally.started(begin.process, begin.message ?? '');
      if (answer.case) this.#labels.give(answer.case, name);
    } else this.tally.refused(`start ${begin.process}`, answer.code);
  }

  #tell({ message, given, body }: Begin): Promise<Answer> {
    return this.world.send({ name: message!, correlationKey: null, variables: given, body });
  }

  async #fillIn({ process, body, role, given }: Begin): Promise<Answer> {
    const form = this.world.startFormOf(process, body);
    const who = this.world.inRole(role, body);
    if (!form) return this.world.start(process, who, given, { body });
    const nr = this.registers.nextNumber();
    const filling = this.#filling(form.element, `${process}#${this.world.run ?? ''}${nr}`, '', body, given);
    const values = fillForm(form, filling);
    if (this.random.chance(behaviour.wrong)) {
      const slip = withSlip(form.form, values, filling);
      if (slip) {
        this.tally.commands++;
        this.tally.slips++;
        const answer = await this.world.start(process, who, slip, { body });
        if (answer.done) {
          this.tally.slipsTaken++;
          return answer;
        }
      }
    }
    return this.world.start(process, who, values, { body });
  }

  #filling(element: string, caseName: string, caseId: string, comune: string, given: Values = {}): Filling {
    const { random, registers } = this;
    const { now } = this.world;
    const calendar = this.#calendar;
    return {
      ...{ random, now, calendar },
      prefer: (key, seen, row) =>
        Object.hasOwn(given, key)
          ? given[key]
          : habitOf(
              element,
              key,
            )?.({ random, registers, calendar, now, caseName, caseId, comune, seen, row }),
    };
  }

  /** Puts on the agenda what has come up since the last look. */
  async #lookAround(): Promise<void> {
    const touched = [...this.world.touched];
    this.world.touched.clear();
    if (!this.world.crowd) for (const it of touched) for (const { plan } of this.#newsOf(it)) plan();
    else {
      const turns = this.#labels
        .inOrder(touched)
        .flatMap((it) => [...this.#newsOf(it)])
        .map(({ name, plan }) => ({ name: `look ${name}`, act: () => Promise.resolve(plan()) }));
      const plans = await this.#turns.atOnce(turns);
      for (const { at, of, name, act } of plans) this.#plan(at, of, name, act);
    }
    for (const it of touched) this.looked(it);
  }

  #newsOf(it: WorldCase): readonly News[] {
    const { state } = it;
    this.registers.selection.heed(it);
    if (state.status !== 'active') {
      this.#seen.delete(it);
      return [];
    }
    let seen = this.#seen.get(it);
    if (!seen) {
      this.#seen.set(it, (seen = { keys: new Set(), times: new Map() }));
      const { comune, process } = state;
      this.registers.keepCase(it.id, { case: it.id, process, comune, state: 'active', outcome: null });
    }
    const label = this.world.crowd ? this.#labels.of(it) : it.name;
    const news: News[] = [];
    const heed = (key: Key, what: string, plan: (name: string) => void): void => {
      if (seen.keys.has(key)) return;
      seen.keys.add(key);
      const nth = (seen.times.get(what) ?? 0) + 1;
      seen.times.set(what, nth);
      const name = `${label} ${what} ${nth}`;
      news.push({ name, plan: () => plan(name) });
    };
    for (const { key, element } of state.tasks.values())
      heed(key, element, (name) => this.#planTask(it, key, element, name));
    for (const { key } of state.jobs.values()) heed(key, 'job', (name) => this.#planJob(it, key, name));
    for (const { key, name: message, correlationKey } of state.subscriptions.values())
      heed(key, message, (name) => this.#planMessage(it, key, message, correlationKey, name));
    for (const { key } of state.incidents.values())
      heed(key, 'incident', (name) => this.#planIncident(it, key, name));
    for (const { key } of state.escalations.values())
      heed(key, 'escalation', (name) => this.#planEscalation(it, key, name));
    return news;
  }

  #mannerOf(desk: string): Manner {
    let manner = this.#manners.get(desk);
    if (!manner) {
      // Its own chances: whoever comes there first draws nothing for the others.
      manner = this.#chances.fork(`manner ${desk}`).weighted(behaviour.manners);
      this.#manners.set(desk, manner);
    }
    return manner;
  }

  #planTask(it: WorldCase, key: Key, element: string, name: string): void {
    const { random, world } = this;
    const role = this.#roleOf(it, key);
    const manner = this.#mannerOf(
      `${role}/${role === 'COMUNE_HR' || role === 'STRUCTURE_HEAD' ? it.state.comune : ''}`,
    );
    const [least, most] = behaviour.officeDays[manner];
    let days = least + random.next() * (most - least);
    const isAbsent = random.chance(behaviour.absent);
    if (isAbsent) {
      this.tally.absences++;
      days += random.between(...behaviour.absentDays);
    }
    let at = afterOfficeDays(this.#calendar, world.now, days);
    if (!isAbsent && random.chance(behaviour.heedsTerms[manner])) {
      const due = this.#dueOf(it);
      if (due !== null && due < at) at = due > world.now ? due : officeOnOrAfter(this.#calendar, world.now);
    }
    this.#plan(at, it, name, () => this.#complete(it, key, element, role, 1, name));
  }

  /** Halfway to the day until which it is safe to act, of the nearest term of the case; null: none runs. */
  #dueOf({ state }: WorldCase): string | null {
    let nearest: number | null = null;
    for (const { status, plan, nature } of state.deadlines.values()) {
      if (status !== 'open' || nature === 'DILATORY') continue;
      const safe = Date.parse(plan.safeActionDate ?? plan.legalDueDate);
      if (nearest === null || safe < nearest) nearest = safe;
    }
    if (nearest === null) return null;
    const now = Date.parse(this.world.now);
    return new Date(now + Math.max(0, (nearest - now) / 2)).toISOString();
  }

  #roleOf(it: WorldCase, key: Key): Role {
    const role = this.world.roleOf(it, key);
    return (roles as readonly string[]).includes(role) ? (role as Role) : 'DESK_OPERATOR';
  }

  async #complete(
    it: WorldCase,
    key: Key,
    element: string,
    role: Role,
    nth: number,
    name: string,
  ): Promise<void> {
    if (!it.state.tasks.has(key)) return;
    const { world, random, tally } = this;
    const again = (days: number, next: number): void => {
      const at = afterOfficeDays(this.#calendar, world.now, days);
      const called = `${name} again`;
      this.#plan(at, it, called, () => this.#complete(it, key, element, role, next, called));
    };
    if (it.state.suspended) return again(5, nth);
    const who = await world.whoMayTake(it, key);
    const open = world.formOf(it, key);
    const filling = this.#filling(element, it.name, it.id, it.state.comune);
    const values = open ? fillForm(open, filling) : {};
    const slip = open && nth === 1 && random.chance(behaviour.wrong) && withSlip(open.form, values, filling);
    const command = { type: 'CompleteUserTask', key, variables: slip || values } as const;
    tally.commands++;
    const answer = await world.execute(it, who, command);
    if (slip) {
      tally.slips++;
      if (!answer.done) return again(random.next(), 2);
      tally.slipsTaken++;
    }
    if (!answer.done) {
      tally.refused(element, answer.code);
      const details = [
        answer.message,
        ...(answer.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
      ];
      if (nth < mostTries) again(random.between(1, 3) * nth, nth + 1);
      else tally.stuckAt(`${it.process} ${element}`, `${it.name}: ${answer.code}: ${details.join('; ')}`);
      return;
    }
    tally.tasks++;
    await this.#afterwards(it, element, command.variables, name);
  }

  /** What follows outside the case: posts and lists change, persons of a list reply. */
  async #afterwards(it: WorldCase, element: string, given: Variables, name: string): Promise<void> {
    const variables = it.state.root.variables;
    switch (element) {
      case 't_sendInterpello':
        for (const { candidateRef, days, reply } of repliesOf(variables['asked'], this.random)) {
          const at = new Date(Date.parse(this.world.now) + days * dayMs + 60_000).toISOString();
          this.#plan(at, it, `${name} ${candidateRef}`, () =>
            this.#send(it, 'interpelloReply', null, { candidateRef, reply }),
          );
        }
        break;
      case 't_publishEdition':
        for (const [nth, { days, variables: who }] of enrolmentsOf(this.registers, this.random).entries()) {
          const at = new Date(Date.parse(this.world.now) + days * dayMs + 60_000).toISOString();
          this.#plan(at, it, `${name} ${nth}`, () => this.#send(it, 'enrolled', null, who));
        }
        break;
      case 't_setup':
        await this.world.recordConvention?.(it);
        break;
      case 't_handOver':
        await this.#stopStarts(it, String(given['exitedAt']));
        break;
      case 't_drawNext':
        this.registers.selection.call(variables, given['candidateRef']);
        break;
    }
  }

  #planJob(it: WorldCase, key: Key, name: string): void {
    if (this.world.hasWorkers) return;
    const created = it.events.findLast((event) => event.type === 'JobCreated' && event.data.key === key);
    if (created?.type !== 'JobCreated') return;
    const { element } = created.data;
    const at = new Date(Date.parse(this.world.now) + 60_000).toISOString();
    const complete = async (): Promise<void> => {
      if (!it.state.jobs.has(key)) return;
      this.tally.commands++;
      this.tally.jobs++;
      const variables = await this.#work(it, created.data);
      const answer = await this.world.execute(it, this.world.system, { type: 'CompleteJob', key, variables });
      if (!answer.done) this.tally.refused(`job ${element}`, answer.code);
    };
    if (!this.random.chance(behaviour.jobFails)) return this.#plan(at, it, name, complete);
    this.#plan(at, it, name, async () => {
      this.tally.commands++;
      const failed = { type: 'FailJob', key, retries: 2, message: 'Casella non raggiungibile.' } as const;
      const answer = await this.world.execute(it, this.world.system, failed);
      if (!answer.done) this.tally.refused('job', answer.code);
      this.#plan(new Date(Date.parse(at) + 5 * 60_000).toISOString(), it, `${name} again`, complete);
    });
  }

  /** What a worker of the house gives back: of the staff of a Comune the next page; a notice brings nothing. */
  async #work(it: WorldCase, created: JobCreated): Promise<Variables> {
    const { key, jobType: type, element, headers, retries } = created;
    const job = openJob(it.state, key);
    if (job && type === 'survey-totals') return this.#level1(it);
    if (!job || type !== 'register-page') return {};
    const read = registerPage({
      jobNow: async () => job,
      staff: async (ipa, after, limit) => this.registers.staff(ipa, after, limit),
    });
    const id = `${it.id}.${key}`;
    return read({
      kind: 'job',
      id,
      job: id,
      caseId: it.id,
      name: type,
      key,
      type,
      element,
      headers,
      retries,
    });
  }

  /** What the participants have said; of some editions nobody collected it. */
  #level1(it: WorldCase): Variables {
    const { participants } = it.state.root.variables;
    const invited = Array.isArray(participants) ? participants.length : 0;
    return { totals: this.random.chance(0.8) ? level1Of(invited, this.random) : null };
  }

  #planMessage(it: WorldCase, key: Key, message: string, correlationKey: string | null, name: string): void {
    const outsider = outsiders[message];
    const { random } = this;
    if (!outsider || !random.chance(outsider.share)) return;
    const [least, most] = outsider.days;
    const later = Date.parse(this.world.now) + (least + random.next() * (most - least)) * dayMs + 60_000;
    const at = new Date(later).toISOString();
    this.#plan(at, it, name, async () => {
      if (!it.state.subscriptions.has(key)) return;
      await this.#send(it, message, correlationKey, outsider.variables?.(random, at, it.state) ?? {});
    });
  }

  async #stopStarts(it: WorldCase, on: string): Promise<void> {
    this.registers.stopStarts(it.state.comune, on);
    await this.world.stopStarts?.(it, on);
  }

  async #send(
    it: WorldCase,
    name: string,
    correlationKey: string | null,
    variables: Variables,
  ): Promise<void> {
    this.tally.commands++;
    const answer = await this.world.send({ name, correlationKey, variables }, it);
    if (answer.done) this.tally.messages++;
    else this.tally.refused(`message ${name}`, answer.code);
    // Nobody goes on with an annulment before the register lets no more cases begin.
    if (answer.done && name === 'conventionAnnulled') await this.#stopStarts(it, romeDate(this.world.now));
  }

  #planEscalation(it: WorldCase, key: Key, name: string): void {
    if (!this.random.chance(behaviour.acknowledges)) return;
    const at = afterOfficeDays(this.#calendar, this.world.now, this.random.next());
    const raised = it.events.findLast(({ type, data }) => type === 'EscalationRaised' && data.key === key);
    const to = raised?.type === 'EscalationRaised' ? raised.data.to : [];
    const role = roles.find((each) => to.includes(each));
    if (!role) return;
    this.#plan(at, it, name, async () => {
      if (!it.state.escalations.has(key)) return;
      this.tally.commands++;
      const command = { type: 'AcknowledgeEscalation', key, note: 'Me ne occupo.' } as const;
      const answer = await this.world.execute(it, this.world.inRole(role, it.state.comune), command);
      if (answer.done) this.tally.acknowledged++;
      else this.tally.refused('escalation', answer.code);
    });
  }

  #planIncident(it: WorldCase, key: Key, name: string): void {
    const at = afterOfficeDays(this.#calendar, this.world.now, 0.5 + this.random.next() * 2);
    this.#plan(at, it, name, async () => {
      if (!it.state.incidents.has(key)) return;
      this.tally.commands++;
      const command = { type: 'ResolveIncident', key, resolution: 'Esaminato e annotato.' } as const;
      const answer = await this.world.execute(
        it,
        this.world.inRole('DESK_SUPERVISOR', it.state.comune),
        command,
      );
      if (answer.done) this.tally.incidentsResolved++;
      else this.tally.refused('incident', answer.code);
    });
  }
}
