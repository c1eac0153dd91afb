import { hashEvent, verifyLinks } from '@iter/event-store';
import type { ChainLink, Json, JsonObject, SealedEvent } from '@iter/event-store';
import { proofFrom, proves } from '@iter/event-store/checkpoints';
import type { CheckpointProof } from '@iter/event-store/checkpoints';
import { openZip } from '@iter/platform/archive';
import { clarities, formats, hashOfDefinition, sha256, withoutDrawing } from './bundle.ts';
import type { BundleManifest, Clarity, ClearEvent, DefinitionText } from './bundle.ts';
import { linkOf } from './covered-event.ts';

/** What the file of a case may hold, unpacked. */
export const bundleLimits = { files: 2_000, fileBytes: 64 * 1024 * 1024, bytes: 1024 * 1024 * 1024 } as const;

/** The first thing that is not as it should be, and where. */
export interface BundleFault {
  readonly code:
    | 'archive-unreadable'
    | 'archive-too-large'
    | 'path-unsafe'
    | 'manifest-invalid'
    | 'file-missing'
    | 'file-unlisted'
    | 'hash-differs'
    | 'event-unreadable'
    | 'gap'
    | 'broken-chain'
    | 'wrong-stream'
    | 'time-goes-back'
    | 'head-differs'
    | 'clear-differs'
    | 'document-differs'
    | 'definition-differs'
    | 'checkpoint-differs';
  /** File, or `events.jsonl` with the line. */
  readonly where: string;
  /** In Italian. */
  readonly message: string;
}

export type BundleVerdict =
  | {
      readonly whole: true;
      readonly manifest: BundleManifest;
      readonly events: number;
      readonly documents: number;
      readonly withheld: number;
      /** The signed checkpoint that covers it, and up to where; null: none came with it. */
      readonly proof: CheckpointProof | null;
    }
  | { readonly whole: false; readonly fault: BundleFault };

/** Checks the file of a case by itself: no server, no database, no key. Names the first thing that is wrong. */
export function verifyBundle(archive: Uint8Array): BundleVerdict {
  const opened = openZip(archive, bundleLimits);
  if ('fault' in opened) return no(opened.fault.code, '', opened.fault.message);
  const { entries } = opened;
  const manifest = manifestOf(entries.get('manifest.json'));
  if (!manifest) return no('manifest-invalid', 'manifest.json', 'Il manifesto manca o non si legge.');
  const unlisted = filesFault(manifest, entries);
  if (unlisted) return { whole: false, fault: unlisted };
  const chain =
    manifest.format === formats.covered ? coveredChain(manifest, entries) : openChain(manifest, entries);
  if ('fault' in chain) return { whole: false, fault: chain.fault };
  const { hashes, facts } = chain;
  const fault =
    subjectFault(manifest, chain) ??
    definitionsFault(facts, entries) ??
    namedFault(manifest, facts) ??
    documentsFault(manifest) ??
    partsFault(manifest, entries);
  if (fault) return { whole: false, fault };
  const proof = proofIn(entries, hashes);
  if (proof === 'differs')
    return no(
      'checkpoint-differs',
      'checkpoint.json',
      'Il punto di controllo firmato non comprende questi eventi, o la firma non è valida.',
    );
  const here = manifest.documents.filter(({ path }) => path !== null).length;
  return {
    ...{ whole: true, manifest, events: manifest.revision + 1 },
    ...{ documents: here, withheld: manifest.documents.length - here, proof },
  };
}

type Entries = ReadonlyMap<string, Uint8Array>;
const faultOf = (code: BundleFault['code'], where: string, message: string): BundleFault => ({
  code,
  where,
  message,
});
const no = (...it: Parameters<typeof faultOf>): BundleVerdict => ({ whole: false, fault: faultOf(...it) });

const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** No member beside those that are checked: what nobody looks at must not be read as part of what is whole. */
const saysOnly = (value: unknown, ...names: readonly string[]): boolean =>
  isRecord(value) && Object.keys(value).every((name) => names.includes(name));

