import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { mayAct } from '@iter/access';
import type { Principal } from '@iter/access';
import type { CaseReading } from '@iter/commands/case';
import { romeDate } from '@iter/legal-calendar';
import { incomingOf } from '../case-file/ahead.ts';
import { commentsOf, documentsOf, factOf, joinsOf, tokensOf } from '../case-file/case-file.ts';
import { masked } from '../case-file/pseudonymise.ts';
import { CaseFiles } from '../case-file/case-files.ts';
import { OneCaseDto } from '../dto/erasures.ts';
import { ListOf, PageOf } from '../dto/page.ts';
import {
  CasesQuery,
  CheckIncomingDto,
  CommandAnswerDto,
  CommentRequestDto,
  HistoryQuery,
  IncomingDto,
  DocumentsQuery,
  ReadQuery,
  StartCaseDto,
  StateQuery,
  UploadDto,
} from '../dto/requests.ts';
import { ValuesVerdictDto } from '../dto/verdict.ts';
import {
  AwaitedMessageDto,
  CaseDto,
  CaseEventDto,
  CaseStateDto,
  CommentDto,
  DeadlineDto,
  DocumentDto,
} from '../dto/views.ts';
import { answerOf, sendDocument, verdictOf } from '../http/answers.ts';
import { InLanguage } from '../http/language.ts';
import type { Language } from '../http/language.ts';
import { Command, etagOf } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { caseIdFrom, partsOf } from '../http/ids.ts';
import { protocolOf } from '../http/protocol.ts';
import { notOneFile, readUpload } from '../http/multipart.ts';
import type { UploadedFile } from '../http/multipart.ts';
import { decodeCursor, encodeCursor, filterOf, pageOf } from '../http/paging.ts';
import { createValidation } from '../http/validation.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { Caller } from '../session/session.ts';
import type { IterRequest } from '../session/session.ts';
import { CaseActs } from './case-acts.ts';

const uploadSchema = (properties: Record<string, object>, required: string[]) => ({
  schema: {
    type: 'object',
    required,
    properties: {
      ...properties,
      file: { type: 'array', maxItems: 10, items: { type: 'string', format: 'binary' } },
    },
  },
});
const text = (example: string) => ({ type: 'string', example });

@ApiTags('cases')
@Controller('api/v1/cases')
export class CasesController {
  readonly #validation = createValidation();

