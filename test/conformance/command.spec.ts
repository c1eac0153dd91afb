import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conformance } from './command.ts';
import type { FileReport } from './report.ts';
import { decodeXml, NotBpmn } from './report.ts';
import { sample } from './testing.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'iter-conformance-'));
});
afterAll(() => rmSync(root, { recursive: true }));

/** A folder with these files. */
function folder(name: string, files: Readonly<Record<string, string>>): string {
  for (const [file, text] of Object.entries(files)) {
    const path = join(root, name, file);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
  }
  return join(root, name);
}

async function run(
  ...args: readonly string[]
): Promise<{ status: number; out: string; complaints: string; progress: string[] }> {
  const [out, complaints, progress]: [string[], string[], string[]] = [[], [], []];
  const status = await conformance(args, root, {
    out: (line) => void out.push(line),
    complain: (line) => void complaints.push(line),
    progress: (line) => void progress.push(line),
  });
  return { status, out: out.join('\n'), complaints: complaints.join('\n'), progress };
}

const plain = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:t"><process id="p" name="Plain"/></definitions>`;
const lossy = plain.replace(
  '<process',
  '<message id="m"><extensionElements><z:new xmlns:z="http://camunda.org/schema/zeebe/1.0"/></extensionElements></message><process',
);

describe('the command', () => {
  it('reports on each BPMN file of a folder and its folders, and on nothing else', async () => {
    folder('sound', { 'b/sample.bpmn': sample, 'a.bpmn': plain, 'a.xml': 'no', 'c.bpmn.bak': 'no' });
    const { status, out, progress } = await run('sound', '--json');
    expect(status).toBe(0);
    expect(progress).toEqual(['1/2 a.bpmn', '2/2 b/sample.bpmn']);
    const { files, unread } = JSON.parse(out) as { files: FileReport[]; unread: unknown[] };
    expect(unread).toEqual([]);
    expect(files.map(({ file, differences, processes }) => ({ file, differences, processes }))).toEqual([
      { file: 'a.bpmn', differences: [], processes: [{ id: 'p', name: 'Plain', executable: false }] },
      { file: 'b/sample.bpmn', differences: [], processes: [{ id: 'p', name: null, executable: true }] },
    ]);
  });

  it('says which rules the product finds broken, and how often', async () => {
    const flows =
      '<task id="t"/><sequenceFlow id="f" sourceRef="t" targetRef="x"/><sequenceFlow id="g" sourceRef="t" targetRef="y"/>';
    const broken = plain.replace(' name="Plain"/>', ` isExecutable="true">${flows}</process>`);
    folder('broken', { 'a.bpmn': broken });
    const { status, out } = await run('broken', '--json');
    const [report] = (JSON.parse(out) as { files: FileReport[] }).files;
    // That the product refuses a file is no difference.
    expect(status).toBe(0);
    expect(report?.accepted).toBe(false);
    expect(report?.rules).toContainEqual({ severity: 'error', rule: 'dangling-reference', count: 2 });
  });

  it('shows what differs, and ends with 1', async () => {
    folder('lossy', { 'a.bpmn': plain, 'b.bpmn': lossy });
    const { status, out } = await run('lossy');
    expect(status).toBe(1);
    expect(out).toContain(
      'element-missing zeebe:new in /bpmn:definitions/bpmn:message#m/bpmn:extensionElements',
    );
    expect(out).toContain('left out: ');
    expect(out).toContain('2 files: 1 written back without a difference, 1 differences');
  });

  it.each<[string, readonly string[], string]>([
    ['no folder', [], 'Usage'],
    ['two folders', ['a', 'b'], 'Usage'],
    ['an option that is none', ['sound', '--what'], 'Usage'],
    ['a folder that is not there', ['nowhere'], 'is no folder'],
    ['a folder without BPMN', ['empty'], 'There is no .bpmn file'],
    ['a file that is no XML', ['torn'], 'a.bpmn: This is not well-formed XML'],
    ['a file that is no BPMN', ['other'], 'a.bpmn: Its root is no BPMN 2.0 definitions.'],
  ])('takes %s for wrong input', async (_, args, complaint) => {
    folder('empty', { 'readme.txt': '' });
    folder('torn', { 'a.bpmn': plain.slice(0, -5), 'b.bpmn': plain });
    folder('other', { 'a.bpmn': '<definitions xmlns="urn:other"/>' });
    const { status, complaints } = await run(...args);
    expect({ status, complaints }).toEqual({ status: 2, complaints: expect.stringContaining(complaint) });
  });

  it('lets a difference count more than a file that it cannot read', async () => {
    folder('both', { 'a.bpmn': 'torn', 'b.bpmn': lossy });
    expect((await run('both')).status).toBe(1);
  });
});

describe('the text of a file', () => {
  const encoded = (encoding: string, ...bytes: readonly number[]): Uint8Array =>
    Buffer.concat([Buffer.from(`<?xml version="1.0" encoding="${encoding}"?><a>`), Buffer.from(bytes)]);

  it.each([
    ['UTF-8', encoded('UTF-8', 0xc3, 0xa9)],
    ['ISO-8859-1', encoded('ISO-8859-1', 0xe9)],
    ['none', Buffer.from('<a>é')],
    ['a mark of UTF-16', Buffer.from('\ufeff<a>é', 'utf16le')],
  ])('is read in the encoding that it declares: %s', (_, bytes) => expect(decodeXml(bytes)).toMatch(/<a>é$/));

  it('is refused when it is not in that encoding', () => {
    expect(() => decodeXml(encoded('UTF-8', 0xe9))).toThrow(NotBpmn);
    expect(() => decodeXml(encoded('EBCDIC-9'))).toThrow(NotBpmn);
  });
});
