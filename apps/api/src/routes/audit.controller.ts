import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { mayAct } from '@iter/access';
import type { Act, Grant, Principal } from '@iter/access';
import type { Position, StoredEvent } from '@iter/event-store';
import { readCheckpoints } from '@iter/event-store/checkpoints';
import { romeDate } from '@iter/legal-calendar';
import { fingerprintOf } from '@iter/platform/signatures';
import { labelsIn } from '../case-file/labels.ts';
import type { Labels } from '../case-file/labels.ts';
import { actorUnder, masked, pseudonymise, pseudonymWith } from '../case-file/pseudonymise.ts';
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
import type { ApiPorts } from '../ports.ts';
import { Caller } from '../session/session.ts';
import { behindDay } from './log-period.ts';

/** In the words of the process; null: it has none, or its versions differ. */
interface Called {
  readonly elementName: string | null;
  readonly deadlineLabel: LabelDto | null;
}

/** Events looked at for one answer: a rare filter is answered in several pages, some of them short. */
const looked = 5_000;

@ApiTags('audit')
@Controller('api/v1/audit')
export class AuditController {
  readonly #pseudonym: Pseudonym;

  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {
    this.#pseudonym = pseudonymWith(ports.pseudonymKey);
  }

  @Get('events')
  @ApiOperation({
    summary: 'The log, newest first, pseudonymised; of the bodies that the auditor has and theirs',
  })
  @PageOf(StreamEventDto)
  async events(@Caller() principal: Principal, @Query() query: AuditEventsQuery): Promise<unknown> {
    const { as } = this.#authorise(principal, 'ReadAuditEvents');
    this.#record(as, principal, 'audit-events', query);
    const { type, role, body, process, from, to, caseId } = query;
    const isOurs = this.#scope(principal, as);
    const prefixes =
      caseId === undefined
        ? ['case-', 'account-', 'body-', 'definition-', 'webhook-']
        : [`case-${caseIdFrom(caseId)}`];
    const { found, nextCursor } = await this.#backwards(query, prefixes, {
      start: async () => (to === undefined ? null : behindDay(this.ports.log, to)),
      // Clocks differ by moments: what was recorded at midnight may stand beside what was before.
      isOver: ({ recordedAt }) => from !== undefined && romeDate(recordedAt) < dayBefore(from),
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
      nextCursor,
    };
  }

  @Get('accesses')
  @ApiOperation({ summary: 'Who read what, newest first' })
  @PageOf(AccessDto)
  async accesses(@Caller() principal: Principal, @Query() query: AccessesQuery): Promise<unknown> {
    const { pseudonymised, as } = this.#authorise(principal, 'ReadAccesses');
    this.#record(as, principal, 'audit-accesses', query);
    const isOurs = this.#scope(principal, as);
    const caseId = query.caseId === undefined ? undefined : caseIdFrom(query.caseId);
    const { found, nextCursor } = await this.#backwards(query, ['access-'], {
      wanted: async (events) =>
        events.filter(
          (event) =>
            (caseId === undefined || event.data['caseId'] === caseId) &&
            (query.account === undefined ||
              [event.actor.account, event.actor.onBehalfOf].includes(query.account)) &&
            isOurs(event),
        ),
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
          actor: pseudonymised ? actorUnder(this.#pseudonym, event.actor) : event.actor,
          what: data['what'],
          detail: data['detail'] ?? null,
          reason: reason !== null && pseudonymised ? masked : reason,
        };
      }),
    );
    return { items, nextCursor };
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
  findings(@Caller() principal: Principal, @Query() query: FindingsQuery): Promise<unknown> {
    const { as } = this.#authorise(principal, 'ReadAuditEvents');
    this.#record(as, principal, 'audit-findings', query);
    const { question, year, deadline, term } = query;
    return this.ports.views.findings(
      principal,
      { question, year, ...(deadline !== undefined && { deadline }), ...(term !== undefined && { term }) },
      pageOf(query),
    );
  }

  /** How the processes of these cases call what their events are about. */
  async #called(events: readonly StoredEvent[]): Promise<(event: StoredEvent) => Called> {
    const { log, catalog, catalogue } = this.ports;
    const streams = [...new Set(events.map(({ stream }) => stream))].filter((it) => it.startsWith('case-'));
    const of = new Map<string, Labels>();
    const labelled = (hash: string): Labels | undefined => {
      const definition = catalog.byHash(hash);
      if (definition && !of.has(hash)) of.set(hash, labelsIn(definition, catalog, catalogue));
      return of.get(hash);
    };
    const ofStream = new Map(
      await Promise.all(
        streams.map(async (stream) => {
          // What it began with stands in clear.
          const [began] = await log.readStream(stream, { limit: 1 });
          return [stream, labelled(String(began?.data['definition']))] as const;
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

  /** Reading is recorded with what was asked for, once however many pages the answer has. */
  #record({ role, body }: Grant, { account }: Principal, what: string, asked: PageQuery): void {
    const { cursor, limit: _, ...filter } = { ...asked } as Record<string, string | undefined>;
    if (cursor !== undefined) return;
    const detail = Object.entries(filter)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ');
    this.ports.accessLog.record({
      ...{ caseId: null, comune: body, account, role, body, what },
      ...{ detail: detail === '' ? null : detail, reason: null },
    });
  }

  /**
   * Whether a fact is of the bodies that somebody audits: those of the role that allows it, and those that they serve. What is
   * recorded of bodies and processes is public in the whole house; what is of a person, where that person works.
   */
  #scope({ grants, serves }: Principal, as: Grant): (event: StoredEvent) => boolean {
    const audited = new Set(
      grants.filter(({ role }) => role === as.role).flatMap(({ body }) => [body, ...(serves[body] ?? [])]),
    );
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
    const ids = [
      ...new Set(events.flatMap(({ stream }) => (isCase(stream) ? [stream.slice(cases.length)] : []))),
    ];
    const rows = ids.length === 0 ? [] : await this.ports.views.operator.find({ ids });
    const of = new Set(rows.filter((row) => row.process === process).map(({ id }) => `${cases}${id}`));
    return events.filter(({ stream }) => of.has(stream));
  }

  /** A page of the log backwards. The cursor names the append to go on before; appends are not split. */
  async #backwards(
    query: AuditEventsQuery | AccessesQuery,
    prefixes: readonly string[],
    sought: {
      /** Where the first page begins; null: at the end. */
      readonly start?: () => Promise<Position | null>;
      /** Whether nothing before this one is sought any more. */
      readonly isOver?: (event: StoredEvent) => boolean;
      readonly wanted: (events: readonly StoredEvent[]) => Promise<readonly StoredEvent[]>;
    },
  ): Promise<{ readonly found: readonly StoredEvent[]; readonly nextCursor: string | null }> {
    const { limit, cursor } = pageOf(query);
    let after: Position | null = decodeCursor(cursor, 'string') ?? (await sought.start?.()) ?? null;
    const found: StoredEvent[] = [];
    for (let seen = 0; ;) {
      const page = await this.ports.log.readAll({
        after,
        direction: 'backwards',
        limit: Math.max(1, limit - found.length),
        prefixes,
      });
      seen += page.events.length;
      for (const event of await sought.wanted(page.events)) {
        // The store gives so many appends; of those that hold many events fewer make a page.
        const last = found.at(-1);
        if (last && found.length >= limit && event.position !== last.position)
          return { found, nextCursor: encodeCursor(last.position) };
        found.push(event);
      }
      after = page.position;
      const last = page.events.at(-1);
      const isOver = last !== undefined && (sought.isOver?.(last) ?? false);
      if (page.atEnd || after === null || isOver) return { found, nextCursor: null };
      if (found.length >= limit || seen >= looked) return { found, nextCursor: encodeCursor(after) };
    }
  }
}

const accounts = 'account-';
const cases = 'case-';
const isAccount = (stream: string): boolean => stream.startsWith(accounts);
const isCase = (stream: string): boolean => stream.startsWith(cases);
const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** Sealed fields are named, not opened: the auditor sees that they are there. */
function named(data: StoredEvent['data']): object {
  const { $sealed, ...clear } = data;
  const boxes = Object.values(($sealed ?? {}) as Record<string, { fields?: readonly string[] }>);
  return {
    ...clear,
    ...Object.fromEntries(boxes.flatMap(({ fields = [] }) => fields.map((name) => [name, masked]))),
  };
}
