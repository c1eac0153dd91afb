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

const number = '-?\\d{1,7}';
const bounds = `<dc:Bounds x="${number}" y="${number}" width="${number}" height="${number}" />\\n`;
const label = ` {8}<bpmndi:BPMNLabel>\\n {10}${bounds} {8}</bpmndi:BPMNLabel>\\n`;
/** The ids of a drawing come of the ids of what is drawn, so that nobody can write a word into them. */
const drawn = (kind: string, group: string, more = ''): string =>
  ` {6}<bpmndi:${kind} id="(?<${group}>[^"<>&]+)_di(?:_\\d{1,6})?" bpmnElement="\\k<${group}>"${more}>\\n`;
const looks = '(?: is(?:Horizontal|Expanded|MarkerVisible)="true")?';
const namespaces = [
  ['bpmndi', 'http://www.omg.org/spec/BPMN/20100524/DI'],
  ['dc', 'http://www.omg.org/spec/DD/20100524/DC'],
  ['di', 'http://www.omg.org/spec/DD/20100524/DI'],
].map(([prefix, uri]) => `(?: xmlns:${prefix}="${uri}")?`);
/** Drawings as `ensureDiagram` of the process model writes them, line by line. */
const drawings = new RegExp(
  [
    `^(?: {2}<bpmndi:BPMNDiagram${namespaces.join('')} id="BPMNDiagram_(?<plane>[^"<>&]+?)(?:_\\d{1,6})?">\\n`,
    ' {4}<bpmndi:BPMNPlane id="BPMNPlane_\\k<plane>(?:_\\d{1,6})?" bpmnElement="\\k<plane>">\\n',
    `(?:${drawn('BPMNShape', 'node', looks)} {8}${bounds}(?:${label})? {6}</bpmndi:BPMNShape>\\n|`,
    `${drawn('BPMNEdge', 'flow')}(?: {8}<di:waypoint x="${number}" y="${number}" />\\n)+(?:${label})?`,
    ' {6}</bpmndi:BPMNEdge>\\n)*',
    ' {4}</bpmndi:BPMNPlane>\\n {2}</bpmndi:BPMNDiagram>\\n)+$',
  ].join(''),
);

/** An append to the log is no larger, and so no diagram in it. */
const mostChars = 1024 * 1024;

/**
 * The diagram as it was deployed: what came without a drawing has been given one, right before its root element ends, below its
 * own address. What holds anything else, or any drawing of its own beside it, is returned as it is: a drawing that was deployed
 * must not be laid over. Where shapes lie is the system's word, which nothing proves.
 */
export function withoutDrawing(xml: string): string {
  if (xml.length > mostChars) return xml;
  const start = xml.indexOf('  <bpmndi:BPMNDiagram ');
  const last = '  </bpmndi:BPMNDiagram>\n';
  const end = xml.lastIndexOf(last) + last.length;
  const [before, drawing, after] = [xml.slice(0, start), xml.slice(start, end), xml.slice(end)];
  if (start === -1 || end <= start || !drawings.test(drawing) || !endsRoot(after)) return xml;
  const rest = before + after;
  if (/<(?:[\w.-]+:)?BPMN(?:Diagram|Shape)\b/.test(rest)) return xml;
  const ids = new Set(Array.from(rest.matchAll(/\bid\s*=\s*["']([^"']+)["']/g), ([, id]) => id));
  const shown = Array.from(drawing.matchAll(/ bpmnElement="([^"]+)"/g), ([, id]) => id);
  return shown.every((id) => ids.has(id)) ? rest : xml;
}

/** Whether a tag that closes is all that is left, but for comments. */
function endsRoot(after: string): boolean {
  let rest = after.trimEnd();
  while (rest.endsWith('-->')) rest = rest.slice(0, Math.max(0, rest.lastIndexOf('<!--'))).trimEnd();
  return /^<\/[\w.:-]+\s*>$/.test(rest);
}

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
