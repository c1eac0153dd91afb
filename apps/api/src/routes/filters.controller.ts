import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@iter/access';
import { mostSavedFilters } from '@iter/read-models';
import { ListOf } from '../dto/page.ts';
import { SavedFilterDto, SaveFilterDto } from '../dto/personal.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';

/** Filters that a person keeps under names; nobody else sees them, and their addresses can be passed on. */
@ApiTags('session')
@Controller('api/v1/session/filters')
export class FiltersController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get()
  @ApiOperation({ summary: 'The filters that I keep' })
  @ListOf(SavedFilterDto)
  async list(@Caller() { account }: Principal): Promise<{ items: readonly SavedFilterDto[] }> {
    return { items: await this.ports.views.personal.filters(account) };
  }

  @Put()
  @ApiOperation({ summary: 'Keep a filter under a name, in place of one of that name; or forget it' })
  @ListOf(SavedFilterDto)
  async save(
    @Command() { principal }: Asked,
    @Body() { page, name, query }: SaveFilterDto,
  ): Promise<{ items: readonly SavedFilterDto[] }> {
    const { account } = principal;
    allow(principal, 'SetPreferences', { account });
    const { personal } = this.ports.views;
    const of = { page, name: name.trim() };
    if (query === null) await personal.forgetFilter(account, of);
    else if (!(await personal.saveFilter(account, { ...of, query }))) {
      throw new Problem('too-many-filters', {
        detail: {
          it: `Se ne possono tenere ${mostSavedFilters}.`,
          en: `No more than ${mostSavedFilters} can be kept.`,
        },
      });
    }
    return { items: await personal.filters(account) };
  }
}
