import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { mayAct } from '@iter/access';
import type { Act, Principal } from '@iter/access';
import type { StoredEvent } from '@iter/event-store';
import { readCheckpoints } from '@iter/event-store/checkpoints';
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
  @ApiOperation({ summary: 'The log, newest first, pseudonymised' })
  @PageOf(StreamEventDto)
  async events(@Caller() principal: Principal, @Query() query: AuditEventsQuery): Promise<unknown> {
    this.#authorise(principal, 'ReadAuditEvents');
    const { type, caseId } = query;
    const prefixes =
      caseId === undefined
        ? ['case-', 'account-', 'body-', 'definition-', 'webhook-']
        : [`case-${caseIdFrom(caseId)}`];
    const { found, nextCursor } = await this.#backwards(
      query,
      prefixes,
      (event) => type === undefined || event.type === type,
    );
    const called = await this.#called(found);
    return {
      items: found.map((event) => {
        const { id, stream, revision, occurredAt, recordedAt, actor, data, position } = event;
        return {
          id,
          stream,
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
    const { pseudonymised } = this.#authorise(principal, 'ReadAccesses');
    const caseId = query.caseId === undefined ? undefined : caseIdFrom(query.caseId);
    const { found, nextCursor } = await this.#backwards(
      query,
      ['access-'],
      ({ data, actor }) =>
        (caseId === undefined || data['caseId'] === caseId) &&
        (query.account === undefined || [actor.account, actor.onBehalfOf].includes(query.account)),
    );
    const items = await Promise.all(
      found.map(async (event) => {
        const data =
          event.keyId === null ? event.data : (await this.ports.sealer.unseal(event.id, event.data)).data;
        const reason = (data['reason'] as string | undefined) ?? null;
        return {
          id: event.id,
          at: event.occurredAt,
          caseId: data['caseId'],
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
    this.#authorise(principal, 'ReadAuditEvents');
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

  /** A page of the log backwards. The cursor names the append to go on before; appends are not split. */
  async #backwards(
    query: AuditEventsQuery | AccessesQuery,
    prefixes: readonly string[],
    wanted: (event: StoredEvent) => boolean,
  ): Promise<{ readonly found: readonly StoredEvent[]; readonly nextCursor: string | null }> {
    const { limit, cursor } = pageOf(query);
    let after = decodeCursor(cursor, 'string');
    const found: StoredEvent[] = [];
    for (let seen = 0; ;) {
      const page = await this.ports.log.readAll({
        after,
        direction: 'backwards',
        limit: Math.max(1, limit - found.length),
        prefixes,
      });
      seen += page.events.length;
      for (const event of page.events.filter(wanted)) {
        // The store gives so many appends; of those that hold many events fewer make a page.
        const last = found.at(-1);
        if (last && found.length >= limit && event.position !== last.position)
          return { found, nextCursor: encodeCursor(last.position) };
        found.push(event);
      }
      after = page.position;
      if (page.atEnd || after === null) return { found, nextCursor: null };
      if (found.length >= limit || seen >= looked) return { found, nextCursor: encodeCursor(after) };
    }
  }
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
