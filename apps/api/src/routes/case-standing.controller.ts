import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@iter/access';
import { aheadOf } from '../case-file/ahead.ts';
import { CaseFiles } from '../case-file/case-files.ts';
import { ListOf } from '../dto/page.ts';
import { WalkDto } from '../dto/replay.ts';
import { ReadQuery } from '../dto/requests.ts';
import { AheadDto } from '../dto/views.ts';
import { caseIdFrom } from '../http/ids.ts';
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

  @Get(':id/ahead')
  @ApiOperation({ summary: 'What a case waits for beside its open tasks: dates, documents, receipts' })
  @ListOf(AheadDto)
  async ahead(@Caller() principal: Principal, @Param('id') id: string): Promise<unknown> {
    const { state } = await this.files.state({ caseId: caseIdFrom(id), principal, act: 'SeeCase' });
    return { items: aheadOf((hash) => this.ports.catalog.byHash(hash)?.model, state) };
  }
}
