import { describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { fingerprintOf, signJson } from '@iter/platform/signatures';
import { openArchive, packArchive } from './archive.ts';
import { changesBetween } from './changes.ts';
import type { Tree } from './changes.ts';
import { comparePackages, compareThree } from './compare.ts';
import { readDescription } from './description.ts';
import { contentHashOf, listed } from './manifest.ts';
import type { PackageFiles, PackageManifest } from './manifest.ts';
import { inspectArchive } from './inspect.ts';
import { findPersonalData } from './personal-data.ts';

const files = (contents: Record<string, string>): PackageFiles =>
  new Map(Object.entries(contents).map(([path, text]) => [path, strToU8(text)]));

const content = files({
  'processes/p/p.bpmn': '<x/>',
  'processes/p/README.md': 'p',
  'terms/a.yaml': 'terms: []',
});
const manifestOf = (of: PackageFiles): PackageManifest => ({
  ...{ format: 'iter-package/1', key: 'p', name: 'P', version: '1.0.0', licence: 'EUPL-1.2' },
  origin: { body: 'p_demo', name: 'Provincia' },
  authors: ['Sportello'],
  summary: { it: 'prova', en: 'try' },
  basedOn: null,
  ...{ processes: ['p'], terms: [], ladders: [], files: listed(of), contentHash: contentHashOf(listed(of)) },
});
const { privateKey } = generateKeyPairSync('ed25519');
const manifest = manifestOf(content);
const signature = signJson(manifest, privateKey);

/** An archive with some entries changed behind its author's back. */
function tampered(change: (entries: Record<string, Uint8Array>) => void): Uint8Array {
  const entries = unzipSync(packArchive(manifest, content, signature));
  change(entries);
  return zipSync(entries);
}
const codesOf = (archive: Uint8Array): readonly string[] => {
  const opened = openArchive(archive);
  return 'manifest' in opened ? [] : opened.map(({ code }) => code);
};

describe('an archive', () => {
  it('holds what was packed, and says who signed it', () => {
    const opened = openArchive(packArchive(manifest, content, signature));
    expect(opened).toEqual({ manifest, files: content, fingerprint: fingerprintOf(signature) });
    expect(openArchive(packArchive(manifest, content, null))).toMatchObject({ fingerprint: null });
  });

  it('is the same bytes for the same content, in whatever order it is collected', () => {
    const reversed = new Map([...content].reverse());
    expect(packArchive(manifest, reversed, signature)).toEqual(packArchive(manifest, content, signature));
  });

  it.each<[string, (entries: Record<string, Uint8Array>) => void, string[]]>([
    ['a file that is another', (it) => void (it['terms/a.yaml'] = strToU8('terms: [x]')), ['hash-differs']],
    ['a file that is gone', (it) => void delete it['terms/a.yaml'], ['file-missing']],
    ['a file too many', (it) => void (it['processes/p/more.md'] = strToU8('x')), ['file-unlisted']],
    ['no manifest', (it) => void delete it['manifest.json'], ['manifest-invalid']],
    [
      'a manifest that says nothing',
      (it) => void (it['manifest.json'] = strToU8('{}')),
      ['manifest-invalid'],
    ],
    ['a way out', (it) => void (it['processes/../../evil'] = strToU8('x')), ['path-unsafe']],
    ['an absolute path', (it) => void (it['/etc/passwd'] = strToU8('x')), ['path-unsafe']],
    ['a path of another system', (it) => void (it['a\\b'] = strToU8('x')), ['path-unsafe']],
    ['a hidden file', (it) => void (it['processes/.env'] = strToU8('x')), ['path-unsafe']],
    [
      'another author',
      (it) => {
        const claimed = { ...manifest, authors: ['Altri'] };
        it['manifest.json'] = strToU8(JSON.stringify(claimed));
      },
      ['signature-invalid'],
    ],
    ['a signature that is none', (it) => void (it['signature.json'] = strToU8('{}')), ['signature-invalid']],
  ])('with %s is refused', (_, change, codes) => {
    expect(codesOf(tampered(change))).toEqual(codes);
  });

  it('that would fill the disk is refused before it is unpacked', () => {
    const archive = zipSync({ 'processes/p/big.md': new Uint8Array(6 * 1024 * 1024) });
    expect(archive.byteLength).toBeLessThan(20_000);
    expect(codesOf(archive)).toEqual(['archive-too-large']);
  });

  it('that is none is refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(codesOf(bytes)).not.toEqual([]);
      }),
    );
  });
});

