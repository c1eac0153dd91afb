import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@iter/access';
import { PageOf } from '../dto/page.ts';
import { IdDto, NoticesQuery } from '../dto/requests.ts';
import { NoticeDto } from '../dto/views.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { pageOf } from '../http/paging.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { Caller } from '../session/session.ts';

@ApiTags('notices')
@Controller('api/v1/notices')
export class NoticesController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get()
  @ApiOperation({ summary: 'Notices to my roles, newest first' })
  @PageOf(NoticeDto)
  list(@Caller() principal: Principal, @Query() query: NoticesQuery): Promise<unknown> {
    return this.ports.views.notices(principal, { unread: query.unread === 'true' }, pageOf(query));
  }

  @Post(':id/read')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mark a notice as read by me; again changes nothing' })
  @ApiOkResponse({ type: IdDto })
  async markRead(@Command() { principal }: Asked, @Param('id') id: string): Promise<IdDto> {
    if (!/^[\w.:-]{1,120}$/.test(id) || !(await this.ports.views.markRead(principal, id))) {
      throw new Problem('notice-not-found');
    }
    return { id };
  }
}
