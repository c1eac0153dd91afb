import { Body, Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { possibleActs } from '@iter/access';
import { templateOf } from '@iter/registers/imports';
import { ImportDto, ImportReportDto, WithdrawEntryDto } from '../dto/registers.ts';
import { tellPosition } from '../http/answers.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { InLanguage } from '../http/language.ts';
import type { Language } from '../http/language.ts';
import { Problem, refused, toldIn } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { importables } from '../registers/imports.ts';
import type { Recorded } from '../registers/imports.ts';
import { withdrawables } from '../registers/withdrawals.ts';
import { allow } from '../session/allow.ts';

const patienceMs = 5_000;

/** Registers as they are filled from files and forms, and as mistakes on them are taken back. */
@ApiTags('registers')
@Controller('api/v1/registers')
export class RegisterChangesController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get('templates/:register')
  @ApiOperation({ summary: 'The header of a file for a register, to be filled in' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  template(@Param('register') register: string, @Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.type('text/csv; charset=utf-8');
    return templateOf(one(importables, register).columns);
  }

  @Post(':register/import')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Judge a file line by line, and record it when asked to',
    description: 'Every line is in the report with what becomes of it; without `commit` nothing is recorded.',
  })
  @ApiOkResponse({ type: ImportReportDto })
  async import(
    @Command() asked: Asked,
    @Param('register') register: string,
    @Body() dto: ImportDto,
    @InLanguage() language: Language,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportReportDto> {
    const { act, ofOneBody, plan } = one(importables, register);
    const body = ofOneBody ? this.#bodyOf(dto.body) : '';
    // Before the file is read: what it finds on a register of persons is not for everybody.
    if (ofOneBody) allow(asked.principal, act, { body });
    else if (!possibleActs(asked.principal).includes(act)) throw new Problem('not-authorised');
    const { lines, counts, warning, bodies, parts } = plan(this.ports, { ...dto, body });
    for (const each of bodies) allow(asked.principal, act, { body: each });
    const { commit = false, whole = true } = dto;
    const committed = commit && !(whole && counts.refused > 0);
    if (committed) {
      const { principal, route, idempotencyKey } = asked;
      for (const record of parts) answered(await record({ principal, route, idempotencyKey }), reply);
    }
    return {
      ...{ committed, ...counts, warning: warning && warning[language] },
      lines: lines.map(({ why, ...line }) => ({
        ...line,
        why: why && toldIn({ message: why }, language).message,
      })),
    };
  }

  @Post(':register/:ipa/withdraw')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Take back an entry that was recorded by mistake',
    description:
      'With a reason; the history keeps both. What a case has relied on stays: the answer says what to do instead.',
  })
  @ApiNoContentResponse()
  async withdraw(
    @Command() asked: Asked,
    @Param('register') register: string,
    @Param('ipa') ipa: string,
    @Body() dto: WithdrawEntryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { act, whyKept, withdraw } = one(withdrawables, register);
    const body = this.#bodyOf(ipa);
    allow(asked.principal, act, { body });
    await this.#seeAll();
    const why = await whyKept(this.ports, body, dto.entry);
    if (why !== null) throw new Problem('entry-in-use', { detail: why });
    const { principal, route, idempotencyKey } = asked;
    const done = await withdraw(this.ports, { body, ...dto, principal, route, idempotencyKey });
    answered(done, reply);
  }

  /** Waits until the views show what has happened: a case that began a moment ago counts as well. */
  async #seeAll(): Promise<void> {
    const { log, views } = this.ports;
    const last = await log.lastPosition();
    if (last !== null && !(await views.reach(last, patienceMs))) throw new Problem('not-ready');
  }

  #bodyOf(body: string | undefined): string {
    if (body !== undefined && this.ports.bodies.exists(body)) return body;
    throw new Problem('request-invalid', {
      errors: [
        {
          ...{ pointer: '/body', code: 'body-not-found' },
          message: {
            it: 'Serve l’ente del quale è il registro.',
            en: 'The body whose register it is has to be named.',
          },
        },
      ],
    });
  }
}

function one<T extends object>(kinds: T, register: string): T[keyof T] {
  if (!Object.hasOwn(kinds, register)) throw new Problem('not-found');
  return kinds[register as keyof T];
}

function answered(result: Recorded, reply: FastifyReply): void {
  if (result.outcome === 'key-reused') throw new Problem('idempotency-key-reused');
  if (result.outcome === 'rejected') throw refused(result.rejection);
  tellPosition(reply, result.position);
}
