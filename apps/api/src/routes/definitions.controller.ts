import { Body, Controller, Get, Header, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { bodiesOf, isTerritorial } from '@iter/access';
import type { Principal } from '@iter/access';
import { deployDefinitions, mayBegin } from '@iter/commands';
import { romeDate } from '@iter/legal-calendar';
import { createVocabularies } from '@iter/process-catalog';
import type { Definition, Vocabulary } from '@iter/process-catalog';
import { peopleStarts, wordsOf } from '@iter/process-model';
import type { Problem as FileProblem } from '@iter/process-model';
import { describeFacts } from '../facts.ts';
import { ListOf } from '../dto/page.ts';
import { DeployDto, DeploymentDto } from '../dto/requests.ts';
import { DefinitionDto, VocabularyDto } from '../dto/views.ts';
import { succeeded, tellPosition } from '../http/answers.ts';
import { Command } from '../http/asked.ts';
import type { Asked } from '../http/asked.ts';
import { InLanguage } from '../http/language.ts';
import type { Language } from '../http/language.ts';
import { sendOnce } from '../http/once.ts';
import { Problem } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { allow } from '../session/allow.ts';
import { Caller } from '../session/session.ts';
import type { IterRequest } from '../session/session.ts';
import { territoryNow } from '../session/territory.ts';

@ApiTags('process-definitions')
@Controller('api/v1/process-definitions')
export class DefinitionsController {
  readonly #wordsOf: (of: Definition) => Vocabulary;

  constructor(@Inject(PORTS) private readonly ports: ApiPorts) {
    this.#wordsOf = createVocabularies(ports.catalog);
  }

  @Get()
  @ApiOperation({ summary: 'The latest version of every process' })
  @ListOf(DefinitionDto)
  list(
    @Caller() principal: Principal,
    @Req() request: IterRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): { items: DefinitionDto[] } {
    allow(principal, 'ReadDefinition', {});
    const all = this.ports.catalog.list();
    const called = calledIn(all);
    const items = all.map((definition) => this.#describe(definition, called, principal));
    return sendOnce(request, reply, { items });
  }

  @Get(':key')
  @ApiOperation({ summary: 'The latest version of a process, with its start form' })
  @ApiOkResponse({ type: DefinitionDto })
  async latest(@Caller() principal: Principal, @Param('key') key: string): Promise<DefinitionDto> {
    allow(principal, 'ReadDefinition', {});
    return this.#describe(await this.#find(key), this.#called(), principal);
  }

  @Get(':key/versions')
  @ApiOperation({ summary: 'All versions of a process, oldest first' })
  @ListOf(DefinitionDto)
  async versions(
    @Caller() principal: Principal,
    @Param('key') key: string,
  ): Promise<{ items: DefinitionDto[] }> {
    allow(principal, 'ReadDefinition', {});
    const called = this.#called();
    const items: DefinitionDto[] = [];
    for await (const definition of this.ports.catalog.readVersions(key)) {
      items.push(this.#describe(definition, called, principal));
    }
    if (items.length === 0) throw new Problem('definition-not-found');
    return { items };
  }

  @Get(':key/versions/:version')
  @ApiOperation({ summary: 'One version of a process' })
  @ApiOkResponse({ type: DefinitionDto })
  async version(
    @Caller() principal: Principal,
    @Param('key') key: string,
    @Param('version') version: string,
  ): Promise<DefinitionDto> {
    allow(principal, 'ReadDefinition', {});
    return this.#describe(await this.#find(key, version), this.#called(), principal);
  }

  @Get('by-hash/:hash')
  @ApiOperation({ summary: 'The version that a hash names: of a case, or of what lives in it' })
  @ApiOkResponse({ type: DefinitionDto })
  async byHash(@Caller() principal: Principal, @Param('hash') hash: string): Promise<DefinitionDto> {
    allow(principal, 'ReadDefinition', {});
    return this.#describe(await this.#byHash(hash), this.#called(), principal);
  }

  @Get('by-hash/:hash/words')
  @ApiOperation({
    summary:
      'What people call the variables of a process and the codes that they hold, with all that it calls',
  })
  @ApiOkResponse({ type: VocabularyDto })
  async words(
    @Caller() principal: Principal,
    @Param('hash') hash: string,
    @Req() request: IterRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<VocabularyDto> {
    allow(principal, 'ReadDefinition', {});
    const { names, values, typed } = this.#wordsOf(await this.#byHash(hash));
    return sendOnce(request, reply, { names: [...names], values: [...values], typed: [...typed] });
  }

  @Get(':key/versions/:version/xml')
  @ApiOperation({ summary: 'The BPMN file, as it was deployed' })
  @ApiProduces('application/xml')
  @ApiOkResponse({ schema: { type: 'string', example: '<?xml version="1.0"?><definitions/>' } })
  @Header('Content-Type', 'application/xml; charset=utf-8')
  async xml(
    @Caller() principal: Principal,
    @Param('key') key: string,
    @Param('version') version: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    allow(principal, 'ReadDefinition', {});
    const { xml } = await this.#find(key, version);
    // What is deployed never changes.
    void reply.header('Cache-Control', 'private, max-age=31536000, immutable');
    return xml;
  }

  @Get(':key/versions/:version/forms/:formId')
  @ApiOperation({ summary: 'A form of a process: form-js schema' })
  @ApiOkResponse({
    schema: { type: 'object', additionalProperties: true, example: { type: 'default', components: [] } },
  })
  async form(
    @Caller() principal: Principal,
    @Param('key') key: string,
    @Param('version') version: string,
    @Param('formId') formId: string,
  ): Promise<object> {
    allow(principal, 'ReadDefinition', {});
    const form = (await this.#find(key, version)).forms.get(formId);
    if (!form) throw new Problem('not-found');
    return form;
  }

  @Post()
  @ApiOperation({ summary: 'Deploy processes with their forms: all, or none when there is any error' })
  @ApiCreatedResponse({ type: DeploymentDto })
  async deploy(
    @Command() { principal, route, idempotencyKey }: Asked,
    @Body() { files }: DeployDto,
    @InLanguage() language: Language,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeploymentDto> {
    const asked = { principal, route, idempotencyKey, files };
    const result = await deployDefinitions(this.ports.catalog, asked);
    if (result.outcome === 'rejected') {
      const errors = result.problems.filter(({ severity }) => severity === 'error').slice(0, 200);
      throw new Problem(result.rejection.code, {
        detail: result.rejection.message,
        errors: errors.map((each) => ({
          pointer: `/files/${Math.max(
            0,
            files.findIndex(({ name }) => name === each.file),
          )}/text`,
          code: each.rule,
          message: { it: `${placeOf(each)} ${wordsOf(each).it}`, en: `${placeOf(each)} ${wordsOf(each).en}` },
        })),
      });
    }
    const { position, definitions, problems } = succeeded(result);
    tellPosition(reply, position);
    return {
      definitions: definitions.map(({ definition: { key, version, hash }, isNew }) => ({
        key,
        version,
        hash,
        isNew,
      })),
      warnings: problems.map((each) => `${placeOf(each)} ${each.rule} ${wordsOf(each)[language]}`),
    };
  }

  #called(): ReadonlySet<string> {
    return calledIn(this.ports.catalog.list());
  }

  #describe(definition: Definition, called: ReadonlySet<string>, principal: Principal): DefinitionDto {
    const { key, name, version, hash, deployedAt, model, forms } = definition;
    const begun = peopleStarts(model);
    const on = romeDate(this.ports.clock.now());
    const mine = [...bodiesOf(principal), ...(isTerritorial(key) ? territoryNow(this.ports, principal) : [])];
    const starts = begun.map(({ form, ...start }) => {
      const role = model.nodes.get(start.element)?.role ?? null;
      const about = { process: key, element: start.element, role, on };
      return {
        ...start,
        role,
        bodies: mine.filter((comune) => mayBegin(this.ports.bodies, principal, { ...about, comune }).allowed),
        form: form === null ? null : (forms.get(form) ?? null),
      };
    });
    const startForm = starts.find(({ message }) => message === null)?.form ?? null;
    // Another process calls it, and it asks nobody for anything to begin with: people begin that one.
    const isPart = called.has(key) && begun.every(({ form }) => form === null);
    const facts = describeFacts(principal, key, model);
    return { key, name, version, hash, deployedAt, startForm, starts, isPart, facts };
  }

  async #byHash(hash: string): Promise<Definition> {
    const find = () => this.ports.catalog.byHash(hash);
    const found = find() ?? (await this.ports.catalog.catchUp(), find());
    if (!found) throw new Problem('definition-not-found');
    return found;
  }

  async #find(key: string, version?: string): Promise<Definition> {
    const wanted = version === undefined ? undefined : /^[1-9]\d{0,8}$/.test(version) ? Number(version) : -1;
    const find = () => this.ports.catalog.find(key, wanted);
    const found = find() ?? (await this.ports.catalog.catchUp(), find());
    if (!found) throw new Problem('definition-not-found');
    return found;
  }
}

/** Keys of the processes that a process calls by name. */
function calledIn(all: readonly Definition[]): ReadonlySet<string> {
  const nodes = all.flatMap(({ model }) => [...model.nodes.values()]);
  return new Set(
    nodes.flatMap(({ call }) => (typeof call?.process.constant === 'string' ? call.process.constant : [])),
  );
}

/** Where a checker of files found something. */
const placeOf = ({ file, line, column, element }: FileProblem): string =>
  `${file ?? ''}:${line}:${column} ${element}`;
