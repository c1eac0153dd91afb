import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { bodiesOf, mayAct } from '@iter/access';
import type { Act, Grant, Principal } from '@iter/access';
import type { ActorRef, Json, StoredEvent } from '@iter/event-store';
import { erasurePrefix } from '@iter/event-store';
import { readCheckpoints } from '@iter/event-store/checkpoints';
import { romeDate } from '@iter/legal-calendar';
import { fingerprintOf } from '@iter/platform/signatures';
import { labelsIn } from '../case-file/labels.ts';
import type { Labels } from '../case-file/labels.ts';
import { actorUnder, isPseudonym, masked, pseudonymise, pseudonymWith } from '../case-file/pseudonymise.ts';
import type { Pseudonym } from '../case-file/pseudonymise.ts';
import { PageOf, PageQuery } from '../dto/page.ts';
import { AccessesQuery, AuditEventsQuery } from '../dto/requests.ts';
import { FindingsQuery } from '../dto/replay.ts';
import { AccessDto, DeadlineDto, SignedCheckpointDto, StreamEventDto } from '../dto/views.ts';
import type { LabelDto } from '../dto/views.ts';
import { caseIdFrom } from '../http/ids.ts';
import { decodeCursor, encodeCursor, pageOf } from '../http/paging.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts, PageRequest } from '../ports.ts';
import { Caller } from '../session/session.ts';
import { createBoundCursors } from './bound-cursor.ts';
import { eventTypes } from './event-types.ts';
import { readBackwards } from './log-backwards.ts';
import { behindDay, isBefore } from './log-period.ts';

/** In the words of the process; null: it has none, or its versions differ. */
interface Called {
  readonly elementName: string | null;
  readonly deadlineLabel: LabelDto | null;
}

@ApiTags('audit')
@Controller('api/v1/audit')
export class AuditController {
  readonly #pseudonym: Pseudonym;
  readonly #cursors: ReturnType<typeof createBoundCursors>;

  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {
    this.#pseudonym = pseudonymWith(ports.pseudonymKey);
    this.#cursors = createBoundCursors(ports.pseudonymKey);
  }

