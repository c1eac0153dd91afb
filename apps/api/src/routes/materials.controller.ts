import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '@iter/access';
import type { Service } from '@iter/registers';
import { LibraryQuery, MaterialDto } from '../dto/library.ts';
import { PageOf } from '../dto/page.ts';
import { sendDocument } from '../http/answers.ts';
import { caseIdFrom } from '../http/ids.ts';
import { pageOf } from '../http/paging.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';

/** Themes of the programme, by the service that they are about. */
const themes: Readonly<Partial<Record<Service, string>>> = {
  discipline: 'DISCIPLINARY',
  selection: 'SELECTION',
  training: 'TRAINING',
};
const serviceOfTheme = (theme: string): string | null =>
  Object.entries(themes).find(([, it]) => it === theme)?.[0] ?? null;

/** Materials of the community of practice: what `community-contribution` has published. */
@ApiTags('library')
@Controller('api/v1/library/materials')
export class MaterialsController {
  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {}

  @Get()
  @ApiOperation({ summary: 'Questions, documents and models that bodies share, the latest first' })
  @PageOf(MaterialDto)
  async list(@Caller() principal: Principal, @Query() query: LibraryQuery): Promise<unknown> {
    allow(principal, 'ReadLibrary', {});
    const { text, service } = query;
    const theme = service === undefined ? undefined : (themes[service as Service] ?? 'NONE');
    const { items, nextCursor } = await this.ports.views.library.materials(
      { ...(text !== undefined && { text }), ...(theme !== undefined && { theme }) },
      pageOf(query),
    );
    return {
      items: items.map(({ body, theme: of, files, ...material }) => ({
        ...material,
        service: serviceOfTheme(of),
        body: { ipa: body, name: this.ports.bodies.nameOf(body) },
        files: files.map(({ id, name, mediaType, sizeBytes }) => ({ id, name, mediaType, sizeBytes })),
      })),
      nextCursor,
    };
  }

  @Get(':caseId/files/:fileId')
  @ApiOperation({ summary: 'A file of a published contribution' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async file(
    @Caller() principal: Principal,
    @Param('caseId') id: string,
    @Param('fileId') fileId: string,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    allow(principal, 'ReadLibrary', {});
    const caseId = caseIdFrom(id);
    const { items } = await this.ports.views.library.materials({ caseId }, { limit: 1, cursor: null });
    const file = items[0]?.files.find((it) => it.id === fileId);
    const content = file && (await this.ports.documents.read(caseId, file.sha256));
    if (!file || !content) throw new Problem('document-not-found');
    return sendDocument(reply, file, content);
  }
}
