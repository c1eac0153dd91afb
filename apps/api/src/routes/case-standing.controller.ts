import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@iter/access';
import { aheadOf } from '../case-file/ahead.ts';
import { factOf } from '../case-file/case-file.ts';
import { CaseFiles } from '../case-file/case-files.ts';
import { timelineOf } from '../case-file/timeline.ts';
import { ListOf } from '../dto/page.ts';
import { WalkDto } from '../dto/replay.ts';
import { ReadQuery, TimelineQuery } from '../dto/requests.ts';
import { AheadDto, TimelineDto } from '../dto/views.ts';
import { caseIdFrom } from '../http/ids.ts';
import { decodeCursor, encodeCursor, pageOf } from '../http/paging.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { drawnOf } from '../replay/chapter.ts';
import { Caller } from '../session/session.ts';

/** How far a case has come, and what it waits for. */
@ApiTags('cases')
@Controller('api/v1/cases')
export class CaseStandingController {
  constructor(
    @Inject(PORTS) private readonly ports: ApiPorts,
    private readonly files: CaseFiles,
  ) {}

  @Get(':id/walk')
  @ApiOperation({ summary: 'Where the tokens of a case stand, and which way they took, to be drawn' })
  @ApiOkResponse({ type: WalkDto })
  async walk(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Query() { reason }: ReadQuery,
  ): Promise<unknown> {
    const { reel, reader } = await this.files.reel({
      ...{ caseId: caseIdFrom(id), principal, what: 'walk' },
      ...(reason !== undefined && { reason }),
    });
    return drawnOf(reel, reader);
  }

  @Get(':id/timeline')
  @ApiOperation({
    summary: 'What happened in a case, newest first, a page at a time, with what each fact is about',
  })
  @ApiOkResponse({ type: TimelineDto })
  async timeline(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Query() query: TimelineQuery,
  ): Promise<unknown> {
    const { limit, cursor } = pageOf(query);
    const { about, key, all, after, reason } = query;
    const history = await this.files.history({
      ...{ caseId: caseIdFrom(id), principal, what: 'history' },
      ...(reason !== undefined && { reason }),
      // A further page, or what came since, belongs to the reading that began with the first.
      ...((cursor !== null || after !== undefined) && { continues: true }),
    });
    const { facts, next, ...counted } = timelineOf(history, {
      ...{ all: all === 'true', before: decodeCursor(cursor, 'number'), limit },
      ...(about !== undefined && { about }),
      ...(key !== undefined && { key }),
      ...(after !== undefined && { after }),
    });
    return {
      ...counted,
      items: facts.map(({ event, ...about }) => ({
        ...factOf(event),
        ...about,
        definition: history.definitions[event.revision],
      })),
      nextCursor: next === null ? null : encodeCursor(next),
    };
  }

  @Get(':id/ahead')
  @ApiOperation({ summary: 'What a case waits for beside its open tasks: dates, documents, receipts' })
  @ListOf(AheadDto)
  async ahead(@Caller() principal: Principal, @Param('id') id: string): Promise<unknown> {
    const { state } = await this.files.state({ caseId: caseIdFrom(id), principal, act: 'SeeCase' });
    return { items: aheadOf((hash) => this.ports.catalog.byHash(hash)?.model, state) };
  }
}