  @Get('events')
  @ApiOperation({
    summary: 'The log, newest first, pseudonymised; of the bodies that the auditor has and theirs',
  })
  @PageOf(StreamEventDto)
  async events(@Caller() principal: Principal, @Query() query: AuditEventsQuery): Promise<unknown> {
    const { as } = this.#authorise(principal, 'ReadAuditEvents');
    const { type, role, body, process, from, to, caseId } = query;
    // Before it is recorded: what is no type may be anything that somebody typed.
    if (type !== undefined && !eventTypes.has(type)) throw new Problem('event-type-unknown');
    const isOurs = this.#scope(principal, as);
    const prefixes =
      caseId === undefined
        ? [cases, erasurePrefix, 'account-', 'body-', 'definition-', 'webhook-']
        : [cases, erasurePrefix].map((prefix) => `${prefix}${caseIdFrom(caseId)}`);
    const page = this.#page(as, principal, 'audit-events', query);
    const { found, next } = await readBackwards(this.ports.log, page, {
      prefixes,
      start: async () => (to === undefined ? null : behindDay(this.ports.log, to)),
      isOver: (event) => from !== undefined && isBefore(from, event),
      wanted: async (events) => {
        const asked = events.filter(
          (event) =>
            (type === undefined || event.type === type) &&
            (role === undefined || event.actor.role === role) &&
            (body === undefined || event.tenant === body) &&
            (from === undefined || romeDate(event.recordedAt) >= from) &&
            (to === undefined || romeDate(event.recordedAt) <= to) &&
            isOurs(event),
        );
        return process === undefined ? asked : this.#ofProcess(asked, process);
      },
    });
    const called = await this.#called(found);
    return {
      items: found.map((event) => {
        const { id, stream, revision, occurredAt, recordedAt, actor, data, position } = event;
        return {
          id,
          stream: isAccount(stream) ? `${accounts}${this.#pseudonym(stream.slice(accounts.length))}` : stream,
          revision,
          occurredAt,
          recordedAt,
          position,
          ...called(event),
          ...pseudonymise({ type: event.type, actor, data: named(data) }, this.#pseudonym),
        };
      }),
      nextCursor: page.cursorTo(next),
    };
  }

  @Get('accesses')
  @ApiOperation({ summary: 'Who read what, newest first' })
  @PageOf(AccessDto)
  async accesses(@Caller() principal: Principal, @Query() query: AccessesQuery): Promise<unknown> {
    const { pseudonymised, as } = this.#authorise(principal, 'ReadAccesses');
    const isOurs = this.#scope(principal, as);
    // What was read a moment ago waits to be written with what follows; the page tells as of when it is, and is not asked again
    // by itself.
    await this.ports.accessLog.flush();
    const { account } = query;
    const caseId = query.caseId === undefined ? undefined : caseIdFrom(query.caseId);
    // Whoever reads under pseudonyms asks by them: names could be tried else until one answers.
    const toldOf = (actor: ActorRef) => (pseudonymised ? actorUnder(this.#pseudonym, actor) : actor);
    const page = this.#page(as, principal, 'audit-accesses', {
      ...query,
      ...(account !== undefined && { account: this.#underPseudonym(account) }),
    });
    const { found, next } = await readBackwards(this.ports.log, page, {
      prefixes: ['access-'],
      wanted: async (events) =>
        events.filter((event) => {
          const { account: who, onBehalfOf } = toldOf(event.actor);
          return (
            (caseId === undefined || event.data['caseId'] === caseId) &&
            (account === undefined || [who, onBehalfOf].includes(account)) &&
            isOurs(event)
          );
        }),
    });
    const items = await Promise.all(
      found.map(async (event) => {
        const data =
          event.keyId === null ? event.data : (await this.ports.sealer.unseal(event.id, event.data)).data;
        const reason = (data['reason'] as string | undefined) ?? null;
        return {
          id: event.id,
          at: event.occurredAt,
          caseId: data['caseId'] ?? null,
          comune: event.tenant,
          actor: toldOf(event.actor),
          what: data['what'],
          detail: pseudonymised ? this.#detailUnder(data) : (data['detail'] ?? null),
          reason: reason !== null && pseudonymised ? masked : reason,
        };
      }),
    );
    return { items, nextCursor: page.cursorTo(next) };
  }

  @Get('checkpoints')
  @ApiOperation({ summary: 'What the house has vouched for of the log, newest first: to be kept elsewhere' })
  @PageOf(SignedCheckpointDto)
  async checkpoints(@Caller() principal: Principal, @Query() query: PageQuery): Promise<unknown> {
    this.#authorise(principal, 'ReadCheckpoints');
    const { limit, cursor } = pageOf(query);
    const from = decodeCursor(cursor, 'number');
    if (from !== null && !(Number.isSafeInteger(from) && from >= 0)) throw new Problem('cursor-invalid');
    const found = await readCheckpoints(this.ports.log, {
      ...{ direction: 'backwards', limit },
      ...(from !== null && { from }),
    });
    const next = (found.at(-1)?.checkpoint.number ?? 1) - 2;
    return {
      items: found.map((signed) => ({ ...signed, fingerprint: fingerprintOf(signed) })),
      nextCursor: found.length === limit && next >= 0 ? encodeCursor(next) : null,
    };
  }

  @Get('findings')
  @ApiOperation({ summary: 'Terms of all cases to which a question is answered by yes, by their safe dates' })
  @PageOf(DeadlineDto)
  async findings(@Caller() principal: Principal, @Query() query: FindingsQuery): Promise<unknown> {
    const { as } = this.#authorise(principal, 'ReadAuditEvents');
    const { limit, cursor, cursorTo } = this.#page(as, principal, 'audit-findings', query);
    const { question, year, deadline, term } = query;
    const { items, nextCursor } = await this.ports.views.findings(
      principal,
      { question, year, ...(deadline !== undefined && { deadline }), ...(term !== undefined && { term }) },
      { limit, cursor },
    );
    return { items, nextCursor: cursorTo(nextCursor) };
  }

  /** How the processes of these cases call what their events are about. */
  async #called(events: readonly StoredEvent[]): Promise<(event: StoredEvent) => Called> {
    const { log, catalog, catalogue } = this.ports;
    const streams = [...new Set(events.map(({ stream }) => stream))].filter(isCase);
    const of = new Map<string, Promise<Labels>>();
    const labelled = (hash: string): Promise<Labels> | undefined => {
      const definition = catalog.byHash(hash);
      if (definition && !of.has(hash)) of.set(hash, labelsIn(definition, catalog, catalogue));
      return of.get(hash);
    };
    const ofStream = new Map(
      await Promise.all(
        streams.map(async (stream) => {
          // What it began with stands in clear.
          const [began] = await log.readStream(stream, { limit: 1 });
          return [stream, await labelled(String(began?.data['definition']))] as const;
        }),
      ),
    );
    return ({ stream, data }) => {
      const named = ofStream.get(stream);
      const text = (name: string) => (typeof data[name] === 'string' ? data[name] : '');
      return {
        elementName: named?.element(text('element') || text('flow')) ?? null,
        deadlineLabel: named?.deadline(text('id')) ?? null,
      };
    };
  }

  #authorise(principal: Principal, act: Act) {
    const decision = mayAct(principal, act, {});
    if (!decision.allowed) throw new Problem('not-authorised', { detail: decision.message });
    return decision;
  }

  /**
   * Reading is recorded with what was asked for, once however many pages the answer has: who goes on has a cursor that was
   * given to them for this very question.
   * @throws Problem `cursor-invalid` with any other
   */
  #page({ role, body }: Grant, { account }: Principal, what: string, asked: PageQuery): AskedPage {
    const { limit, cursor: given } = pageOf(asked);
    const { cursor: _, limit: __, ...filter } = { ...asked } as Record<string, string | number | undefined>;
    const told = Object.entries(filter).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    );
    const question = [account, what, ...told.toSorted(([a], [b]) => (a < b ? -1 : 1)).flat()];
    const cursor = given === null ? null : this.#cursors.opened(given, question);
    const detail = told.map(([name, value]) => `${name}=${this.#understood(name, value)}`).join(' ');
    if (cursor === null)
      this.ports.accessLog.record({
        ...{ caseId: null, comune: body, account, role, body, what },
        ...{ detail: detail === '' ? null : detail, reason: null },
      });
    return { limit, cursor, cursorTo: (to) => (to === null ? null : this.#cursors.to(to, question)) };
  }

  /** As it is recorded: what names nothing here finds nothing, and may be anything that somebody typed. */
  #understood(name: string, value: string | number): string | number {
    const { bodies, catalog, catalogue } = this.ports;
    const known: Readonly<Record<string, (it: string) => boolean>> = {
      body: (ipa) => bodies.exists(ipa),
      process: (key) => catalog.versions(key).length > 0,
      // Only what speaks of it is read.
      deadline: (id) =>
        catalog
          .list()
          .flatMap(({ key }) => catalog.versions(key))
          .some(
            ({ key, version, xml }) =>
              xml.includes(`"${id}"`) && catalog.find(key, version)?.model.deadlines.has(id),
          ),
      term: (key) => catalogue.terms().some((term) => term.key === key),
    };
    return known[name]?.(String(value)) === false ? '?' : value;
  }

