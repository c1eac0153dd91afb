import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Act, Principal } from '@iter/access';
import type { Position } from '@iter/event-store';
import {
  boardsImport,
  bodiesImport,
  conventionsImport,
  judgeFile,
  mailboxesImport,
  staffImport,
  templateOf,
} from '@iter/registers/imports';
import type { Column, ImportKind, ImportReport } from '@iter/registers/imports';
import { mostBoardsAtOnce } from '@iter/registers/boards';
import { mostStaffAtOnce } from '@iter/registers/staff';
import { PageOf, PageQuery } from '../dto/page.ts';
import { BoardDto, importable, ImportDto, ImportReportDto, StaffDto } from '../dto/registers.ts';
import { tellPosition } from '../http/answers.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { decodeCursor, encodeCursor, pageOf } from '../http/paging.ts';
import { Problem, refused } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';

type Register = (typeof importable)[number];
type Rejected =
  | { readonly outcome: 'key-reused' }
  | { readonly outcome: 'rejected'; readonly rejection: Parameters<typeof refused>[0] };
type Recorded = Rejected | { readonly outcome: 'done'; readonly position: Position | null };

const acts: Readonly<Record<Register, Act>> = {
  staff: 'RecordStaff',
  bodies: 'RegisterBody',
  conventions: 'RecordConvention',
  boards: 'RecordBoards',
  mailboxes: 'RecordMailbox',
};

