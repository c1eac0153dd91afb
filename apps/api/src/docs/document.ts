import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';

type Node = Record<string, unknown>;

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'traceId', 'errors'],
  properties: {
    type: { type: 'string', format: 'uri-reference', example: '/problems/task-not-found' },
    title: { type: 'string', example: 'Attività non trovata o già conclusa' },
    status: { type: 'integer', format: 'int32', example: 404 },
    detail: { type: 'string', example: 'L’attività è già stata completata.' },
    instance: { type: 'string', format: 'uri-reference', example: '/api/v1/tasks/…/complete' },
    code: { type: 'string', example: 'task-not-found' },
    traceId: { type: 'string', example: '7a4d4e0a-3c55-4b6e-9f0e-1f6d1f6c2b11' },
    errors: {
      type: 'array',
      maxItems: 200,
      items: {
        type: 'object',
        required: ['pointer', 'code', 'message'],
        properties: {
          pointer: {
            type: 'string',
            description: 'JSON pointer into the request.',
            example: '/variables/hearingAt',
          },
          code: { type: 'string', example: 'required' },
          message: { type: 'string', example: 'Il campo è obbligatorio.' },
        },
      },
    },
  },
  additionalProperties: true,
};

const rateHeaders = Object.fromEntries(
  [
    ['RateLimit-Limit', 'Requests a minute.', 3000],
    ['RateLimit-Remaining', 'Requests left in this minute.', 2999],
    ['RateLimit-Reset', 'Seconds until the next minute begins.', 42],
  ].map(([name, description, example]) => [
    name,
    { description, schema: { type: 'integer', format: 'int32', example } },
  ]),
);

const problem = (description: string, headers: object = rateHeaders): Node => ({
  description,
  headers,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const retryAfter = {
  'Retry-After': { description: 'Seconds.', schema: { type: 'integer', format: 'int32', example: 2 } },
};

/** The contract of the API, from its controllers; what holds for every path is added here and not said at each. */
export function createDocument(app: INestApplication, version: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Iter')
    .setDescription(
      'Cases of the HR services that a Province runs for its Comuni: events, tasks, legal deadlines. ' +
        'Every command carries an `Idempotency-Key`; its answer carries an `Iter-Position`, which a query may send back to see ' +
        'what the command wrote. Errors are problems (RFC 9457) with a stable `code`.',
    )
    .setVersion(version)
    .setContact('Iter', '', 'iter@example.org')
    .setLicense('EUPL-1.2', 'https://eupl.eu/1.2/it/')
    .setTermsOfService('https://example.org/iter/terms')
    .addServer('https://iter.example.org', 'The installation that you call')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: '`token` of POST /api/v1/session' })
    .addCookieAuth('iter', {
      type: 'apiKey',
      in: 'cookie',
      name: 'iter',
      description: 'Browsers; unsafe methods also need `X-Iter-Request`.',
    })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  (document.info as unknown as Node)['x-summary'] =
    'Workflow engine and HR services of a Province for its Comuni';
  document.components ??= {};
  document.components.schemas ??= {};
  document.components.schemas['Problem'] = problemSchema as never;
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item as Node)) complete(path, method, operation as Node);
  }
  addFormats(document as unknown as Node);
  return document;
}

/** Sign-in carries its secrets in the body and needs neither session nor key. */
const isOpen = (path: string, method: string): boolean =>
  path === '/status' || (path === '/api/v1/session' && method === 'post');

function complete(path: string, method: string, operation: Node): void {
  const responses = (operation['responses'] ??= {}) as Record<string, Node>;
  const parameters = (operation['parameters'] ??= []) as Node[];
  const isApi = path.startsWith('/api/');
  const isCommand = method === 'post' && !isOpen(path, method);
  for (const [status, response] of Object.entries(responses)) {
    if (!status.startsWith('2')) continue;
    const headers = { ...(isApi && rateHeaders), ...(response['headers'] as object | undefined) } as Node;
    if (isCommand)
      headers['Iter-Position'] = {
        description: 'Where in the log it was written.',
        schema: { type: 'string', example: '3f9ac01b-1742' },
      };
    if (Object.keys(headers).length > 0) response['headers'] = headers;
  }
  if (isCommand) {
    parameters.push(
      header(
        'Idempotency-Key',
        'The same for every repetition of the same command.',
        'b1f4b9a0-6a4e-4f53-9d0e-0f6b1b1b1b1b',
        true,
      ),
      header('If-Match', 'ETag of the case: refused with 412 when it has moved on.', '"17"', false),
    );
  }
  if (isApi && method === 'get') {
    parameters.push(header('Iter-Position', 'Wait until the views have reached it.', '3f9ac01b-1742', false));
  }
  responses['400'] ??= problem('The request cannot be read.');
  if (!isOpen(path, method)) {
    operation['security'] = [{ bearer: [] }, { cookie: [] }];
    responses['401'] ??= problem('Not signed in.');
    responses['403'] ??= problem('Not allowed.');
  } else {
    operation['security'] = [];
    if (method === 'post') responses['401'] ??= problem('Wrong username or password.');
  }
  if (path.includes('{')) responses['404'] ??= problem('Not there, or not to be known.');
  if (method === 'post') responses['422'] ??= problem('Readable but invalid.');
  if (isCommand) {
    responses['409'] ??= problem('Refused in the present state.');
    responses['412'] ??= problem('The case has moved on.');
    responses['428'] ??= problem('No Idempotency-Key.');
  }
  responses['429'] ??= problem('Too many requests.', { ...rateHeaders, ...retryAfter });
  responses['503'] ??= problem('Not ready, or overloaded.', { ...rateHeaders, ...retryAfter });
  responses['default'] ??= problem('Any other error.');
}

const header = (name: string, description: string, example: string, required: boolean): Node => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string', maxLength: 200 },
  example,
});

/** RAC: every number says how wide it is. */
function addFormats(node: Node): void {
  if (node['type'] === 'integer') node['format'] ??= 'int32';
  if (node['type'] === 'number') node['format'] ??= 'double';
  for (const member of Object.values(node)) {
    if (Array.isArray(member))
      member.forEach((one) => one !== null && typeof one === 'object' && addFormats(one as Node));
    else if (member !== null && typeof member === 'object') addFormats(member as Node);
  }
}