/** Nothing vouches for the manifest: what of it decides what is checked must agree with itself. */
function manifestOf(content: Uint8Array | undefined): BundleManifest | null {
  const read = content && packedFile(content, 2);
  if (!isRecord(read) || !Object.values<unknown>(formats).includes(read['format'])) return null;
  const names = ['format', 'caseId', 'process', 'comune', 'revision', 'headHash', 'clarity'];
  if (!saysOnly(read, ...names, 'documents', 'files')) return null;
  const { caseId, process, comune, revision, headHash, clarity, files, documents } = read;
  const lists = [files, documents].every((list) => Array.isArray(list) && list.every(isRecord));
  if (![caseId, process, comune].every(isText) || !Number.isSafeInteger(revision) || !isHash(headHash))
    return null;
  const isCovered = read['format'] === formats.covered;
  if (!lists || !clarities.includes(clarity as Clarity) || isCovered !== (clarity === 'pseudonyms'))
    return null;
  const manifest = read as unknown as BundleManifest;
  const sound =
    manifest.files.every((it) => saysOnly(it, 'path', 'sha256') && isText(it.path) && isHash(it.sha256)) &&
    manifest.documents.every(
      (it) =>
        saysOnly(it, 'key', 'name', 'sha256', 'path') &&
        [it.key, it.name].every(isText) &&
        isHash(it.sha256) &&
        (it.path === null || (!isCovered && isText(it.path))),
    );
  return sound ? manifest : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * JSON as it was packed, which says nothing twice: of a member that is there twice a reader sees both, and a program one.
 * Undefined: it is not.
 */
function packed(text: string, indent = 0): unknown {
  const read = parsed(text);
  return JSON.stringify(read, null, indent) === text ? read : undefined;
}
const packedFile = (content: Uint8Array, indent?: number): unknown =>
  packed(new TextDecoder('utf-8', { ignoreBOM: true }).decode(content).replace(/\n$/, ''), indent);

function filesFault({ files }: BundleManifest, entries: Entries): BundleFault | null {
  const listed = new Map(files.map(({ path, sha256: hash }) => [path, hash]));
  for (const [path, hash] of listed) {
    const content = entries.get(path);
    if (!content) return faultOf('file-missing', path, 'Il file è dichiarato e non c’è.');
    if (sha256(content) !== hash) return faultOf('hash-differs', path, 'Il file non è quello dichiarato.');
  }
  for (const path of entries.keys()) {
    if (path !== 'manifest.json' && !listed.has(path))
      return faultOf('file-unlisted', path, 'Il file non è dichiarato.');
  }
  return null;
}

const definitionFile = /^definitions\/([0-9a-f]{64})\.(?:json|bpmn)$/;

/** What is called whole holds nothing that was not checked, and all that whoever reads it is promised. */
function partsFault({ format, clarity, documents }: BundleManifest, entries: Entries): BundleFault | null {
  const parts = new Set([
    ...['manifest.json', 'LEGGIMI.txt', 'checkpoint.json'],
    format === formats.covered ? 'covered.jsonl' : 'events.jsonl',
    ...(clarity === 'none' ? [] : ['clear.jsonl']),
    ...documents.map(({ path }) => path),
  ]);
  const stray = [...entries.keys()].find((path) => !parts.has(path) && !definitionFile.test(path));
  if (stray !== undefined) return faultOf('file-unlisted', stray, 'Il file non è parte di un fascicolo.');
  return clarity === 'none' || entries.has('clear.jsonl')
    ? null
    : faultOf('file-missing', 'clear.jsonl', 'Gli eventi in chiaro mancano.');
}

const chainTexts = {
  gap: 'Manca un evento, o la numerazione è saltata.',
  'broken-chain': 'L’evento prima di questo non è quello che era: la catena è rotta.',
  'wrong-stream': 'L’evento è di un’altra pratica.',
  'time-goes-back': 'L’evento sarebbe stato registrato prima del precedente.',
} as const;

/** What the chain consists of, once it is whole: the hash of each event, and what the events say of documents and processes. */
interface Chain {
  readonly hashes: readonly string[];
  readonly facts: readonly Fact[];
  /** Body whose case it is. */
  readonly tenant: string;
}
type Fact = Pick<SealedEvent, 'type' | 'data'>;
interface Broken {
  readonly fault: BundleFault;
}
const broken = (...it: Parameters<typeof faultOf>): Broken => ({ fault: faultOf(...it) });

/** The lines of a file as events of one chain, which is whole up to the head that the manifest declares. */
function linksIn<L extends ChainLink & Pick<SealedEvent, 'tenant'>>(
  { caseId, revision, headHash }: BundleManifest,
  entries: Entries,
  path: string,
  read: (line: unknown) => L | null,
  hashOf: (link: L) => string,
): (Omit<Chain, 'facts'> & { readonly links: readonly L[] }) | Broken {
  const at = (index: number): string => `${path}:${index + 1}`;
  const links: L[] = [];
  for (const [i, line] of linesOf(entries.get(path)).entries()) {
    const link = read(packed(line));
    if (!link) return broken('event-unreadable', at(i), 'La riga non è un evento.');
    links.push(link);
  }
  const [first] = links;
  if (!first) return broken('event-unreadable', path, 'Non c’è alcun evento.');
  if (first.stream !== `case-${caseId}`) return broken('wrong-stream', at(0), chainTexts['wrong-stream']);
  const unsound = verifyLinks(links, hashOf);
  if (unsound) return broken(unsound.problem, at(unsound.revision), chainTexts[unsound.problem]);
  const hashes = links.map(hashOf);
  if (links.length - 1 !== revision || hashes.at(-1) !== headHash)
    return broken(
      'head-differs',
      at(links.length - 1),
      'L’ultimo evento non è quello che il manifesto dichiara.',
    );
  return { links, hashes, tenant: first.tenant };
}

function openChain(manifest: BundleManifest, entries: Entries): Chain | Broken {
  const read = (line: unknown): SealedEvent | null => (isEnvelope(line) ? line : null);
  const chain = linksIn(manifest, entries, 'events.jsonl', read, hashEvent);
  if ('fault' in chain) return chain;
  const fault = clearFault(chain.links, entries);
  return fault ? { fault } : { ...chain, facts: chain.links };
}

/** Order, kinds and instants are the chain's; what the events say is a copy under pseudonyms, which it does not prove. */
function coveredChain(manifest: BundleManifest, entries: Entries): Chain | Broken {
  const chain = linksIn(manifest, entries, 'covered.jsonl', linkOf, ({ hash }) => hash);
  if ('fault' in chain) return chain;
  const { links } = chain;
  const said = linesOf(entries.get('clear.jsonl')).map(
    (line) => packed(line) as Partial<ClearEvent> | undefined,
  );
  if (said.length !== links.length)
    return broken('clear-differs', 'clear.jsonl', 'Le righe non sono quante quelle della catena.');
  const differs = links.findIndex((link, i) => {
    const line = said[i];
    const names = ['revision', 'type', 'occurredAt', 'recordedAt'] as const;
    return (
      !saysOnly(line, ...names, 'data', 'actor') ||
      !isRecord(line?.data) ||
      (line.actor !== undefined && !isActor(line.actor)) ||
      names.some((name) => line[name] !== link[name])
    );
  });
  if (differs >= 0)
    return broken('clear-differs', `clear.jsonl:${differs + 1}`, 'La riga contraddice la catena.');
  const facts = said.map((line) => ({ type: line!.type!, data: line!.data as JsonObject }));
  return { ...chain, facts };
}

const linesOf = (content: Uint8Array | undefined): readonly string[] =>
  content
    ? new TextDecoder()
        .decode(content)
        .split('\n')
        .filter((line) => line !== '')
    : [];

const isActor = (value: unknown): boolean => saysOnly(value, 'account', 'role', 'body', 'onBehalfOf');

/** Exactly the fields of which the hash is made. */
const isEnvelope = (value: unknown): value is SealedEvent =>
  isRecord(value) &&
  saysOnly(
    value,
    ...['id', 'type', 'schemaVersion', 'tenant', 'stream', 'revision', 'occurredAt', 'recordedAt', 'actor'],
    ...['commandId', 'requestHash', 'causationId', 'correlationId', 'keyId', 'data', 'prevHash'],
  ) &&
  ['id', 'type', 'tenant', 'stream', 'occurredAt', 'recordedAt', 'commandId', 'prevHash'].every((name) =>
    isText(value[name]),
  ) &&
  Number.isSafeInteger(value['revision']) &&
  isRecord(value['data']) &&
  isActor(value['actor']);

/** Null: there is none. The events are whole by now: what holds of one holds of all before it. */
function proofIn(entries: Entries, hashes: readonly string[]): CheckpointProof | null | 'differs' {
  const content = entries.get('checkpoint.json');
  if (!content) return null;
  const proof = proofFrom(packedFile(content, 2));
  const hash = hashes[proof?.revision ?? -1];
  return proof && isOnlyProof(proof) && hash !== undefined && proves(proof, hash) ? proof : 'differs';
}

const isOnlyProof = (proof: CheckpointProof): boolean =>
  saysOnly(proof, 'signed', 'revision', 'index', 'path') &&
  saysOnly(proof.signed, 'checkpoint', 'algorithm', 'publicKey', 'signature') &&
  saysOnly(
    proof.signed.checkpoint,
    ...['format', 'number', 'events', 'count', 'root', 'previous', 'through', 'madeAt'],
  );

/** The readable copy says what the log keeps in clear, and nothing that the log does not have. */
function clearFault(events: readonly SealedEvent[], entries: Entries): BundleFault | null {
  const content = entries.get('clear.jsonl');
  if (!content) return null;
  const lines = linesOf(content);
  if (lines.length !== events.length) {
    return faultOf(
      'clear-differs',
      'clear.jsonl',
      'Gli eventi in chiaro non sono quanti quelli del registro.',
    );
  }
  for (const [i, line] of lines.entries()) {
    const said = packed(line) as Partial<ClearEvent> | undefined;
    const { revision, type, data } = events[i]!;
    const differs =
      // Who acted and when, the envelope tells.
      !saysOnly(said, 'revision', 'type', 'data') ||
      said?.revision !== revision ||
      said.type !== type ||
      !isRecord(said.data) ||
      !agrees(data, said.data as JsonObject);
    if (differs)
      return faultOf('clear-differs', `clear.jsonl:${i + 1}`, 'La riga in chiaro contraddice l’evento.');
  }
  return null;
}

/** What the log has in clear is said as it is, and nothing is said beside that and what is sealed. */
const agrees = ({ $sealed = {}, ...stored }: JsonObject, said: JsonObject): boolean => {
  const names = new Set([...Object.keys(stored), ...sealedIn($sealed)]);
  return (
    Object.entries(stored).every(([name, value]) => JSON.stringify(said[name]) === JSON.stringify(value)) &&
    Object.keys(said).every((name) => names.has(name))
  );
};

/** Names of the fields that are encrypted: per data key a box, as `seal` of the platform makes them. */
const sealedIn = (boxes: Json): readonly unknown[] =>
  (isRecord(boxes) ? Object.values(boxes) : []).flatMap((box) =>
    isRecord(box) && Array.isArray(box['fields']) ? (box['fields'] as unknown[]) : [],
  );

function definitionsFault(events: readonly Fact[], entries: Entries): BundleFault | null {
  const followed = new Set(
    events.flatMap(({ type, data }) =>
      (type === 'CaseStarted' || type === 'CaseMigrated' ? [data['definition']] : [data['called']]).filter(
        isHash,
      ),
    ),
  );
  const there = new Set<string>();
  for (const path of entries.keys()) {
    const [, hash] = definitionFile.exec(path) ?? [];
    if (hash === undefined || there.has(hash)) continue;
    if (!followed.has(hash))
      return faultOf('definition-differs', path, 'La pratica non ha seguito questo processo.');
    if (!isDefinition(hash, entries))
      return faultOf('definition-differs', path, 'Il processo non è quello del suo nome.');
    there.add(hash);
  }
  const missing = [...followed].find((hash) => !there.has(hash));
  if (missing === undefined) return null;
  return faultOf(
    'definition-differs',
    `definitions/${missing}.json`,
    'Manca un processo che la pratica ha seguito.',
  );
}

/** Whether a definition is there, is what its hash says, and is drawn as it says. */
function isDefinition(hash: string, entries: Entries): boolean {
  const [whole, drawing] = ['json', 'bpmn'].map((kind) => entries.get(`definitions/${hash}.${kind}`));
  const read = whole && packedFile(whole);
  if (
    !isRecord(read) ||
    !saysOnly(read, 'key', 'xml', 'forms', 'acts') ||
    !isText(read['key']) ||
    !isText(read['xml']) ||
    !isRecord(read['forms']) ||
    !isRecord(read['acts'])
  ) {
    return false;
  }
  const definition = read as unknown as DefinitionText;
  const deployed = [definition.xml, withoutDrawing(definition.xml)];
  return (
    deployed.some((xml) => hashOfDefinition({ ...definition, xml }) === hash) &&
    new TextDecoder().decode(drawing) === definition.xml
  );
}

/** The case is of the process and the body that the manifest tells. */
function subjectFault(
  { process, comune }: BundleManifest,
  { facts: [began], tenant }: Chain,
): BundleFault | null {
  const isSo = tenant === comune && began?.data['process'] === process;
  return isSo
    ? null
    : faultOf('manifest-invalid', 'manifest.json', 'La pratica è di un altro ente o procedimento.');
}

/** The documents that the manifest names are those that the events filed, each once. */
function namedFault({ documents }: BundleManifest, events: readonly Fact[]): BundleFault | null {
  const filed = new Set(
    events.flatMap(({ type, data }) =>
      type === 'DocumentAttached' && isHash(data['sha256'])
        ? [JSON.stringify([data['key'], data['sha256']])]
        : [],
    ),
  );
  const named = new Set(documents.map(({ key, sha256: hash }) => JSON.stringify([key, hash])));
  if (named.size < documents.length)
    return faultOf('document-differs', 'manifest.json', 'Il manifesto dice due volte un documento.');
  if ([...named].some((one) => !filed.has(one)))
    return faultOf('document-differs', 'manifest.json', 'Un documento del manifesto non è della pratica.');
  return [...filed].every((one) => named.has(one))
    ? null
    : faultOf('document-differs', 'manifest.json', 'Il manifesto tace un documento della pratica.');
}

/** The files are what the manifest declares by now: a document is whole when both declarations agree. */
function documentsFault({ documents, files }: BundleManifest): BundleFault | null {
  const declared = new Map(files.map(({ path, sha256: hash }) => [path, hash]));
  const differs = documents.find(({ path, sha256: hash }) => path !== null && declared.get(path) !== hash);
  return differs
    ? faultOf('document-differs', differs.path ?? '', 'Il documento non è quello che fu depositato.')
    : null;
}
