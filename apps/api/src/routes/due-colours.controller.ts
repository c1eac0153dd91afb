import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@iter/access';
import { mostOfUnit, usualDueColours } from '@iter/read-models';
import { DueColoursDto } from '../dto/personal.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';

@ApiTags('session')
@Controller('api/v1/session/due-colours')
export class DueColoursController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get()
  @ApiOperation({ summary: 'From when on terms stand out in my lists' })
  @ApiOkResponse({ type: DueColoursDto })
  async read(@Caller() { account }: Principal): Promise<DueColoursDto> {
    return (await this.ports.views.personal.dueColours(account)) ?? usualDueColours;
  }

  @Put()
  @ApiOperation({ summary: 'Choose from when on terms stand out in my lists; notices stay as they are' })
  @ApiOkResponse({ type: DueColoursDto })
  async set(
    @Command() { principal }: Asked,
    @Body() { unit, soon, near }: DueColoursDto,
  ): Promise<DueColoursDto> {
    const { account } = principal;
    allow(principal, 'SetPreferences', { account });
    const most = mostOfUnit[unit];
    if (soon >= near || near > most) {
      const message = {
        it: `La prima soglia è più piccola della seconda, che arriva al massimo a ${most}.`,
        en: `The first threshold is smaller than the second, which is ${most} at most.`,
      };
      throw new Problem('request-invalid', { errors: [{ pointer: '/near', code: 'out-of-order', message }] });
    }
    const chosen = { unit, soon, near };
    await this.ports.views.personal.setDueColours(account, chosen);
    return chosen;
  }
}
