import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@iter/access';
import { verifyToHead } from '@iter/event-store';
import { coverageOf } from '@iter/event-store/checkpoints';
import type { CheckpointProof } from '@iter/event-store/checkpoints';
import { fingerprintOf } from '@iter/platform/signatures';
import { CaseFiles } from '../case-file/case-files.ts';
import { ChainDto, ReplayDto, ReplayQuery } from '../dto/replay.ts';
import type { CoveredDto } from '../dto/replay.ts';
import { ReadQuery } from '../dto/requests.ts';
import { caseIdFrom } from '../http/ids.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { chapterAt, revisionAt } from '../replay/chapter.ts';
import { Caller } from '../session/session.ts';

/** A case to be stepped through. */
@ApiTags('cases')
@Controller('api/v1/cases')
export class CaseReplayController {
  constructor(
    @Inject(PORTS) private readonly ports: ApiPorts,
    private readonly files: CaseFiles,
  ) {}

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

  @Get(':id/chain')
  @ApiOperation({
    summary:
      'Follows the chain of a case’s events now, and says where it breaks; also for those who read under pseudonyms',
  })
  @ApiOkResponse({ type: ChainDto })
  async chain(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Query() { reason }: ReadQuery,
  ): Promise<ChainDto> {
    const caseId = caseIdFrom(id);
    await this.files.openChain({
      ...{ caseId, principal, what: 'chain' },
      ...(reason !== undefined && { reason }),
    });
    const { events, first, last, head, broken } = await verifyToHead(this.ports.log, `case-${caseId}`);
    const coverage = broken ? null : await coverageOf(this.ports.log, events);
    return {
      ...{ caseId, events: events.length, headHash: head?.hash ?? null, broken },
      ...{ firstRecordedAt: first?.recordedAt ?? null, lastRecordedAt: last?.recordedAt ?? null },
      coverage: coverage?.kind ?? null,
      covered: coverage?.kind === 'covered' ? coveredBy(coverage.proof) : null,
    };
  }
}

const coveredBy = ({ revision, signed }: CheckpointProof): CoveredDto => ({
  ...{ revision, number: signed.checkpoint.number, madeAt: signed.checkpoint.madeAt },
  fingerprint: fingerprintOf(signed),
});
