import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@iter/access';
import { romeDate } from '@iter/legal-calendar';
import { ListOf } from '../dto/page.ts';
import { TermDto, TermsQuery } from '../dto/terms.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';
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
}
