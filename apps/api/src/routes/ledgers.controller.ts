import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { possibleActs } from '@iter/access';
import type { Principal } from '@iter/access';
import { ledgerAct, ledgerHead, ledgerNames } from '@iter/read-models';
import type { LedgerHead, LedgerLine, LedgerName, ListPage } from '@iter/read-models';
import { LedgerDto, LedgerLineDto, LedgerQuery } from '../dto/ledgers.ts';
import { ListOf, PageOf } from '../dto/page.ts';
import { pageOf } from '../http/paging.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allowSomewhere } from '../session/allow.ts';
import { Caller } from '../session/session.ts';

/** Registers that a desk keeps over its cases: hearings, selections, rankings … Each line only to whoever may read it. */
@ApiTags('registers')
@Controller('api/v1/ledgers')
export class LedgersController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get()
  @ApiOperation({ summary: 'The registers over cases that one’s roles read, with their columns' })
  @ListOf(LedgerDto)
  ledgers(@Caller() principal: Principal): {
    readonly items: readonly (LedgerHead & { readonly name: LedgerName })[];
  } {
    const acts = possibleActs(principal);
    const read = ledgerNames.filter((name) => acts.includes(ledgerAct(name)));
    return { items: read.map((name) => ({ name, ...ledgerHead(name) })) };
  }

  @Get(':ledger')
  @ApiOperation({
    summary: 'Lines of a register over cases, by its own order',
    description:
      'Persons stand in it by their codes. Whoever reads under pseudonyms gets neither codes nor free text.',
  })
  @PageOf(LedgerLineDto)
  async lines(
    @Caller() principal: Principal,
    @Param('ledger') asked: string,
    @Query() query: LedgerQuery,
  ): Promise<ListPage<LedgerLine>> {
    const name = ledgerNames.find((it) => it === asked);
    if (name === undefined) throw new Problem('not-found');
    allowSomewhere(principal, ledgerAct(name));
    const { limit: _, cursor: __, ...filter } = query;
    return this.ports.views.ledger(principal, name, filter, pageOf(query));
  }
}
