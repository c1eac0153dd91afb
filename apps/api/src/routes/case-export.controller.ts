import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '@iter/access';
import type { CaseReading } from '@iter/commands/case';
import { writePdf } from '@iter/documents/acts';
import { packBundle } from '@iter/documents/case-bundle';
import type { DefinitionText } from '@iter/documents/case-bundle';
import type { JsonObject, StoredEvent } from '@iter/event-store';
import { coverageOf } from '@iter/event-store/checkpoints';
import type { CheckpointProof } from '@iter/event-store/checkpoints';
import { deployedText } from '@iter/process-catalog';
import type { DefinitionDeployed } from '@iter/process-catalog';
import { documentsOf } from '../case-file/case-file.ts';
import { CaseFiles } from '../case-file/case-files.ts';
import { csvOfEvents, fascicoloOf } from '../case-file/fascicolo.ts';
import { ExportQuery } from '../dto/requests.ts';
import { caseIdFrom } from '../http/ids.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { Caller } from '../session/session.ts';

type Reading = CaseReading & { readonly definitions: readonly string[] };
type Format = ExportQuery['format'];

const types: Readonly<Record<Format, readonly [mediaType: string, extension: string]>> = {
  bundle: ['application/zip', 'zip'],
  jsonl: ['application/jsonl; charset=utf-8', 'jsonl'],
  csv: ['text/csv; charset=utf-8', 'csv'],
  pdf: ['application/pdf', 'pdf'],
};

/** Documents of one case that are put into one archive. */
const mostBytes = 512 * 1024 * 1024;

/** A case as a file. */
@ApiTags('cases')
@Controller('api/v1/cases')
export class CaseExportController {
  constructor(
    @Inject(PORTS) private readonly ports: ApiPorts,
    private readonly files: CaseFiles,
  ) {}

  @Get(':id/export')
  @ApiOperation({
    summary:
      'The file of a case: `bundle` proves itself (`iter verify`), under pseudonyms all but its content; `pdf` is to be read, `jsonl` and `csv` are its events',
  })
  @ApiProduces('application/zip', 'application/jsonl', 'text/csv', 'application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async export(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Query() { format, reason }: ExportQuery,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const caseId = caseIdFrom(id);
    const what = `export ${format}`;
    const reading = await this.files.history({
      caseId,
      principal,
      what,
      ...(reason !== undefined && { reason }),
    });
    const content = await this.#content(caseId, principal, format, reading);
    const [mediaType, extension] = types[format];
    return reply
      .header('Content-Type', mediaType)
      .header('Content-Disposition', `attachment; filename="fascicolo-${caseId.slice(0, 8)}.${extension}"`)
      .header('Content-Security-Policy', "default-src 'none'; sandbox")
      .header('Cache-Control', 'private, no-store')
      .send(content);
  }

  #content(
    caseId: string,
    principal: Principal,
    format: Format,
    reading: Reading,
  ): Promise<Buffer | string> | string {
    const { events } = reading;
    switch (format) {
      case 'jsonl':
        return events.map((event) => `${JSON.stringify(event)}\n`).join('');
      case 'csv':
        return csvOfEvents(events);
      case 'pdf':
        return this.#pdf(caseId, principal, reading);
      case 'bundle':
        return this.#bundle(caseId, reading);
    }
  }

  async #pdf(caseId: string, principal: Principal, { state, events, definitions }: Reading): Promise<Buffer> {
    const summary = await this.ports.views.case(principal, caseId);
    const { catalog, bodies } = this.ports;
    const element = (revision: number): string | null => {
      const data = events[revision]?.data;
      const name = data && 'element' in data && typeof data.element === 'string' ? data.element : null;
      return name && (catalog.byHash(definitions[revision] ?? '')?.model.nodes.get(name)?.name || name);
    };
    return writePdf(
      fascicoloOf(caseId, state, events, {
        code: summary?.code ?? caseId.slice(0, 8).toUpperCase(),
        processName: catalog.byHash(state.definition)?.name ?? state.process,
        bodyName: bodies.nameOf(state.comune),
        element,
      }),
      'extract',
    );
  }

  /** Null: not signed yet, or its place is not known any more. @throws Problem when the log is not what was signed */
  async #proof(sealed: readonly StoredEvent[]): Promise<CheckpointProof | null> {
    const coverage = await coverageOf(this.ports.log, sealed);
    if (coverage.kind === 'differs')
      throw new Problem('case-unreadable', {
        detail: {
          it: 'Il registro non è quello che fu attestato: prima lo verifica chi gestisce il sistema (iter verify --all).',
          en: 'The log is not what was vouched for: whoever runs the system verifies it first (iter verify --all).',
        },
      });
    return coverage.kind === 'covered' ? coverage.proof : null;
  }

  /** Envelopes name accounts: whoever reads under pseudonyms gets them covered, and no document. */
  async #bundle(caseId: string, { state, events, pseudonymised }: Reading): Promise<Buffer> {
    const sealed = (await this.ports.log.readStream(`case-${caseId}`)).slice(0, events.length);
    const filed = documentsOf(caseId, events);
    if (!pseudonymised && filed.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > mostBytes) {
      throw new Problem('limit-exceeded', {
        detail: {
          it: 'I documenti superano 512 MB: si esporta il fascicolo in un altro formato e i documenti uno per uno.',
          en: 'The documents exceed 512 MB: the file is exported in another format, and the documents one by one.',
        },
      });
    }
    const documents = [];
    for (const { id, name, sha256 } of filed) {
      const content = pseudonymised ? null : await this.ports.documents.read(caseId, sha256);
      documents.push({ key: id.slice(caseId.length + 1), name, sha256, content });
    }
    return Buffer.from(
      packBundle({
        ...{ caseId, process: state.process, comune: state.comune },
        events: sealed,
        proof: await this.#proof(sealed),
        clarity: pseudonymised ? 'pseudonyms' : 'whole',
        clear: events.map(({ revision, type, data, actor, occurredAt, recordedAt }) => ({
          ...{ revision, type, data: data as JsonObject },
          ...(pseudonymised && { actor, occurredAt, recordedAt }),
        })),
        definitions: await this.#followed(events),
        documents,
      }),
    );
  }

  /** The processes that the case followed or called, as the log has their deployment. */
  async #followed(events: Reading['events']): Promise<ReadonlyMap<string, DefinitionText>> {
    const hashes = new Set(
      events.flatMap(({ data }) =>
        [
          'definition' in data && !('element' in data) ? data.definition : null,
          'called' in data ? data.called : null,
        ].filter((it) => typeof it === 'string'),
      ),
    );
    const found = new Map<string, DefinitionText>();
    for (const hash of hashes) {
      const key = this.ports.catalog.byHash(hash)?.key;
      if (key === undefined) continue;
      const deployed = await this.ports.log.readStream(`definition-${key}`);
      const data = deployed.find((event) => event.data['hash'] === hash)?.data as
        DefinitionDeployed['data'] | undefined;
      if (data) found.set(hash, deployedText(data));
    }
    return found;
  }
}
