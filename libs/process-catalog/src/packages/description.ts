import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { Signature } from '@iter/platform/signatures';
import type { PackageDescription, PackageManifest } from './manifest.ts';

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength });
const object = (properties: Record<string, unknown>, optional: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
});
const list = (items: unknown, maxItems: number, more: object = {}) => ({
  type: 'array',
  items,
  maxItems,
  ...more,
});

const version = { type: 'string', pattern: '^\\d{1,4}\\.\\d{1,4}\\.\\d{1,6}(-[0-9A-Za-z.-]{1,40})?$' };
const origin = object({ body: { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]{1,29}$' }, name: text(200) });
const key = { type: 'string', pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', maxLength: 80 };
const contentHash = { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' };
const described = {
  version,
  licence: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9.+-]{1,60}$' },
  origin,
  authors: list(text(120), 50, { minItems: 1 }),
  summary: object({ it: text(600), en: text(600) }),
  basedOn: { oneOf: [{ type: 'null' }, object({ origin, key, version, contentHash })] },
};
const names = list(text(120), 500);
const manifest = object({
  format: { const: 'iter-package/1' },
  key,
  name: text(200),
  ...described,
  processes: list(key, 60, { minItems: 1 }),
  terms: names,
  ladders: names,
  files: list(
    object({
      path: text(300),
      sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
      sizeBytes: { type: 'integer', minimum: 0 },
    }),
    3_000,
  ),
  contentHash,
});
const signature = object({ algorithm: { const: 'Ed25519' }, publicKey: text(200), signature: text(200) });

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
const checks = {
  description: ajv.compile<PackageDescription>(object(described, ['basedOn'])),
  manifest: ajv.compile<PackageManifest>(manifest),
  signature: ajv.compile<Signature>(signature),
};

export type Read<T> = { readonly value: T } | { readonly problem: string };

function check<T>(what: keyof typeof checks, value: unknown): Read<T> {
  const validate = checks[what];
  if (validate(value)) return { value: value as T };
  const problem = (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath || '/'} ${message}`,
  );
  return { problem: [...new Set(problem)].slice(0, 5).join('; ') };
}

/** Reads a `package.yaml`. */
export function readDescription(content: string): Read<PackageDescription> {
  try {
    const read = check<PackageDescription>('description', parse(content, { schema: 'core' }));
    return 'value' in read ? { value: { ...read.value, basedOn: read.value.basedOn ?? null } } : read;
  } catch (error) {
    return { problem: (error as Error).message.split('\n')[0] ?? '' };
  }
}

const json = <T>(what: 'manifest' | 'signature', content: string): Read<T> => {
  try {
    return check(what, JSON.parse(content));
  } catch {
    return { problem: 'no JSON' };
  }
};

export const readManifest = (content: string): Read<PackageManifest> => json('manifest', content);
export const readSignature = (content: string): Read<Signature> => json('signature', content);
