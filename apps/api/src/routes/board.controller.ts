import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '@iter/access';
import { createBoard } from '../board/board.ts';
import type { Board } from '../board/board.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';
import type { IterRequest } from '../session/session.ts';

const base = '/bull-board';

/** The operator's second look at the queues: Bull Board behind the session and the role, for reading only (ADR 0027). */
@ApiExcludeController()
@Controller('bull-board')
export class BoardController {
  #board: Board | undefined;

  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get(['/', '*'])
  async look(
    @Caller() principal: Principal,
    @Query() query: Record<string, unknown>,
    @Req() request: IterRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    allow(principal, 'ReadOperations', {});
    const path = request.url.split('?', 1)[0]!.slice(base.length);
    this.#board ??= createBoard(this.ports.bullQueues(), base);
    const answer = await this.#board.read(path === '' ? '/' : path, query);
    if (!answer) throw new Problem('not-found');
    // Its page resolves what it asks for from the address that it names itself.
    const policy = String(reply.getHeader('content-security-policy'));
    await reply
      .status(answer.status)
      .header('content-security-policy', policy.replace("base-uri 'none'", "base-uri 'self'"))
      .header('cache-control', 'no-store')
      .type(answer.type)
      .send(answer.body);
  }
}