  constructor(
    @Inject(PORTS) private readonly ports: ApiPorts,
    private readonly acts: CaseActs,
    private readonly files: CaseFiles,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Start a case' })
  @ApiCreatedResponse({ type: CommandAnswerDto })
  async start(
    @Command() asked: Asked,
    @Body() body: StartCaseDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const { expectedRevision: _, ...request } = asked;
    const outcome = await this.acts.start({ ...request, ...startOf(body) });
    const answer = answerOf(reply, outcome);
    const { process, message } = body;
    this.acts.forgetDraft(asked, !message ? `start.${process}` : `start.${process}.${message}`);
    void reply.header('Location', `/api/v1/cases/${answer.caseId}`);
    return answer;
  }

  @Post('check')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Whether a case would start with these values, and what is wrong with them; nothing happens',
  })
  @ApiOkResponse({ type: ValuesVerdictDto })
  async check(
    @Caller() principal: Principal,
    @Body() body: StartCaseDto,
    @InLanguage() language: Language,
  ): Promise<ValuesVerdictDto> {
    return verdictOf(await this.ports.cases.checkStart({ principal, ...startOf(body) }), language);
  }

  @Get()
  @ApiOperation({ summary: 'Find cases' })
  @PageOf(CaseDto)
  find(@Caller() principal: Principal, @Query() query: CasesQuery): Promise<unknown> {
    return this.ports.views.cases(principal, filterOf(query), pageOf(query));
  }

  @Get(':id')
  @ApiOperation({ summary: 'Where a case stands' })
  @ApiOkResponse({ type: OneCaseDto })
  async read(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const caseId = caseIdFrom(id);
    const found = await this.ports.views.case(principal, caseId);
    if (!found) throw new Problem('case-not-found');
    void reply.header('ETag', etagOf(found.revision));
    const { erasures } = this.ports;
    const isTold = mayAct(principal, 'ReadErasures', { body: found.comune }).allowed;
    const holds = erasures.held(caseId).map(({ body, at, reason }) => ({
      ...{ body, at, reason: isTold ? reason : null },
      own: principal.grants.some((grant) => grant.body === body),
    }));
    const { comune, process, startedAt } = found;
    const known = { comune, process, startedOn: romeDate(startedAt) };
    const content = await this.ports.cases.readContentAccess({ caseId, principal, known });
    const erased = erasures.find(caseId);
    if (!erased) return { ...found, content, holds, erasure: null };
    const { ground, instruction, orderedAt, carriedOutAt } = erased;
    return { ...found, content, holds, erasure: { ground, instruction, orderedAt, carriedOutAt } };
  }

  @Get(':id/history')
  @ApiOperation({ summary: 'Everything that happened in a case, oldest first' })
  @PageOf(CaseEventDto)
  async history(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Query() query: HistoryQuery,
  ): Promise<unknown> {
    const page = pageOf(query);
    const { after } = query;
    const from = decodeCursor(page.cursor, 'number') ?? (after === undefined ? 0 : after + 1);
    const { events, definitions, interventions } = await this.files.history({
      caseId: caseIdFrom(id),
      principal,
      what: 'history',
      ...reasonOf(query),
      // A further page, or what came since, belongs to the reading that began with the first.
      ...((page.cursor !== null || after !== undefined) && { continues: true }),
    });
    const items = events.filter(({ revision }) => revision >= from).slice(0, page.limit);
    const next = (items.at(-1)?.revision ?? -1) + 1;
    return {
      items: items.map((event) => ({
        ...factOf(event),
        definition: definitions[event.revision],
        isIntervention: interventions.has(event.revision),
      })),
      nextCursor: items.length > 0 && next < events.length ? encodeCursor(next) : null,
    };
  }

  @Get(':id/state')
  @ApiOperation({ summary: 'A case as it stands, or stood at an instant or revision' })
  @ApiOkResponse({ type: CaseStateDto })
  async state(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Query() { at, revision, reason }: StateQuery,
  ): Promise<CaseStateDto> {
    const caseId = caseIdFrom(id);
    const reading: CaseReading = await this.files.read({
      caseId,
      principal,
      what: 'state',
      ...(at !== undefined && { at }),
      ...(revision !== undefined && { revision }),
      ...(reason !== undefined && { reason }),
    });
    const { state, events, pseudonymised } = reading;
    return {
      caseId,
      revision: state.revision,
      recordedAt: events.at(-1)?.recordedAt ?? null,
      status: state.suspended ? 'suspended' : state.status,
      process: state.process,
      version: state.version,
      definition: state.definition,
      tokens: [...tokensOf(state)],
      joins: [...joinsOf(state)],
      // The auditor sees which variables there are, not what they say.
      variables: pseudonymised
        ? Object.fromEntries(Object.keys(state.root.variables).map((name) => [name, masked]))
        : state.root.variables,
    };
  }

  @Get(':id/deadlines')
  @ApiOperation({ summary: 'The legal deadlines of a case' })
  @ListOf(DeadlineDto)
  async deadlines(@Caller() principal: Principal, @Param('id') id: string): Promise<unknown> {
    const caseId = caseIdFrom(id);
    if (!(await this.ports.views.case(principal, caseId))) throw new Problem('case-not-found');
    return { items: await this.ports.views.deadlinesOf(principal, caseId) };
  }

  @Get(':id/documents')
  @ApiOperation({ summary: 'The documents of a case' })
  @ListOf(DocumentDto)
  async documents(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Query() query: DocumentsQuery,
  ): Promise<unknown> {
    const caseId = caseIdFrom(id);
    const task = taskOf(caseId, query);
    const {
      events,
      withTask,
      replacesAny: replaceable,
    } = await this.files.read({
      ...{ caseId, principal, what: 'documents', ...task, ...reasonOf(query) },
    });
    const filed = documentsOf(caseId, events).map((document) => ({ ...document, replaceable }));
    if (task.task === undefined) return { items: filed };
    return { items: filed.filter(({ id: document }) => withTask.has(document.slice(caseId.length + 1))) };
  }

  @Get(':id/documents/:documentId/content')
  @ApiOperation({ summary: 'The content of a document' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async download(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Param('documentId') documentId: string,
    @Query() query: DocumentsQuery,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const { caseId, key } = partsOf(documentId, 'document-not-found');
    if (caseId !== caseIdFrom(id)) throw new Problem('document-not-found');
    const document = await this.files.document({
      ...{ caseId, principal, key, ...taskOf(caseId, query), ...reasonOf(query) },
    });
    const content = document && (await this.ports.documents.read(caseId, document.sha256));
    if (!document || !content) throw new Problem('document-not-found');
    return sendDocument(reply, { name: document.name ?? key, mediaType: document.mediaType }, content);
  }

  @Post(':id/documents')
  @ApiOperation({ summary: 'File a document' })
  @ApiConsumes('multipart/form-data')
  @ApiBody(
    uploadSchema(
      {
        protocolNo: text('1234/2026'),
        protocolBody: text('p_demo'),
        protocolRegister: text('Generale'),
        protocolDate: { type: 'string', format: 'date', example: '2026-04-10' },
        task: text('0b6f8c7e-….3f9ac01b77d2-1'),
        replaces: text('0b6f8c7e-….12ab34cd56ef-0'),
      },
      ['file'],
    ),
  )
  @ApiCreatedResponse({ type: CommandAnswerDto })
  async attach(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Req() request: IterRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const caseId = caseIdFrom(id);
    const { fields, files } = await readUpload(request, this.#validation, UploadDto);
    const [file, ...more] = files;
    if (!file || more.length > 0) throw notOneFile();
    const task = fields.task === undefined ? null : partsOf(fields.task, 'task-not-found').key;
    const replaces =
      fields.replaces === undefined ? undefined : partsOf(fields.replaces, 'document-not-found').key;
    const protocol = await protocolOf(this.ports.protocol, fields);
    const { key, outcome } = await this.files.attach(asked, caseId, file, {
      protocolNo: fields.protocolNo ?? null,
      ...(protocol && { protocol }),
      task,
      ...(replaces !== undefined && { replaces }),
    });
    return answerOf(reply, outcome, `${caseId}.${key}`);
  }

  @Get(':id/comments')
  @ApiOperation({ summary: 'The comments on a case' })
  @ListOf(CommentDto)
  async comments(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Query() query: ReadQuery,
  ): Promise<unknown> {
    const caseId = caseIdFrom(id);
    const { events } = await this.files.read({ caseId, principal, what: 'comments', ...reasonOf(query) });
    return { items: commentsOf(caseId, events) };
  }

  @Post(':id/comments')
  @ApiOperation({ summary: 'Add a comment' })
  @ApiCreatedResponse({ type: CommandAnswerDto })
  comment(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Body() { text }: CommentRequestDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    return this.acts.act(reply, asked, caseIdFrom(id), { type: 'AddComment', text });
  }

  @Get(':id/incoming')
  @ApiOperation({ summary: 'What the case awaits from outside' })
  @ListOf(AwaitedMessageDto)
  async awaited(@Caller() principal: Principal, @Param('id') id: string): Promise<unknown> {
    const caseId = caseIdFrom(id);
    const { state } = await this.files.state({ caseId, principal, act: 'SeeCase' });
    const models = (hash: string) => this.ports.catalog.byHash(hash)?.model;
    const awaited = incomingOf(models, state);
    const items = awaited.map(async ({ form, ...told }) => ({
      ...told,
      form: form === null ? null : this.ports.catalog.form(told.definition, form),
      mayRegister: await this.#mayRegister(caseId, principal, told.message),
    }));
    return { items: await Promise.all(items) };
  }

  /** Whether the right to register a message is there, whatever is wrong with what it brings. */
  async #mayRegister(caseId: string, principal: Principal, message: string): Promise<boolean> {
    const asked = await this.ports.cases.checkIncoming({
      ...{ caseId, principal, message },
      ...{ variables: {}, cover: {} },
    });
    return asked.outcome === 'read' || !lacksRight.has(asked.rejection.code);
  }

  @Post(':id/incoming/check')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Whether what arrived could be registered with these values, and what is wrong with them; nothing happens',
  })
  @ApiOkResponse({ type: ValuesVerdictDto })
  async checkIncoming(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Body() { message, variables, occurredAt, protocolNo, receivedOn, sender }: CheckIncomingDto,
    @InLanguage() language: Language,
  ): Promise<ValuesVerdictDto> {
    return verdictOf(
      await this.ports.cases.checkIncoming({
        ...{ caseId: caseIdFrom(id), principal, message, variables: (variables ?? {}) as never },
        cover: {
          ...(protocolNo !== undefined && { protocolNo }),
          ...(receivedOn !== undefined && { receivedOn }),
          ...(sender !== undefined && { sender }),
        },
        ...(occurredAt !== undefined && { occurredAt }),
      }),
      language,
    );
  }

  @Post(':id/incoming')
  @ApiOperation({ summary: 'Register what arrived from outside as a message that the case awaits' })
  @ApiConsumes('multipart/form-data')
  @ApiBody(
    uploadSchema(
      {
        message: text('deferralRequest'),
        protocolNo: text('1301/2026'),
        protocolBody: text('p_demo'),
        protocolRegister: text('Generale'),
        protocolDate: { type: 'string', format: 'date', example: '2026-04-10' },
        receivedOn: { type: 'string', format: 'date', example: '2026-04-10' },
        sender: text('Dipendente M-0042'),
        note: text('Consegnata a mano'),
        variables: text('{"deferralDays":15}'),
        occurredAt: { type: 'string', format: 'date-time', example: '2026-04-10T09:00:00+02:00' },
      },
      ['message', 'protocolNo', 'receivedOn', 'sender'],
    ),
  )
  @ApiCreatedResponse({ type: CommandAnswerDto })
  async register(
    @Command() asked: Asked,
    @Param('id') id: string,
    @Req() request: IterRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const caseId = caseIdFrom(id);
    const { fields, files } = await readUpload(request, this.#validation, IncomingDto, ['variables']);
    const { message, protocolNo, receivedOn, sender, note, variables, occurredAt } = fields;
    const protocol = await protocolOf(this.ports.protocol, fields);
    const reference = { protocolNo, ...(protocol && { protocol }) };
    const documents: string[] = [];
    // A signature in a file of its own finds the document that it signs, in whatever order the two were chosen.
    const inOrder = [...files.entries()].toSorted(([, a], [, b]) => Number(isApart(a)) - Number(isApart(b)));
    for (const [index, file] of inOrder) {
      // Each file is a command of its own, recognised when the whole request is repeated.
      const part = { ...asked, idempotencyKey: `${asked.idempotencyKey}.${index}`.slice(-200) };
      documents.push((await this.files.attach(part, caseId, file, { ...reference, task: null })).key);
    }
    return this.acts.act(
      reply,
      // The files have moved the case on: what they changed is the caller's own doing.
      documents.length === 0 ? asked : withoutRevision(asked),
      caseId,
      {
        type: 'RegisterIncoming',
        message,
        ...reference,
        receivedOn,
        sender,
        documents,
        note: note ?? '',
        variables: (variables ?? {}) as never,
      },
      { ...(occurredAt !== undefined && { occurredAt }) },
    );
  }
}

