import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';

type Node = Record<string, unknown>;

const language = {
  type: 'string',
  enum: ['it'],
  description:
    'Of the words, where it is not the one of the answer: a process says what it says in Italian alone.',
  example: 'it',
};

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'traceId', 'errors'],
  properties: {
    type: { type: 'string', format: 'uri-reference', example: '/problems/task-not-found' },
    title: { type: 'string', example: 'Attività non trovata o già conclusa' },
    status: { type: 'integer', format: 'int32', example: 404 },
    detail: { type: 'string', example: 'L’attività è già stata completata.' },
    detailLanguage: language,
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
          language,
        },
      },
    },
  },
  additionalProperties: true,
};

const number = (description: string, example: number): Node => ({
  description,
  schema: { type: 'integer', format: 'int32', example },
});

const headers: Readonly<Record<string, Node>> = {
  'RateLimit-Limit': number('Requests a minute.', 3000),
  'RateLimit-Remaining': number('Requests left in this minute.', 2999),
  'RateLimit-Reset': number('Seconds until the next minute begins.', 42),
  'Retry-After': number('Seconds to wait.', 2),
  'Iter-Position': {
    description: 'Where in the log it was written.',
    schema: { type: 'string', example: '3f9ac01b-1742' },
  },
};

const named = (...names: readonly string[]): Node =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

const rate = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'];

const problem = (description: string, ...more: readonly string[]): Node => ({
  description,
  headers: named(...rate, ...more),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** By status; what an operation may answer beside its success. */
const problems: Readonly<Record<string, Node>> = {
  '400': problem('The request cannot be read.'),
  '401': problem('Not signed in, or refused.'),
  '403': problem('Not allowed.'),
  '404': problem('Not there, or not to be known.'),
  '409': problem('Refused in the present state.'),
  '412': problem('The case has moved on.'),
  '422': problem('Readable but invalid.'),
  '428': problem('No Idempotency-Key.'),
  '429': problem('Too many requests.', 'Retry-After'),
  '503': problem('Not ready, or overloaded.', 'Retry-After'),
  default: problem('Any other error.'),
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
  document.components.headers = headers as never;
  document.components.responses = Object.fromEntries(
    Object.entries(problems).map(([status, response]) => [`Problem-${status}`, response]),
  ) as never;
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item as Node)) complete(path, method, operation as Node);
  }
  addFormats(document as unknown as Node);
  return document;
}

/** Sign-in and questionnaires carry their secrets in the body, a feed in its address, a schema is public: they need neither session nor key. */
const isOpen = (path: string, method: string): boolean =>
  path === '/status' ||
  path === '/api/v1/calendar/feeds/{file}' ||
  path === '/api/v1/webhooks/schema' ||
  path === '/api/v1/training/survey' ||
  path === '/api/v1/training/survey/answers' ||
  (path === '/api/v1/session' && method === 'post');

/** Asked by POST because of what they carry; they change nothing. */
const questions: ReadonlySet<string> = new Set([
  '/api/v1/deadlines/{id}/preview',
  '/api/v1/terms/compute',
  '/api/v1/tasks/{id}/check',
  '/api/v1/tasks/{id}/check-list',
  '/api/v1/cases/check',
  '/api/v1/cases/{id}/incoming/check',
  '/api/v1/cases/{id}/incoming/recognise',
  '/api/v1/library/check',
  '/api/v1/cases/{id}/hand-ins/check',
]);

function complete(path: string, method: string, operation: Node): void {
  const responses = (operation['responses'] ??= {}) as Record<string, Node>;
  const parameters = (operation['parameters'] ??= []) as Node[];
  const isApi = path.startsWith('/api/');
  const isCommand =
    ['post', 'put', 'delete'].includes(method) &&
    !isOpen(path, method) &&
    !questions.has(path) &&
    path !== '/api/v1/session';
  for (const [status, response] of Object.entries(responses)) {
    if (!status.startsWith('2') || !isApi) continue;
    response['headers'] = {
      ...named(...rate, ...(isCommand ? ['Iter-Position'] : [])),
      ...(response['headers'] as object | undefined),
    };
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
  const open = isOpen(path, method);
  operation['security'] = open ? [] : [{ bearer: [] }, { cookie: [] }];
  const answers = [
    '400',
    ...(open ? (method === 'post' ? ['401'] : []) : ['401', '403']),
    ...(path.includes('{') ? ['404'] : []),
    ...(isCommand ? ['409', '412', '428'] : []),
    ...(method === 'post' ? ['422'] : []),
    ...['429', '503', 'default'],
  ];
  for (const status of answers) responses[status] ??= { $ref: `#/components/responses/Problem-${status}` };
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
