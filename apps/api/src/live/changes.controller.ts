import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Whole } from '../dto/fields.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { signedInOf } from '../session/session.ts';
import type { IterRequest } from '../session/session.ts';
import { ChangeStreams } from './change-streams.ts';

class ChangesQuery {
  @Whole(1_500, {
    ...{ optional: true, inQuery: true, min: 0, max: 3_600_000 },
    description:
      'How many milliseconds ago the first of what is shown was asked for; what changed since is told. 0 by default. ' +
      'Not heeded with `Last-Event-ID`.',
  })
  agoMs?: number;
}

@ApiTags('changes')
@Controller('api/v1/changes')
export class ChangesController {
  constructor(
    @Inject(PORTS) private readonly ports: ApiPorts,
    private readonly streams: ChangeStreams,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Which cases changed, as it happens: Server-Sent Events whose ids are positions of the log',
  })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    schema: { type: 'string', example: 'id: 3f9ac01b-1742\ndata: {"cases":["0b6f8c7e-…"]}\n\n' },
  })
  open(@Req() request: IterRequest, @Res() reply: FastifyReply, @Query() { agoMs = 0 }: ChangesQuery): void {
    const { principal, token } = signedInOf(request);
    const last = request.headers['last-event-id'];
    // Checked before the answer begins: afterwards there is no way to refuse.
    this.streams.assertRoom(principal.account);
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    this.streams.add({
      account: principal.account,
      who: () => this.ports.signIn.principalOf(token),
      since: typeof last === 'string' && last !== '' ? last : null,
      agoMs,
      response: reply.raw,
    });
  }
}
