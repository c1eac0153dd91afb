import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { chainEvents, hashEvent } from '@iter/event-store';
import type { JsonObject, SealedEvent } from '@iter/event-store';
import { coverageOf, createSigner } from '@iter/event-store/checkpoints';
import { createMemoryLog } from '@iter/event-store/memory';
import { signingKeyOf } from '@iter/platform/signatures';
import { hashOfDefinition, packBundle, sha256 } from './bundle.ts';
import type { BundleParts } from './bundle.ts';
import { cover, linkOf } from './covered-event.ts';
import { verifyBundle } from './verify.ts';

const definition = { key: 'p', xml: '<bpmn/>', forms: { f: { id: 'f' } }, acts: { a: 'testo' } };
const hash = hashOfDefinition(definition);
const letter = strToU8('un documento');
const kept = strToU8('un altro');

const event = (type: string, data: JsonObject, n: number) => ({
  ...{
    id: `00000000-0000-5000-8000-00000000000${n}`,
    type,
    schemaVersion: 1,
    tenant: 'c_borgo',
    stream: 'case-1',
  },
  ...{ occurredAt: `2026-03-0${n + 1}T09:00:00.000Z`, recordedAt: `2026-03-0${n + 1}T09:00:00.000Z` },
  actor: { account: 'olga', role: 'DESK_OPERATOR', body: 'p_demo' },
  ...{ commandId: `c${n}`, requestHash: 'h', causationId: null, correlationId: `c${n}`, keyId: 'k', data },
});
const sealed = (box: string) => ({ $sealed: { k: { fields: ['variables'], box } } });
const events: readonly SealedEvent[] = chainEvents(null, [
  event('CaseStarted', { process: 'p', definition: hash, ...sealed('AAAA') }, 0),
  event('DocumentAttached', { key: 'd1', sha256: sha256(letter), ...sealed('BBBB') }, 1),
  event('DocumentAttached', { key: 'd2', sha256: sha256(kept), ...sealed('CCCC') }, 2),
  event('CaseCompleted', { endElement: 'end_x' }, 3),
]);
const clear = events.map(({ revision, type, data: { $sealed: _, ...data } }) => ({
  ...{ revision, type },
  data: type === 'CaseCompleted' ? data : { ...data, variables: { secret: 'x' } },
}));
const parts: BundleParts = {
  ...{ caseId: '1', process: 'p', comune: 'c_borgo', events, clarity: 'whole', clear, proof: null },
  definitions: new Map([[hash, definition]]),
  documents: [
    { key: 'd1', name: 'Lettera di Rossi.PDF', sha256: sha256(letter), content: letter },
    { key: 'd2', name: 'riservato.pdf', sha256: sha256(kept), content: null },
  ],
};
const archive = packBundle(parts);

type Files = Record<string, Uint8Array>;
const note = '"note":"licenziato per furto"';

/** An archive with its files changed, and the manifest made to agree with them. */
function changed(from: Uint8Array, change: (files: Files) => void, more: object = {}): Uint8Array {
  const { 'manifest.json': head, ...files } = unzipSync(from);
  change(files);
  const manifest = JSON.parse(strFromU8(head!)) as object;
  const listed = Object.entries(files).map(([path, content]) => ({ path, sha256: sha256(content) }));
  return zipSync({
    ...files,
    'manifest.json': strToU8(JSON.stringify({ ...manifest, files: listed, ...more }, null, 2)),
  });
}
const lines = (files: Files, change: (lines: string[]) => string[], name = 'events.jsonl') =>
  void (files[name] = strToU8(change(strFromU8(files[name]!).trimEnd().split('\n')).join('\n') + '\n'));
const named = (content: readonly Uint8Array[], keys: readonly string[]) =>
  keys.map((key, i) => ({ key, name: key, sha256: sha256(content[i]!), path: null }));
