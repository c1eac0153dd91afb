import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '@iter/access';
import { itemKeyOf } from '@iter/registers/library';
import type { LibraryCommand } from '@iter/registers/library';
import {
  AdoptPackageDto,
  LibraryAnswerDto,
  OwnPackageDto,
  PackageVerdictDto,
  PublishedDto,
  PublishOwnDto,
  StopUsingDto,
  WithdrawPackageDto,
} from '../dto/library.ts';
import { ListOf } from '../dto/page.ts';
import { succeeded, tellPosition } from '../http/answers.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { InLanguage } from '../http/language.ts';
import type { Language } from '../http/language.ts';
import { readOneFile } from '../http/multipart.ts';
import { describeVerdict } from '../library/describe.ts';
import { allowPublishing, judgeArchive, publishArchive, withRight } from '../library/publish.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';
import type { IterRequest } from '../session/session.ts';

const archiveBody = {
  schema: {
    type: 'object',
    required: ['file'],
    properties: { file: { type: 'string', format: 'binary' } },
  },
};

/** What people do with the library: publish and withdraw packages, adopt them and stop. */
@ApiTags('library')
@Controller('api/v1/library')
export class LibraryActsController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get('own')
  @ApiOperation({ summary: 'The processes that came with the house, as packages to be published' })
  @ListOf(OwnPackageDto)
  own(@Caller() principal: Principal): { items: OwnPackageDto[] } {
    allowPublishing(principal);
    const { packages, library, catalog } = this.ports;
    return {
      items: packages.own().map(({ process, version, origin }) => {
        const key = itemKeyOf(origin, process);
        const published = library.find(key)?.versions.some((it) => it.version === version) ?? false;
        return { key, process, version, name: catalog.find(process)?.name ?? process, published };
      }),
    };
  }

  @Post('own')
  @ApiOperation({ summary: 'Pack a process that came with the house, and publish it' })
  @ApiCreatedResponse({ type: PublishedDto })
  async publishOwn(
    @Command() asked: Asked,
    @Body() { process }: PublishOwnDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PublishedDto> {
    allowPublishing(asked.principal);
    const { packages } = this.ports;
    const own = packages.own().find((it) => it.process === process);
    if (!own) throw new Problem('package-not-found');
    allow(asked.principal, 'PublishInLibrary', { body: own.origin });
    return this.#publish(asked, await packages.pack(process), reply);
  }

  @Post('check')
  @HttpCode(200)
  @ApiOperation({ summary: 'Look at an archive as publishing would; nothing is kept' })
  @ApiConsumes('multipart/form-data')
  @ApiBody(archiveBody)
  @ApiOkResponse({ type: PackageVerdictDto })
  async check(
    @Caller() principal: Principal,
    @InLanguage() language: Language,
    @Req() request: IterRequest,
  ): Promise<PackageVerdictDto> {
    allowPublishing(principal);
    const { library, bodies } = this.ports;
    const judged = await judgeArchive(this.ports, await readOneFile(request));
    return describeVerdict(withRight(judged, principal), library, bodies, language);
  }

  @Post()
  @ApiOperation({
    summary: 'Publish a package',
    description: 'A version is published once: the same bytes again are no error, others are refused.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody(archiveBody)
  @ApiCreatedResponse({ type: PublishedDto })
  async publish(
    @Command() asked: Asked,
    @Req() request: IterRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PublishedDto> {
    allowPublishing(asked.principal);
    return this.#publish(asked, await readOneFile(request), reply);
  }

  @Post(':key/withdraw')
  @HttpCode(200)
  @ApiOperation({ summary: 'Withdraw a version: it stays readable, and is adopted no more' })
  @ApiOkResponse({ type: LibraryAnswerDto })
  withdraw(
    @Command() asked: Asked,
    @Param('key') key: string,
    @Body() { version, reason }: WithdrawPackageDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LibraryAnswerDto> {
    return this.#act(asked, key, { type: 'WithdrawPackage', version, reason: reason.trim() }, reply);
  }

  @Post(':key/adopt')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that a body uses a version, since when, and what it made of it' })
  @ApiOkResponse({ type: LibraryAnswerDto })
  adopt(
    @Command() asked: Asked,
    @Param('key') key: string,
    @Body() { body, version, since, adapted = '' }: AdoptPackageDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LibraryAnswerDto> {
    const command: LibraryCommand = {
      ...{ type: 'AdoptPackage', body, version, since },
      adapted: adapted === '' ? null : adapted,
    };
    return this.#act(asked, key, command, reply);
  }

  @Post(':key/stop')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that a body uses the package no more' })
  @ApiOkResponse({ type: LibraryAnswerDto })
  stop(
    @Command() asked: Asked,
    @Param('key') key: string,
    @Body() { body }: StopUsingDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LibraryAnswerDto> {
    return this.#act(asked, key, { type: 'StopUsingPackage', body }, reply);
  }

  async #act(
    { principal, route, idempotencyKey }: Asked,
    key: string,
    command: LibraryCommand,
    reply: FastifyReply,
  ): Promise<LibraryAnswerDto> {
    const outcome = await this.ports.library.execute({ key, command, principal, route, idempotencyKey });
    tellPosition(reply, succeeded(outcome).position);
    return { key };
  }

  async #publish(asked: Asked, archive: Uint8Array, reply: FastifyReply): Promise<PublishedDto> {
    const { outcome, ...published } = await publishArchive(this.ports, asked, archive);
    tellPosition(reply, succeeded(outcome).position);
    return published;
  }
}
