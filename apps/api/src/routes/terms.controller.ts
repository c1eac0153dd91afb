import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@iter/access';
import { isCalendarError, romeDate } from '@iter/legal-calendar';
import { ListOf } from '../dto/page.ts';
import { ComputedTermDto, ComputeTermDto, TermDto, TermsQuery } from '../dto/terms.ts';
import { refused } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';
import { compute } from '../terms/compute.ts';
import { describeTerms } from '../terms/describe-terms.ts';

/** The dated catalogue of terms. */
@ApiTags('terms')
@Controller('api/v1/terms')
export class TermsController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get()
  @ApiOperation({ summary: 'Legal and contractual terms, every version, with norm, mark and ladder' })
  @ListOf(TermDto)
  list(@Caller() principal: Principal, @Query() query: TermsQuery): { items: TermDto[] } {
    allow(principal, 'ReadTerms', {});
    const { catalogue, clock } = this.ports;
    return { items: [...describeTerms(catalogue, { ...query }, romeDate(clock.now()))] };
  }

  @Post('compute')
  @HttpCode(200)
  @ApiOperation({ summary: 'The dates of a term from a day, with each step of the count; nothing is opened' })
  @ApiOkResponse({ type: ComputedTermDto })
  compute(@Caller() principal: Principal, @Body() asked: ComputeTermDto): ComputedTermDto {
    allow(principal, 'ReadTerms', {});
    const { catalogue, calendar } = this.ports;
    const computed = compute(asked, { catalogue, calendar: calendar() });
    if (!isCalendarError(computed)) return computed;
    const { message } = computed;
    throw refused({ code: 'request-invalid', message, errors: [{ pointer: '', ...computed }] });
  }
}
