import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '@iter/access';
import { openArchive } from '@iter/process-catalog/packages';
import type { OpenedPackage } from '@iter/process-catalog/packages';
import { serviceOf } from '@iter/registers';
import type { LibraryItem, PublishedVersion } from '@iter/registers/library';
import { DiffQuery, LibraryQuery, PackageDiffDto, PackageDto, PackageItemDto } from '../dto/library.ts';
import { PageOf } from '../dto/page.ts';
import { describeItem, describePackage, matches, processOf } from '../library/describe.ts';
import { differenceOf } from '../library/difference.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { paged } from '../http/paging.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';

/** The library of the community of practice: packages of processes, who uses them, how they fare. */
@ApiTags('library')
@Controller('api/v1/library')
export class LibraryController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get()
  @ApiOperation({ summary: 'Packages, by what they are about and what they are called' })
  @PageOf(PackageItemDto)
  async list(@Caller() principal: Principal, @Query() query: LibraryQuery): Promise<unknown> {
    allow(principal, 'ReadLibrary', {});
    const { text = '', service } = query;
    const found = this.ports.library
      .list()
      .filter(([key]) => service === undefined || serviceOf(processOf(key)) === service)
      .filter(([key, item]) => matches(key, item, text));
    const { items, nextCursor } = paged(found, ([key]) => key, query);
    const figures = await this.ports.views.library.figures(items.map(([key]) => processOf(key)));
    return {
      items: items.map(([key, item]) => describeItem(key, item, this.ports.bodies, figures)),
      nextCursor,
    };
  }

  @Get(':key')
  @ApiOperation({ summary: 'A package with its versions, its users and what others made of it' })
  @ApiOkResponse({ type: PackageDto })
  async one(@Caller() principal: Principal, @Param('key') key: string): Promise<PackageDto> {
    const item = this.#item(principal, key);
    const figures = await this.ports.views.library.figures([processOf(key)]);
    return describePackage(key, item, this.ports.library, this.ports.bodies, figures);
  }

  @Get(':key/diff')
  @ApiOperation({ summary: 'What differs between two versions, drawing by drawing and datum by datum' })
  @ApiOkResponse({ type: PackageDiffDto })
  async diff(
    @Caller() principal: Principal,
    @Param('key') key: string,
    @Query() { from, to }: DiffQuery,
  ): Promise<PackageDiffDto> {
    const opened = (asked: string): Promise<OpenedPackage> => {
      const [version = '', other = key] = asked.split('@').reverse();
      return this.#opened(this.#version(principal, other, version));
    };
    return differenceOf((await opened(from)).files, (await opened(to)).files);
  }

  @Get(':key/:version/archive')
  @ApiOperation({ summary: 'The archive, byte by byte as it was published' })
  @ApiProduces('application/zip')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async archive(
    @Caller() principal: Principal,
    @Param('key') key: string,
    @Param('version') version: string,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const content = await this.#content(this.#version(principal, key, version));
    return reply
      .header('Content-Type', 'application/zip')
      .header('Content-Disposition', `attachment; filename="${processOf(key)}-${version}.zip"`)
      .header('Content-Security-Policy', "default-src 'none'; sandbox")
      .send(content);
  }

  @Get(':key/:version/drawing')
  @ApiOperation({ summary: 'The drawing of the process that a version is about' })
  @ApiProduces('application/xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  async drawing(
    @Caller() principal: Principal,
    @Param('key') key: string,
    @Param('version') version: string,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const { files } = await this.#opened(this.#version(principal, key, version));
    const process = processOf(key);
    const drawing = files.get(`processes/${process}/${process}.bpmn`);
    if (!drawing) throw new Problem('package-not-found');
    return reply.header('Content-Type', 'application/xml; charset=utf-8').send(Buffer.from(drawing));
  }

  #item(principal: Principal, key: string): LibraryItem {
    allow(principal, 'ReadLibrary', {});
    const item = this.ports.library.find(key);
    if (!item) throw new Problem('package-not-found');
    return item;
  }

  #version(principal: Principal, key: string, wanted: string): PublishedVersion {
    const found = this.#item(principal, key).versions.find(({ version }) => version === wanted);
    if (!found) throw new Problem('package-not-found');
    return found;
  }

  async #content({ archive }: PublishedVersion): Promise<Buffer> {
    const content = await this.ports.contents.get(archive);
    if (!content) throw new Error(`the published archive ${archive} is not kept`);
    return content;
  }

  async #opened(version: PublishedVersion): Promise<OpenedPackage> {
    const opened = openArchive(await this.#content(version));
    if ('manifest' in opened) return opened;
    throw new Error(`the published archive ${version.archive} was altered`);
  }
}