/** How a right that somebody lacks is refused. */
const lacksRight: ReadonlySet<string> = new Set([
  ...['case-not-found', 'not-authorised', 'reason-required', 'member-incompatible'],
]);

/** What is asked, as a request to start a case. */
const startOf = ({
  process,
  version,
  comune,
  businessKey,
  message,
  variables,
  occurredAt,
}: StartCaseDto) => ({
  process,
  comune,
  businessKey: businessKey ?? null,
  variables: (variables ?? {}) as never,
  ...(version !== undefined && { version }),
  ...(message !== undefined && { message, isRegistered: true }),
  ...(occurredAt !== undefined && { occurredAt }),
});

const reasonOf = ({ reason }: { readonly reason?: string }) => (reason === undefined ? {} : { reason });

/** The task of this case that documents are asked of; none: those of the whole case. */
const taskOf = (caseId: string, { task }: { readonly task?: string }): { readonly task?: string } => {
  if (task === undefined) return {};
  const parts = partsOf(task, 'task-not-found');
  if (parts.caseId !== caseId) throw new Problem('task-not-found');
  return { task: parts.key };
};

const isApart = ({ name }: UploadedFile): boolean => name.toLowerCase().endsWith('.p7s');

const withoutRevision = ({ expectedRevision: _, ...asked }: Asked): Asked => asked;