describe('a description', () => {
  const good = `version: 1.2.0\nlicence: EUPL-1.2\norigin: { body: p_demo, name: P }\nauthors: [A]\nsummary: { it: a, en: b }\n`;
  it('says who gives the package, in which version', () => {
    expect(readDescription(good)).toMatchObject({ value: { version: '1.2.0', basedOn: null } });
  });
  it.each([
    ['', 'must be object'],
    [good.replace('1.2.0', 'one'), '/version'],
    [good.replace('[A]', '[]'), '/authors'],
    [`${good}more: x\n`, 'must NOT have additional properties'],
    ['a: [', 'Flow sequence'],
  ])('that says %j is refused with its place', (text, place) => {
    expect(readDescription(text)).toMatchObject({ problem: expect.stringContaining(place) });
  });
});

describe('personal data', () => {
  // A tax code whose check character is right (a fictitious person), and the same with a wrong one.
  it.each([
    ['RSSMRA80A01H501U', ['codice-fiscale']],
    ['RSSMRA80A01H501X', []],
    ['IT60X0542811101000000123456', ['iban']],
    ['IT61X0542811101000000123456', []],
    ['mario.rossi@comune.it', ['email']],
    ['protocollo@example.org, ufficio@pec.example.it, x@ente.example', []],
    ['tel. +39 347 123 4567', ['phone']],
    ['art. 55-bis c. 4 D.Lgs. 165/2001, prot. 3471234567', []],
  ])('%s', (text, kinds) => {
    expect(findPersonalData('f', `a\n${text}`).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('is found by its line and not repeated', () => {
    expect(findPersonalData('f', 'a\nb RSSMRA80A01H501U')).toEqual([
      { path: 'f', line: 2, kind: 'codice-fiscale' },
    ]);
  });
});

describe('changes', () => {
  it('follow items by their names, not their places', () => {
    const a = {
      fields: [
        { key: 'a', label: 'A' },
        { key: 'b', label: 'B' },
      ],
    };
    const b = {
      fields: [
        { key: 'b', label: 'B' },
        { key: 'a', label: 'AA' },
      ],
    };
    expect(changesBetween(a, b)).toEqual([
      { path: 'fields/a/label', kind: 'changed', of: 'AA', before: 'A', after: 'AA' },
    ]);
  });

  it('follow versions of a term by when they hold', () => {
    const terms = (days: number) => [
      { key: 't', validFrom: '2000-01-01', amount: 60 },
      { key: 't', validFrom: '2022-01-01', amount: days },
    ];
    expect(changesBetween(terms(45), terms(20))).toEqual([
      { path: 't@2022-01-01/amount', kind: 'changed', before: 45, after: 20 },
    ]);
  });

  it('say what people call the thing that is there, gone or changed', () => {
    const term = (days: number) => ({ key: 't', label: { it: 'Termine', en: 'Term' }, amount: { days } });
    const about = (before: Tree, after: Tree) => changesBetween(before, after).map(({ of }) => of);
    expect(about([term(1)], [term(2)])).toEqual(['Termine']);
    expect(about({ name: 'Tutto', terms: [] }, { name: 'Tutto', terms: [term(1)] })).toEqual(['Termine']);
    expect(about({ name: 'Tutto', n: 1 }, { name: 'Tutto', n: 2 })).toEqual(['Tutto']);
    expect(about({ n: 1 }, { n: 2 })).toEqual([undefined]);
  });

  const tree = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<Tree>(null, true, 1, 'a'),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'b', 'id'), tie('tree'), { maxKeys: 3 }),
    ),
  })).tree;
  it('are none from a tree to itself, and as many back as there', () => {
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        expect(changesBetween(a, a)).toEqual([]);
        expect(changesBetween(b, a)).toHaveLength(changesBetween(a, b).length);
      }),
    );
  });

  it('are seen where one kind of value takes the place of another', () => {
    expect(changesBetween({ a: [] }, { a: {} })).toEqual([
      { path: 'a', kind: 'changed', before: [], after: {} },
    ]);
    expect(changesBetween({ a: 0 }, { a: null })).toMatchObject([{ path: 'a', after: null }]);
  });
});

