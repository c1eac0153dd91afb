import { createHash } from 'node:crypto';
import { hashEvent } from '@iter/event-store';
import type { ActorRef, Json, SealedEvent } from '@iter/event-store';
import type { CheckpointProof } from '@iter/event-store/checkpoints';
import { packZip } from '@iter/platform/archive';
import { canonicalJson } from '@iter/platform/ids';
import { cover } from './covered-event.ts';
import { readMe } from './read-me.ts';

/**
 * Whether what the events say is there in clear as well. The envelopes name accounts in any case, except under pseudonyms: there
 * they are covered as far as they name people and say what happened.
 */
export const clarities = ['whole', 'none', 'pseudonyms'] as const;
export type Clarity = (typeof clarities)[number];

/** Whoever knows the first only must not take the second for a broken one. */
export const formats = { open: 'iter-case/1', covered: 'iter-case-covered/1' } as const;

/** `manifest.json` of the file of a case. */
export interface BundleManifest {
  readonly format: (typeof formats)[keyof typeof formats];
  readonly caseId: string;
  readonly process: string;
  readonly comune: string;
  /** Of the last event, and its hash: whoever has this pair from elsewhere knows that nothing was cut off. */
  readonly revision: number;
  readonly headHash: string;
  readonly clarity: Clarity;
  /** What was filed, whether or not its content is here. */
  readonly documents: readonly BundledDocument[];
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

export interface BundledDocument {
  readonly key: string;
  readonly name: string;
  readonly sha256: string;
  /** Null: its content is not here. */
  readonly path: string | null;
}

/** What an event says, in clear, as the reader may know it. */
export interface ClearEvent {
  readonly revision: number;
  readonly type: string;
  readonly data: Json;
  /** Where the envelope does not tell it: under a pseudonym. */
  readonly actor?: ActorRef;
  readonly occurredAt?: string;
  readonly recordedAt?: string;
}

/** A process as it was deployed: its diagram, its forms, the texts of its act templates. */
export interface DefinitionText {
  readonly key: string;
  readonly xml: string;
  readonly forms: Readonly<Record<string, Json>>;
  readonly acts: Readonly<Record<string, string>>;
}

/** The address of a definition: as `definitionHash` of the catalogue makes it. */
export const hashOfDefinition = ({ key, xml, forms, acts }: DefinitionText): string =>
  sha256(
    bytes(
      canonicalJson({
        ...{ key, xml: sha256(bytes(xml)), forms },
        ...(Object.keys(acts).length > 0 && { acts }),
      }),
    ),
  );

/** Lines of a drawing and nothing else: no text, no tag that says what a process does. */
const drawing =
  /(?: {2}<((?:[\w.-]+:)?BPMNDiagram)\b[^<>]*>\n(?: {4,}<\/?(?:[\w.-]+:)?(?:BPMNPlane|BPMNShape|BPMNEdge|BPMNLabel|Bounds|waypoint)\b[^<>]*>\n)* {2}<\/\1>\n)+/;

/** The diagram as it was deployed: what came without a drawing has been given one, below its own address. */
export const withoutDrawing = (xml: string): string => xml.replace(drawing, '');

export interface BundleParts {
  readonly caseId: string;
  readonly process: string;
  readonly comune: string;
  /** The stream as the log has it, from the first event on. */
  readonly events: readonly SealedEvent[];
  readonly clarity: Clarity;
  readonly clear: readonly ClearEvent[];
  /** Which signed checkpoint covers the case, and up to where; null: none does yet. */
  readonly proof: CheckpointProof | null;
  /** By their hash. */
  readonly definitions: ReadonlyMap<string, DefinitionText>;
  readonly documents: readonly {
    readonly key: string;
    readonly name: string;
    readonly sha256: string;
    /** Null: the reader may not have it, or it was erased. */
    readonly content: Uint8Array | null;
  }[];
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');
const lines = (values: readonly unknown[]): Uint8Array =>
  bytes(values.map((value) => `${JSON.stringify(value)}\n`).join(''));

/** Envelopes only: where the log has an event is the log's own business, and no part of what is proven. */
function envelopeOf(event: SealedEvent): SealedEvent {
  const { id, type, schemaVersion, tenant, stream, revision, occurredAt, recordedAt, actor } = event;
  const { commandId, requestHash, causationId, correlationId, keyId, data, prevHash } = event;
  return {
    ...{ id, type, schemaVersion, tenant, stream, revision, occurredAt, recordedAt, actor },
    ...{ commandId, requestHash, causationId, correlationId, keyId, data, prevHash },
  };
}

/**
 * The file of a case (*fascicolo*) as a ZIP: its sealed events with their chain, what they say in clear as far as the reader may
 * know it, the diagrams that it followed, its documents or their hashes. The same bytes for the same content. Under pseudonyms
 * no document is in it, whatever is given.
 * @param parts at least one event
 */
export function packBundle(parts: BundleParts): Uint8Array {
  const { caseId, process, comune, events, clarity, clear, definitions } = parts;
  const last = events.at(-1);
  if (!last) throw new Error(`the case ${caseId} has no events`);
  const isCovered = clarity === 'pseudonyms';
  const content = new Map<string, Uint8Array>([
    isCovered ? ['covered.jsonl', lines(events.map(cover))] : ['events.jsonl', lines(events.map(envelopeOf))],
  ]);
  if (clarity !== 'none') content.set('clear.jsonl', lines(clear));
  if (parts.proof) content.set('checkpoint.json', bytes(`${JSON.stringify(parts.proof, null, 2)}\n`));
  for (const [hash, definition] of definitions) {
    content.set(`definitions/${hash}.json`, bytes(`${JSON.stringify(definition)}\n`));
    content.set(`definitions/${hash}.bpmn`, bytes(definition.xml));
  }
  const documents = parts.documents.map(({ key, name, sha256: hash, content: file }): BundledDocument => {
    const path = file && !isCovered ? `documents/${hash}${extensionOf(name)}` : null;
    if (path && file) content.set(path, file);
    return { key, name: clarity === 'whole' ? name : hash, sha256: hash, path };
  });
  content.set('LEGGIMI.txt', bytes(readMe(clarity)));
  const manifest: BundleManifest = {
    format: isCovered ? formats.covered : formats.open,
    ...{ caseId, process, comune, revision: last.revision, headHash: hashEvent(last), clarity, documents },
    files: [...content].map(([path, file]) => ({ path, sha256: sha256(file) })),
  };
  return packZip([['manifest.json', bytes(`${JSON.stringify(manifest, null, 2)}\n`)], ...content]);
}

const extensionOf = (name: string): string => /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0].toLowerCase() ?? '';
