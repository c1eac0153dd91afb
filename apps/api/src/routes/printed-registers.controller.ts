import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@iter/access';
import type { RegisteredAct, RegisteredTerm } from '@iter/read-models';
import {
  ActRegisterDto,
  mostLines,
  RegisterQuery,
  TermRegisterDto,
  TermRegisterQuery,
} from '../dto/printed-registers.ts';
import { checkPeriod } from '../http/period.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts, Register } from '../ports.ts';
import { Caller } from '../session/session.ts';
import { processesOf } from '../statistics/processes.ts';

/** Registers of a period, across cases: each line only to whoever may know of its case. */
@ApiTags('registers')
@Controller('api/v1')
export class PrintedRegistersController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get('deadlines/register')
  @ApiOperation({ summary: 'The terms of a period: when each was due, and what became of it' })
  @ApiOkResponse({ type: TermRegisterDto })
  terms(
    @Caller() principal: Principal,
    @Query() query: TermRegisterQuery,
  ): Promise<Register<RegisteredTerm>> {
    checkPeriod(query);
    const { by = 'legal', service: _, ...asked } = query;
    return this.ports.views.termRegister(principal, { ...asked, by, ...this.#processesOf(query) }, mostLines);
  }

  @Get('documents/register')
  @ApiOperation({ summary: 'What was filed in a period, by hash and protocol number, never by its name' })
  @ApiOkResponse({ type: ActRegisterDto })
  acts(@Caller() principal: Principal, @Query() query: RegisterQuery): Promise<Register<RegisteredAct>> {
    checkPeriod(query);
    const { service: _, ...asked } = query;
    return this.ports.views.actRegister(principal, { ...asked, ...this.#processesOf(query) }, mostLines);
  }

  /** Those of a service that are deployed. */
  #processesOf({ service }: RegisterQuery): { readonly processes?: readonly string[] } {
    return service === undefined ? {} : { processes: processesOf(this.ports.catalog, service) };
  }
}
