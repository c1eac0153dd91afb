import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@iter/access';
import { CaseFiles } from '../case-file/case-files.ts';
import { ReplayDto, ReplayQuery } from '../dto/replay.ts';
import { caseIdFrom } from '../http/ids.ts';
import { chapterAt, revisionAt } from '../replay/chapter.ts';
import { Caller } from '../session/session.ts';

/** A case to be stepped through. */
@ApiTags('cases')
@Controller('api/v1/cases')
export class CaseReplayController {
  constructor(private readonly files: CaseFiles) {}

  @Get(':id/replay')
  @ApiOperation({
    summary: 'A stretch of a case’s history: what stood before it, and event by event what changed, and why',
  })
  @ApiOkResponse({ type: ReplayDto })
  async replay(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Query() { at, revision, reason }: ReplayQuery,
  ): Promise<unknown> {
    const caseId = caseIdFrom(id);
    const { reel, reader, pseudonymised } = await this.files.reel({
      ...{ caseId, principal, what: 'replay' },
      ...(at !== undefined && { at }),
      ...(revision !== undefined && { revision }),
      ...(reason !== undefined && { reason }),
    });
    const asked = at === undefined ? (revision ?? 0) : revisionAt(reel, at);
    const shown = Math.min(Math.max(asked, 0), reel.events.length - 1);
    return {
      ...{ caseId, isPseudonymised: pseudonymised, revision: asked < 0 ? null : shown },
      ...chapterAt(reel, shown, reader),
    };
  }
}