const diagram = (name: string, x: number) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="urn:t">
  <bpmn:process id="p" name="P" isExecutable="true">
    <bpmn:startEvent id="s"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="t" name="${name}"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
    <bpmn:endEvent id="e"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
    <bpmn:sequenceFlow id="f2" sourceRef="t" targetRef="e"/>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="p">
    <bpmndi:BPMNShape id="s_di" bpmnElement="s"><dc:Bounds x="${x}" y="0" width="36" height="36"/></bpmndi:BPMNShape>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`;

describe('two packages', () => {
  const drawing = (name: string, x = 0) => files({ 'processes/p/p.bpmn': diagram(name, x) });
  it('differ in what a drawing means, and in how it is drawn', async () => {
    expect(await comparePackages(drawing('Fare'), drawing('Rifare'))).toEqual([
      {
        ...{ section: 'drawing', file: 'processes/p/p.bpmn', kind: 'changed' },
        ...{ path: 'processes/p/elements/t/name', of: 'Rifare', before: 'Fare', after: 'Rifare' },
      },
    ]);
    expect(await comparePackages(drawing('Fare'), drawing('Fare', 9))).toMatchObject([{ path: 'layout' }]);
  });

  it('do not differ by how a file is written', async () => {
    const spaced = files({ 'processes/p/p.bpmn': diagram('Fare', 0).replaceAll('\n', '\n\n') });
    expect(await comparePackages(drawing('Fare'), spaced)).toEqual([]);
  });

  it('differ by files, and by lines of texts', async () => {
    const found = await comparePackages(
      files({ 'processes/p/acts/a.md': 'uno\ndue\n', 'processes/p/forms/f.json': '{}' }),
      files({ 'processes/p/acts/a.md': 'uno\ntre\n', 'ladders/l.yaml': 'ladders: []' }),
    );
    expect(found.map(({ section, kind }) => `${section} ${kind}`)).toEqual([
      'ladders added',
      'acts changed',
      'forms removed',
    ]);
    expect(found[1]?.patch).toMatch(/-due\n\+tre/);
  });

  it('with a common origin: whose change it is', async () => {
    const term = (amount: number, label = 'x') =>
      files({ 'terms/a.yaml': `terms: [{key: k, validFrom: d, amount: ${amount}, label: ${label}}]` });
    const sides = async (ours: PackageFiles, theirs: PackageFiles) =>
      (await compareThree(term(20), ours, theirs)).map(({ side }) => side);
    expect(await sides(term(25), term(20))).toEqual(['ours']);
    expect(await sides(term(20), term(25))).toEqual(['theirs']);
    expect(await sides(term(25), term(25))).toEqual(['both']);
    expect(await sides(term(25), term(30))).toEqual(['conflict']);
    expect(await sides(term(25), term(20, 'y'))).toEqual(['ours', 'theirs']);
  });
});

describe('an inspection', () => {
  const noTerms = { hasTerm: () => false, hasLadder: () => false, hasBase: () => false };
  const read = () => ({ terms: [], ladders: [], questions: [], problems: [] });
  // What has no picture is given one when it is deployed.
  const undrawn = diagram('Fare', 0).replace(/<bpmndi:[^]*<\/bpmndi:BPMNDiagram>/, '');
  const inspect = (contents: PackageFiles) =>
    inspectArchive(packArchive(manifestOf(contents), contents, null), { read, terms: noTerms });

  it('passes what is whole, about nobody, and can be deployed', async () => {
    const good = files({ 'processes/p/p.bpmn': undrawn, 'processes/p/README.md': 'p' });
    expect(await inspect(good)).toMatchObject({
      opened: { manifest: { key: 'p' } },
      ...{ broken: [], personalData: [], errors: [] },
    });
  });

  it('says which line seems to be about somebody', async () => {
    const told = files({
      'processes/p/p.bpmn': undrawn,
      'processes/p/README.md': 'a\nRSSMRA80A01H501U',
    });
    const { personalData } = await inspect(told);
    expect(personalData).toEqual([{ path: 'processes/p/README.md', line: 2, kind: 'codice-fiscale' }]);
  });

  it('says what would not be deployed, also that there is nothing to deploy', async () => {
    const unknown = undrawn.replace('<zeebe:userTask/>', '<zeebe:formDefinition formId="f"/>');
    const missing = await inspect(files({ 'processes/p/p.bpmn': unknown }));
    expect(missing.errors.map(({ rule }) => rule)).toContain('form-missing');
    const empty = await inspect(files({ 'processes/p/README.md': 'p' }));
    expect(empty.errors.map(({ rule }) => rule)).toEqual(['process-missing']);
  });

  it('looks no further at what is not whole', async () => {
    const broken = await inspectArchive(new Uint8Array([1]), { read, terms: noTerms });
    expect(broken).toMatchObject({ opened: null, errors: [] });
    expect(broken.broken).not.toEqual([]);
  });
});
