import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@iter/access';
import { ListOf } from '../dto/page.ts';
import { ColleagueDto } from '../dto/substitutions.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { Caller } from '../session/session.ts';
import { colleaguesOf } from '../substitutions/colleagues.ts';

@ApiTags('substitutions')
@Controller('api/v1/people')
export class PeopleController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get()
  @ApiOperation({
    summary: 'Colleagues, those who have left among them: of my bodies and of those that they serve',
  })
  @ListOf(ColleagueDto)
  list(@Caller() principal: Principal): { items: ColleagueDto[] } {
    const { accounts, bodies } = this.ports;
    return { items: [...colleaguesOf(principal, accounts.list(), (body) => bodies.nameOf(body))] };
  }
}
