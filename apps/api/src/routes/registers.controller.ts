import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@iter/access';
import { PageOf, PageQuery } from '../dto/page.ts';
import {
  BoardDto,
  ConventionDto,
  MailboxDto,
  RegisteredOfficeDto,
  RegisteredBodyDto,
  RegisterQuery,
  StaffDto,
  StaffQuery,
} from '../dto/registers.ts';
import { paged } from '../http/paging.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import {
  boardOf,
  bodyOf,
  conventionsOf,
  holding,
  mailboxesOf,
  officeOf,
  staffOf,
} from '../registers/lists.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';

/** Who and what exists. */
@ApiTags('registers')
@Controller('api/v1/registers')
export class RegistersController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get('bodies')
  @ApiOperation({ summary: 'Bodies that are registered' })
  @PageOf(RegisteredBodyDto)
  bodies(@Caller() principal: Principal, @Query() query: RegisterQuery): unknown {
    allow(principal, 'ReadBodies', {});
    const found = holding(this.ports.bodies.list(), query.text, ({ ipa, name }) => [ipa, name]);
    return paged(found.map(bodyOf), ({ ipa }) => ipa, query);
  }

  @Get('conventions')
  @ApiOperation({ summary: 'Conventions of Comuni with their Provinces, also those that are over' })
  @PageOf(ConventionDto)
  conventions(@Caller() principal: Principal, @Query() query: RegisterQuery): unknown {
    allow(principal, 'ReadBodies', {});
    const all = this.ports.bodies.list().flatMap(conventionsOf);
    const found = holding(all, query.text, (it) => [it.comune, it.comuneName, it.id]);
    return paged(found, ({ comune, id }) => `${comune} ${id}`, query);
  }

  @Get('mailboxes')
  @ApiOperation({ summary: 'Mailboxes of bodies, as the index of public administrations has them' })
  @PageOf(MailboxDto)
  mailboxes(@Caller() principal: Principal, @Query() query: RegisterQuery): unknown {
    allow(principal, 'ReadBodies', {});
    const all = this.ports.bodies.list().flatMap(mailboxesOf);
    const found = holding(all, query.text, (it) => [it.body, it.bodyName, it.address]);
    return paged(found, ({ body, address }) => `${body} ${address}`, query);
  }

  @Get('offices/:ipa')
  @ApiOperation({ summary: 'Offices of a body, also those that were closed' })
  @PageOf(RegisteredOfficeDto)
  offices(@Caller() principal: Principal, @Param('ipa') ipa: string, @Query() query: RegisterQuery): unknown {
    allow(principal, 'ReadStaff', { body: ipa });
    const all = this.ports.offices.of(ipa);
    const found = holding([...all.values()], query.text, ({ code, name }) => [code, name]);
    const page = paged(found, ({ code }) => code, query);
    return { ...page, items: page.items.map((it) => officeOf(it, all)) };
  }

  @Get('staff/:ipa')
  @ApiOperation({ summary: 'Staff of a body by reference, also who has left' })
  @PageOf(StaffDto)
  staff(@Caller() principal: Principal, @Param('ipa') ipa: string, @Query() query: StaffQuery): unknown {
    allow(principal, 'ReadStaff', { body: ipa });
    const offices = this.ports.offices.of(ipa);
    const all = [...this.ports.staff.of(ipa).values()];
    const found = query.office === undefined ? all : all.filter(({ office }) => office === query.office);
    const page = paged(found, ({ employeeRef }) => employeeRef, query);
    return { ...page, items: page.items.map((it) => staffOf(it, offices)) };
  }

  @Get('boards/:ipa')
  @ApiOperation({ summary: 'Boards of a body with their members, also those whose time is over' })
  @PageOf(BoardDto)
  boards(@Caller() principal: Principal, @Param('ipa') ipa: string, @Query() query: PageQuery): unknown {
    allow(principal, 'ReadBoards', { body: ipa });
    const page = paged([...this.ports.boards.of(ipa).values()], ({ id }) => id, query);
    return { ...page, items: page.items.map(boardOf) };
  }
}
