import type { ValidationPipe } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/problem.ts';
import { parseJson } from './parse-json.ts';

export interface UploadedFile {
  readonly name: string;
  readonly content: Buffer;
}

export interface Upload<T> {
  readonly fields: T;
  readonly files: readonly UploadedFile[];
}

/** Together, whatever their number: what one request may hold in memory. */
const maxTotalBytes = 64 * 1024 * 1024;

/** A multipart request as it came. @throws Problem when it is none, breaks off, is too large, or names a field twice */
async function readParts(request: FastifyRequest) {
  if (!request.isMultipart()) {
    throw new Problem('media-type-unsupported', {
      detail: { it: 'Occorre multipart/form-data.', en: 'It takes multipart/form-data.' },
    });
  }
  const raw: Record<string, unknown> = {};
  const files: UploadedFile[] = [];
  let total = 0;
  for await (const part of partsOf(request)) {
    if (part.type === 'file') {
      const content = await part.toBuffer();
      total += content.length;
      if (total > maxTotalBytes) throw new Problem('body-too-large');
      files.push({ name: part.filename, content });
      continue;
    }
    if (part.valueTruncated) throw new Problem('body-too-large');
    if (Object.hasOwn(raw, part.fieldname)) {
      const field = part.fieldname.slice(0, 60);
      throw new Problem('request-malformed', {
        detail: { it: `Il campo ${field} compare due volte.`, en: `The field ${field} is given twice.` },
      });
    }
    // An empty field of a form is a field left blank.
    if (part.value !== '') raw[part.fieldname] = part.value;
  }
  return { raw, files };
}

/** The parts of a request, as they come. @throws Problem when they break off or cannot be told apart */
async function* partsOf(request: FastifyRequest): ReturnType<FastifyRequest['parts']> {
  try {
    yield* request.parts();
  } catch (error) {
    // Limits have codes; what else the parser says is that the request is none.
    throw error instanceof Error && 'code' in error ? error : new Problem('request-malformed');
  }
}

/** The file of a multipart request that carries one and nothing else. @throws Problem when it does not */
export async function readOneFile(request: FastifyRequest): Promise<Buffer> {
  const { raw, files } = await readParts(request);
  const [file, ...more] = files;
  if (file && more.length === 0 && Object.keys(raw).length === 0) return file.content;
  throw notOneFile();
}

/** A request carries no file where one is needed, or more. */
export const notOneFile = (): Problem =>
  new Problem('request-invalid', {
    errors: [
      {
        ...{ pointer: '/file', code: 'one-file' },
        message: { it: 'Serve un file, uno solo.', en: 'One file is needed, and only one.' },
      },
    ],
  });

/**
 * Reads a multipart request: its fields checked like a body, its files whole. A field named in `json` holds JSON.
 * @throws Problem when it is no multipart request, too large, or names a field twice
 */
export async function readUpload<T>(
  request: FastifyRequest,
  pipe: ValidationPipe,
  type: new () => T,
  json: readonly string[] = [],
): Promise<Upload<T>> {
  const { raw, files } = await readParts(request);
  for (const name of json) {
    if (typeof raw[name] === 'string') raw[name] = parseField(name, raw[name]);
  }
  return { fields: (await pipe.transform(raw, { type: 'body', metatype: type })) as T, files };
}

function parseField(name: string, text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new Problem('request-invalid', {
      errors: [
        {
          ...{ pointer: `/${name}`, code: 'not-json' },
          message: {
            it: 'Il campo deve contenere JSON, in cui ogni nome compare una volta sola.',
            en: 'The field must hold JSON in which each name stands once.',
          },
        },
      ],
    });
  }
}