  #underPseudonym(account: string): string {
    return isPseudonym(account) ? account : this.#pseudonym(account);
  }

  /** What was asked for once named accounts, and lies so in the log. */
  #detailUnder({ what, detail }: StoredEvent['data']): Json {
    if (what !== 'audit-accesses' || typeof detail !== 'string') return detail ?? null;
    return detail.replace(/(?<=(?:^| )account=).*?(?= caseId=|$)/, (account) =>
      this.#underPseudonym(account),
    );
  }

  /**
   * Whether a fact is of the bodies that somebody audits: those of the role that allows it, and those that they serve. What is
   * recorded of bodies and processes is public in the whole house; what is of a person, where that person works.
   */
  #scope({ grants, serves }: Principal, as: Grant): (event: StoredEvent) => boolean {
    const audited = new Set(bodiesOf({ grants: grants.filter(({ role }) => role === as.role), serves }));
    return ({ stream, tenant }) =>
      audited.has(tenant) ||
      stream.startsWith('body-') ||
      stream.startsWith('definition-') ||
      (isAccount(stream) &&
        (this.ports.accounts.find(stream.slice(accounts.length))?.grants ?? []).some(({ body }) =>
          audited.has(body),
        ));
  }

  /** Those that are of cases of a process. */
  async #ofProcess(events: readonly StoredEvent[], process: string): Promise<readonly StoredEvent[]> {
    const ids = [...new Set(events.flatMap(({ stream }) => caseOf(stream) ?? []))];
    const of = new Set<string | null>(
      ids.length === 0 ? [] : await this.ports.views.operator.ofProcess(process, ids),
    );
    return events.filter(({ stream }) => of.has(caseOf(stream)));
  }
}

/** A page of one question. */
interface AskedPage extends PageRequest {
  /** For whoever asks the same question: the next page. Null: there is none. */
  readonly cursorTo: (next: string | null) => string | null;
}

const accounts = 'account-';
const cases = 'case-';
const isAccount = (stream: string): boolean => stream.startsWith(accounts);
const isCase = (stream: string): boolean => stream.startsWith(cases);
/** The case that a stream is about: its own, or that of its erasure. */
function caseOf(stream: string): string | null {
  const prefix = [cases, erasurePrefix].find((it) => stream.startsWith(it));
  return prefix === undefined ? null : stream.slice(prefix.length);
}

/** Sealed fields are named, not opened: the auditor sees that they are there. */
function named(data: StoredEvent['data']): object {
  const { $sealed, ...clear } = data;
  const boxes = Object.values(($sealed ?? {}) as Record<string, { fields?: readonly string[] }>);
  return {
    ...clear,
    ...Object.fromEntries(boxes.flatMap(({ fields = [] }) => fields.map((name) => [name, masked]))),
  };
}