/** Who and what exists: read, and filled from files. */
@ApiTags('registers')
@Controller('api/v1/registers')
export class RegistersController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get('staff/:ipa')
  @ApiOperation({ summary: 'Staff of a body by reference, also who has left' })
  @PageOf(StaffDto)
  staff(@Caller() principal: Principal, @Param('ipa') ipa: string, @Query() query: PageQuery): unknown {
    allow(principal, 'ReadStaff', { body: ipa });
    return paged([...this.ports.staff.of(ipa).values()], ({ employeeRef }) => employeeRef, query);
  }

  @Get('boards/:ipa')
  @ApiOperation({ summary: 'Boards of a body with their members, also those whose time is over' })
  @PageOf(BoardDto)
  boards(@Caller() principal: Principal, @Param('ipa') ipa: string, @Query() query: PageQuery): unknown {
    allow(principal, 'ReadBoards', { body: ipa });
    return paged([...this.ports.boards.of(ipa).values()], ({ id }) => id, query);
  }

  @Get('templates/:register')
  @ApiOperation({ summary: 'The header of a file for a register, to be filled in' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  template(@Param('register') register: string, @Res({ passthrough: true }) reply: FastifyReply): string {
    const columns: Readonly<Record<Register, readonly Column[]>> = {
      staff: staffImport(new Map()).columns,
      bodies: bodiesImport(() => null).columns,
      conventions: conventionsImport(() => null).columns,
      boards: boardsImport(new Map()).columns,
      mailboxes: mailboxesImport(() => null).columns,
    };
    void reply.type('text/csv; charset=utf-8');
    return templateOf(columns[known(register)]);
  }

  @Post(':register/import')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Judge a file line by line, and record it when asked to',
    description: 'Every line is in the report with what becomes of it; without `commit` nothing is recorded.',
  })
  @ApiOkResponse({ type: ImportReportDto })
  async import(
    @Command() asked: Asked,
    @Param('register') register: string,
    @Body() dto: ImportDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportReportDto> {
    const { csv, body, commit = false, whole = true } = dto;
    const { bodies, staff, boards } = this.ports;
    const find = (ipa: string) => bodies.find(ipa);
    switch (known(register)) {
      case 'staff': {
        const ipa = this.#bodyOf(body);
        this.#allow(asked.principal, 'staff', ipa);
        const report = judged(csv, staffImport(staff.of(ipa)));
        return this.#answer(
          reply,
          report,
          commit,
          whole,
          inParts(report.items, mostStaffAtOnce),
          (entries, i) => staff.record({ body: ipa, entries, ...part(asked, i) }),
        );
      }
      case 'boards': {
        const ipa = this.#bodyOf(body);
        this.#allow(asked.principal, 'boards', ipa);
        const kind = boardsImport(boards.of(ipa));
        const report = judged(csv, kind);
        const parts = inParts(kind.made(report.items), mostBoardsAtOnce);
        return this.#answer(reply, report, commit, whole, parts, (them, i) =>
          boards.record({ body: ipa, boards: them, ...part(asked, i) }),
        );
      }
      case 'bodies': {
        this.#allow(asked.principal, 'bodies');
        const report = judged(csv, bodiesImport(find));
        return this.#answer(reply, report, commit, whole, report.items, (command, i) =>
          bodies.execute({ body: command.ipa, command, ...part(asked, i) }),
        );
      }
      case 'mailboxes': {
        const report = judged(csv, mailboxesImport(find));
        for (const { body: ipa } of report.items) this.#allow(asked.principal, 'mailboxes', ipa);
        return this.#answer(reply, report, commit, whole, report.items, ({ body: ipa, command }, i) =>
          bodies.execute({ body: ipa, command, ...part(asked, i) }),
        );
      }
      case 'conventions': {
        const report = judged(csv, conventionsImport(find));
        for (const { body: comune } of report.items) this.#allow(asked.principal, 'conventions', comune);
        return this.#answer(reply, report, commit, whole, report.items, ({ body: comune, command }, i) =>
          bodies.execute({ body: comune, command, ...part(asked, i) }),
        );
      }
    }
  }

  #bodyOf(body: string | undefined): string {
    if (body !== undefined && this.ports.bodies.exists(body)) return body;
    throw new Problem('request-invalid', {
      errors: [
        { pointer: '/body', code: 'body-not-found', message: 'Serve l’ente del quale è il registro.' },
      ],
    });
  }

  #allow(principal: Principal, register: Register, body?: string): void {
    allow(principal, acts[register], body === undefined ? {} : { body });
  }

  /** Records part by part; a part that was recorded before is found recorded. */
  async #answer<T, I>(
    reply: FastifyReply,
    { lines, counts }: ImportReport<T>,
    commit: boolean,
    whole: boolean,
    items: readonly I[],
    record: (item: I, i: number) => Promise<Recorded>,
  ): Promise<ImportReportDto> {
    const committed = commit && !(whole && counts.refused > 0);
    if (committed) {
      for (const [i, item] of items.entries()) {
        const result = await record(item, i);
        if (result.outcome === 'key-reused') throw new Problem('idempotency-key-reused');
        if (result.outcome === 'rejected') throw refused(result.rejection);
        tellPosition(reply, result.position);
      }
    }
    return { committed, ...counts, lines: [...lines] };
  }
}

/** Those behind the cursor, in the order of their keys. */
function paged<T>(all: readonly T[], keyOf: (it: T) => string, query: PageQuery): unknown {
  const page = pageOf(query);
  const after = decodeCursor(page.cursor, 'string');
  const rows = all
    .filter((it) => after === null || keyOf(it) > after)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  return { items, nextCursor: last && rows.length > items.length ? encodeCursor(keyOf(last)) : null };
}

function known(register: string): Register {
  const found = importable.find((it) => it === register);
  if (!found) throw new Problem('not-found');
  return found;
}

function judged<T>(csv: string, kind: ImportKind<T>): ImportReport<T> {
  const report = judgeFile(csv, kind);
  if (!('fault' in report)) return report;
  const { code, message } = report.fault;
  throw new Problem('request-invalid', { errors: [{ pointer: '/csv', code, message }] });
}

const inParts = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

const part = ({ principal, route, idempotencyKey }: Asked, i: number) => ({
  ...{ principal, route },
  idempotencyKey: `${idempotencyKey}-${i}`,
});