const said = (file: Uint8Array): string => {
  const verdict = verifyBundle(file);
  return verdict.whole ? 'whole' : `${verdict.fault.code} ${verdict.fault.where}`;
};
/** What a checkpoint says of the case when so many of its events were in the log. */
async function proofOfFirst(count: number) {
  const log = createMemoryLog();
  await log.append({ stream: 'case-1', expectedRevision: -1, events: events.slice(0, count) });
  const key = signingKeyOf(new Uint8Array(32).fill(7));
  const clock = { now: () => '2026-03-09T09:00:00.000Z' };
  await createSigner({ log, clock, key, onSigned: () => undefined }).sign();
  const coverage = await coverageOf(log, await log.readStream('case-1'));
  return coverage.kind === 'covered' ? coverage.proof : null;
}

describe('the file of a case', () => {
  it('is whole, and the same bytes each time', () => {
    expect(verifyBundle(archive)).toMatchObject({ whole: true, events: 4, documents: 1, withheld: 1 });
    expect(packBundle(parts)).toEqual(archive);
    expect(Object.keys(unzipSync(archive)).sort()).toEqual([
      'LEGGIMI.txt',
      'clear.jsonl',
      `definitions/${hash}.bpmn`,
      `definitions/${hash}.json`,
      `documents/${sha256(letter)}.pdf`,
      'events.jsonl',
      'manifest.json',
    ]);
  });

  it('carries the signed checkpoint that covers it, and is not whole with one that does not', async () => {
    const proof = await proofOfFirst(3);
    const covered = packBundle({ ...parts, proof });
    expect(verifyBundle(covered)).toMatchObject({ whole: true, proof: { revision: 2 } });
    const other = { ...proof!, revision: 1 };
    expect(said(packBundle({ ...parts, proof: other }))).toBe('checkpoint-differs checkpoint.json');
    const unsigned = { ...proof!, signed: { ...proof!.signed, signature: 'AAAA' } };
    expect(said(packBundle({ ...parts, proof: unsigned }))).toBe('checkpoint-differs checkpoint.json');
    const { signed } = proof!;
    const more = { note: 'licenziato per furto' };
    for (const noted of [
      { ...proof!, ...more },
      { ...proof!, signed: { ...signed, ...more } },
      { ...proof!, signed: { ...signed, checkpoint: { ...signed.checkpoint, ...more } } },
    ])
      expect(said(packBundle({ ...parts, proof: noted }))).toBe('checkpoint-differs checkpoint.json');
  });

  it('carries no names of files where the reader may know none', () => {
    const sealed = packBundle({ ...parts, clarity: 'none' });
    expect(strFromU8(unzipSync(sealed)['manifest.json']!)).not.toContain('Rossi');
    expect(said(sealed)).toBe('whole');
  });

  it.each<[string, (files: Files) => void, string]>([
    [
      'an event altered',
      (f) => lines(f, (l) => l.map((it) => it.replace('c_borgo', 'c_valle'))),
      'broken-chain events.jsonl:2',
    ],
    ['an event removed', (f) => lines(f, ([a, , ...l]) => [a!, ...l]), 'gap events.jsonl:2'],
    ['two events exchanged', (f) => lines(f, ([a, b, c, d]) => [a!, c!, b!, d!]), 'gap events.jsonl:2'],
    ['an event twice', (f) => lines(f, ([a, ...l]) => [a!, a!, ...l]), 'gap events.jsonl:2'],
    [
      'the last event altered',
      (f) => lines(f, (l) => l.map((it) => it.replace('end_x', 'end_y'))),
      'head-differs events.jsonl:4',
    ],
    ['the tail cut off', (f) => lines(f, (l) => l.slice(0, 2)), 'head-differs events.jsonl:2'],
    ['what is no event', (f) => lines(f, (l) => [...l, '{}']), 'event-unreadable events.jsonl:5'],
    ['no event', (f) => lines(f, () => []), 'event-unreadable events.jsonl'],
    [
      'another definition',
      (f) => void (f[`definitions/${hash}.bpmn`] = strToU8('<other/>')),
      `definition-differs definitions/${hash}.json`,
    ],
    [
      'a definition too few',
      (f) => void delete f[`definitions/${hash}.json`],
      `definition-differs definitions/${hash}.bpmn`,
    ],
    [
      'a definition too many',
      (f) => void (f[`definitions/${'a'.repeat(64)}.json`] = strToU8('{}')),
      `definition-differs definitions/${'a'.repeat(64)}.json`,
    ],
    [
      'another document',
      (f) => void (f[`documents/${sha256(letter)}.pdf`] = strToU8('falso')),
      `document-differs documents/${sha256(letter)}.pdf`,
    ],
    [
      'a readable copy that says otherwise',
      (f) => lines(f, (l) => l.map((it) => it.replace('end_x', 'end_y')), 'clear.jsonl'),
      'clear-differs clear.jsonl:4',
    ],
    [
      'a readable copy that says more than was recorded',
      (f) =>
        lines(f, (l) => l.map((it) => it.replace('"process"', '"sanction":"fine","process"')), 'clear.jsonl'),
      'clear-differs clear.jsonl:1',
    ],
    [
      'a readable copy that says more where nothing is sealed',
      (f) =>
        lines(
          f,
          (l) => l.map((it) => it.replace('"endElement"', '"variables":{},"endElement"')),
          'clear.jsonl',
        ),
      'clear-differs clear.jsonl:4',
    ],
    [
      'a readable copy that is short',
      (f) => lines(f, (l) => l.slice(1), 'clear.jsonl'),
      'clear-differs clear.jsonl',
    ],
    [
      'a readable copy that says who acted',
      (f) => lines(f, (l) => l.map((it) => it.replace('{', '{"actor":{"account":"ugo"},')), 'clear.jsonl'),
      'clear-differs clear.jsonl:1',
    ],
    ['no readable copy', (f) => void delete f['clear.jsonl'], 'file-missing clear.jsonl'],
    [
      'a readable copy that adds a note',
      (f) => lines(f, (l) => l.map((it) => it.replace('{', `{${note},`)), 'clear.jsonl'),
      'clear-differs clear.jsonl:1',
    ],
    [
      'a readable copy that says two things of an event',
      (f) =>
        lines(f, (l) => l.map((it) => it.replace('"data":', '"data":{"esito":"x"},"data":')), 'clear.jsonl'),
      'clear-differs clear.jsonl:1',
    ],
    [
      'a note on an event',
      (f) => lines(f, (l) => l.map((it) => it.replace('{', `{${note},`))),
      'event-unreadable events.jsonl:1',
    ],
    [
      'a name for who acted',
      (f) => lines(f, (l) => l.map((it) => it.replace('"actor":{', '"actor":{"name":"Ada Bianchi",'))),
      'event-unreadable events.jsonl:1',
    ],
    [
      'an event that says two things',
      (f) => lines(f, (l) => l.map((it) => it.replace('"tenant":', '"tenant":"c_valle","tenant":'))),
      'event-unreadable events.jsonl:1',
    ],
    [
      'a note on a definition',
      (f) => lines(f, (l) => l.map((it) => it.replace('{', `{${note},`)), `definitions/${hash}.json`),
      `definition-differs definitions/${hash}.json`,
    ],
    [
      'a definition of two texts',
      (f) =>
        lines(
          f,
          (l) => l.map((it) => it.replace('"xml":', '"xml":"<altro/>","xml":')),
          `definitions/${hash}.json`,
        ),
      `definition-differs definitions/${hash}.json`,
    ],
    [
      'a file that nothing speaks of',
      (f) => void (f['documents/falso.pdf'] = strToU8('falso')),
      'file-unlisted documents/falso.pdf',
    ],
  ])('with %s is not', (_, change, fault) => {
    expect(said(changed(archive, change))).toBe(fault);
  });

  it.each<[string, object, string]>([
    ['an untold document', { documents: [] }, 'document-differs manifest.json'],
    ['another head', { headHash: 'f'.repeat(64) }, 'head-differs events.jsonl:4'],
    ['another case', { caseId: '2' }, 'wrong-stream events.jsonl:1'],
    ['no revision', { revision: 'x' }, 'manifest-invalid manifest.json'],
    ['no clarity', { clarity: undefined }, 'manifest-invalid manifest.json'],
    ['pseudonyms', { clarity: 'pseudonyms' }, 'manifest-invalid manifest.json'],
    ['no readable copy', { clarity: 'none' }, 'file-unlisted clear.jsonl'],
    ['another process', { process: 'q' }, 'manifest-invalid manifest.json'],
    ['what nobody checks', { note: 'licenziato per furto' }, 'manifest-invalid manifest.json'],
    [
      'a document with a note',
      { documents: named([letter, kept], ['d1', 'd2']).map((it) => ({ ...it, note: 'falso' })) },
      'manifest-invalid manifest.json',
    ],
    ['another body', { comune: 'c_valle' }, 'manifest-invalid manifest.json'],
    [
      'documents by the keys of others',
      { documents: named([letter, kept], ['d2', 'd1']) },
      'document-differs manifest.json',
    ],
    [
      'a document twice',
      { documents: named([letter, kept, kept], ['d1', 'd2', 'd2']) },
      'document-differs manifest.json',
    ],
    ['a file that is not there', { files: [{ path: 'x', sha256: 'a'.repeat(64) }] }, 'file-missing x'],
  ])('with a manifest that tells of %s is not', (_, more, fault) => {
    expect(said(changed(archive, () => undefined, more))).toBe(fault);
  });

  it('with any byte of its content flipped is not', () => {
    const content = unzipSync(archive);
    const names = Object.keys(content).filter((name) => name !== 'manifest.json');
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), fc.integer({ min: 1, max: 255 }), (name, at, flip) => {
        const file = Uint8Array.from(content[name]!);
        file[at % file.length]! ^= flip;
        expect(said(zipSync({ ...content, [name]: file }))).toBe(`hash-differs ${name}`);
      }),
    );
  });
});

