import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '@iter/access';
import { awaitedMessages } from '@iter/engine';
import type { CaseState } from '@iter/engine';
import { CaseFiles } from '../case-file/case-files.ts';
import { recognise } from '../certified-mail/recognise.ts';
import { ArrivedMailDto, RecognisedMailDto } from '../dto/certified-mail.ts';
import { PageOf, PageQuery } from '../dto/page.ts';
import { IdDto, ReadQuery } from '../dto/requests.ts';
import { sendDocument } from '../http/answers.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { caseIdFrom } from '../http/ids.ts';
import { readOneFile } from '../http/multipart.ts';
import { decodeCursor, encodeCursor, pageOf } from '../http/paging.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';
import type { IterRequest } from '../session/session.ts';

/** Certified mail: what a file of it is, and what came into the house's mailbox and belongs to no letter. */
@ApiTags('certified mail')
@Controller('api/v1')
export class CertifiedMailController {
  constructor(
    @Inject(PORTS) private readonly ports: ApiPorts,
    private readonly files: CaseFiles,
  ) {}

  @Post('cases/:id/incoming/recognise')
  @HttpCode(200)
  @ApiOperation({ summary: 'What a file of certified mail is to the case; nothing is filed' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' } },
    },
  })
  @ApiOkResponse({ type: RecognisedMailDto })
  async recognise(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Query() { reason }: ReadQuery,
    @Req() request: IterRequest,
  ): Promise<RecognisedMailDto> {
    const state = await this.#readable(principal, caseIdFrom(id), reason);
    const content = await readOneFile(request);
    const models = (hash: string) => this.ports.catalog.byHash(hash)?.model;
    const awaited = new Set(awaitedMessages(models, state).map(({ name }) => name));
    const found = await recognise(content, state, awaited, this.ports.clock.now());
    if (found) return found;
    throw new Problem('request-invalid', {
      errors: [
        {
          ...{ pointer: '/file', code: 'no-mail' },
          message: {
            it: 'Serve un file .eml o daticert.xml.',
            en: 'A file .eml or daticert.xml is needed.',
          },
        },
      ],
    });
  }

  @Get('certified-mail')
  @ApiOperation({ summary: 'What came into the certified mailbox and waits for people, the latest first' })
  @PageOf(ArrivedMailDto)
  async arrived(@Caller() principal: Principal, @Query() query: PageQuery): Promise<unknown> {
    allow(principal, 'ReadCertifiedMail', {});
    const { limit, cursor } = pageOf(query);
    const found = await this.ports.arrivals.list(limit + 1, decodeCursor(cursor, 'string'));
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? encodeCursor(items.at(-1)!.id) : null };
  }

  @Get('certified-mail/:id/content')
  @ApiOperation({
    summary: 'A mail as it came',
    description:
      'One about a case is read as a document of that case, with the same right, reason and record.',
  })
  @ApiProduces('message/rfc822')
  async content(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Query() { reason }: ReadQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    allow(principal, 'ReadCertifiedMail', {});
    const mail = await this.ports.arrivals.find(id.slice(0, 200));
    if (!mail) throw new Problem('document-not-found');
    if (mail.caseId !== null) await this.#readable(principal, mail.caseId, reason);
    const content = await this.ports.arrivals.open(id.slice(0, 200));
    if (!content) throw new Problem('document-not-found');
    return sendDocument(reply, { name: `${id.slice(0, 12)}.eml`, mediaType: 'message/rfc822' }, content);
  }

  @Post('certified-mail/:id/settle')
  @HttpCode(200)
  @ApiOperation({ summary: 'Somebody has seen to a mail: it waits no longer' })
  @ApiOkResponse({ type: IdDto })
  async settle(@Command() { principal }: Asked, @Param('id') id: string): Promise<IdDto> {
    allow(principal, 'SettleCertifiedMail', {});
    const isSettled = await this.ports.arrivals.settle(
      id.slice(0, 200),
      principal.account,
      this.ports.clock.now(),
    );
    if (!isSettled) throw new Problem('document-not-found');
    return { id };
  }

  /** The case, for who may read its documents under their names; the reading is recorded. */
  async #readable(principal: Principal, caseId: string, reason: string | undefined): Promise<CaseState> {
    const { state, pseudonymised } = await this.files.state({
      ...{ caseId, principal, act: 'ReadDocument', what: 'certified mail' },
      ...(reason !== undefined && { reason }),
    });
    if (pseudonymised) throw new Problem('not-authorised');
    return state;
  }
}