describe('under pseudonyms', () => {
  const told = events.map(({ revision, type, data: { $sealed: _, ...data }, occurredAt, recordedAt }) => ({
    ...{ revision, type, data, occurredAt, recordedAt },
    actor: { account: 'p-1', role: 'DESK_OPERATOR', body: 'p_demo' },
  }));
  const covered = packBundle({ ...parts, clarity: 'pseudonyms', clear: told });
  const files = unzipSync(covered);

  it('names nobody, files no document, and bears the hashes of the log', () => {
    expect(verifyBundle(covered)).toMatchObject({ whole: true, events: 4, documents: 0, withheld: 2 });
    const all = Object.values(files)
      .map((file) => strFromU8(file))
      .join('');
    for (const secret of ['olga', 'Rossi', 'BBBB', '"c0"']) expect(all).not.toContain(secret);
    const head = (archived: Uint8Array) =>
      (JSON.parse(strFromU8(unzipSync(archived)['manifest.json']!)) as { headHash: string }).headHash;
    expect(head(covered)).toBe(head(archive));
  });

  it('is not told to be in clear, and files no document, whatever the manifest says', () => {
    const manifest = JSON.parse(strFromU8(files['manifest.json']!)) as { documents: object[] };
    const forged = (more: object, added: Files = {}) =>
      said(changed(covered, (all) => Object.assign(all, added), more));
    expect(forged({ clarity: 'whole' })).toBe('manifest-invalid manifest.json');
    expect(forged({ comune: 'c_valle' })).toBe('manifest-invalid manifest.json');
    const path = `documents/${sha256(letter)}.pdf`;
    const documents = manifest.documents.map((one, i) => (i === 0 ? { ...one, path } : one));
    expect(forged({ documents }, { [path]: letter })).toBe('manifest-invalid manifest.json');
    expect(forged({}, { [path]: letter })).toBe(`file-unlisted ${path}`);
    expect(forged({}, { 'events.jsonl': letter })).toBe('file-unlisted events.jsonl');
  });

  it('is proven by a checkpoint as the bundle in clear is', async () => {
    const proof = await proofOfFirst(3);
    const more = { ...parts, clarity: 'pseudonyms' as const, clear: told };
    expect(verifyBundle(packBundle({ ...more, proof }))).toMatchObject({
      whole: true,
      proof: { revision: 2 },
    });
    expect(said(packBundle({ ...more, proof: { ...proof!, revision: 1 } }))).toBe(
      'checkpoint-differs checkpoint.json',
    );
  });

  it.each<[string, string, (lines: string[]) => string[], string]>([
    ['an event removed', 'covered.jsonl', ([a, , ...l]) => [a!, ...l], 'gap covered.jsonl:2'],
    ['the tail cut off', 'covered.jsonl', (l) => l.slice(0, 2), 'head-differs covered.jsonl:2'],
    [
      'an instant moved',
      'covered.jsonl',
      (l) => l.map((it) => it.replaceAll('2026-03-02T09:00', '2026-03-02T08:00')),
      'broken-chain covered.jsonl:3',
    ],
    [
      'what is covered exchanged',
      'covered.jsonl',
      (l) =>
        l.map((it, i) =>
          i === 1 ? it.replace(/"state":"../, (s) => (s.endsWith('00') ? '"state":"01' : '"state":"00')) : it,
        ),
      'broken-chain covered.jsonl:3',
    ],
    ['what is no covered event', 'covered.jsonl', (l) => [...l, '{}'], 'event-unreadable covered.jsonl:5'],
    [
      'a kind told otherwise',
      'clear.jsonl',
      (l) => l.map((it) => it.replace('CaseCompleted', 'CaseFailed')),
      'clear-differs clear.jsonl:4',
    ],
    ['a line untold', 'clear.jsonl', (l) => l.slice(1), 'clear-differs clear.jsonl'],
    [
      'a note on a line',
      'clear.jsonl',
      (l) => l.map((it) => it.replace('{', `{${note},`)),
      'clear-differs clear.jsonl:1',
    ],
    [
      'a line that says two things',
      'clear.jsonl',
      (l) => l.map((it) => it.replace('"data":', '"data":{"esito":"x"},"data":')),
      'clear-differs clear.jsonl:1',
    ],
    [
      'a name for who acted',
      'clear.jsonl',
      (l) => l.map((it) => it.replace('"actor":{', '"actor":{"name":"Ada Bianchi",')),
      'clear-differs clear.jsonl:1',
    ],
    [
      'a note on a covered event',
      'covered.jsonl',
      (l) => l.map((it) => it.replace('{', `{${note},`)),
      'event-unreadable covered.jsonl:1',
    ],
    [
      'a document untold',
      'clear.jsonl',
      (l) => l.map((it) => it.replace(sha256(kept), 'b'.repeat(64))),
      'document-differs manifest.json',
    ],
  ])('is not whole with %s', (_, name, change, fault) => {
    expect(said(changed(covered, (all) => lines(all, change, name)))).toBe(fault);
  });

  it('covers events of any length and content, and finds their hashes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (value, account) => {
        const data = JSON.parse(JSON.stringify(value)) as JsonObject;
        const one = event('CaseStarted', data, 0);
        const [sealed] = chainEvents(null, [
          { ...one, keyId: null, actor: { ...one.actor, account: account.toWellFormed() } },
        ]);
        const { rest } = cover(sealed!);
        expect(linkOf(cover(sealed!))).toMatchObject({ hash: hashEvent(sealed!), revision: 0 });
        expect(rest).not.toContain('"data":');
      }),
    );
  });
});
