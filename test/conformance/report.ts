import { parseProcesses } from '@iter/process-model';
import { readDefinitions, writeDefinitions } from '@iter/process-model/xml';
import { canonical } from './canonical.ts';
import { differences } from './differences.ts';
import type { Difference } from './differences.ts';
import { readXmlTree } from './xml-tree.ts';
import type { XmlElement } from './xml-tree.ts';

export interface FileReport {
  readonly file: string;
  /** Between the file and what was written back. */
  readonly differences: readonly Difference[];
  /** What the reader said that it left out: why there are differences. */
  readonly leftOut: readonly string[];
  readonly processes: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly executable: boolean;
  }[];
  /** Whether the product takes the file, and what it says about it. */
  readonly accepted: boolean;
  readonly rules: readonly { readonly severity: string; readonly rule: string; readonly count: number }[];
}

/** A file that is no input of this run: not text, not XML, or not BPMN 2.0. */
export class NotBpmn extends Error {
  override readonly name = 'NotBpmn';
}

const bpmn = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

/**
 * Reads a file as the product does, writes it back, and compares both texts by a reader that knows nothing of the
 * product's.
 * @throws NotBpmn when there is nothing to compare
 */
export async function reportOn(file: string, bytes: Uint8Array): Promise<FileReport> {
  const xml = decodeXml(bytes);
  const before = treeOf(xml);
  const problems = (await parseProcesses(xml, file)).problems;
  const counts = new Map<string, number>();
  for (const { severity, rule } of problems) {
    const key = `${severity} ${rule}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return {
    file,
    ...(await roundTrip(xml, before)),
    processes: processesOf(before),
    accepted: !problems.some(({ severity }) => severity === 'error'),
    rules: [...counts].sort().map(([key, count]) => {
      const [severity = '', rule = ''] = key.split(' ');
      return { severity, rule, count };
    }),
  };
}

async function roundTrip(
  xml: string,
  before: XmlElement,
): Promise<Pick<FileReport, 'differences' | 'leftOut'>> {
  try {
    const definitions = await readDefinitions(xml);
    const after = readXmlTree(writeDefinitions(definitions));
    return { differences: differences(canonical(before), canonical(after)), leftOut: definitions.losses };
  } catch (error) {
    const reason = String((error as Error).message).replace(/\s+/g, ' ');
    return {
      differences: [{ kind: 'element-missing', path: '/', name: 'bpmn:definitions', after: '' }],
      leftOut: [reason],
    };
  }
}

function treeOf(xml: string): XmlElement {
  try {
    const root = readXmlTree(xml);
    if (root.uri === bpmn && root.local === 'definitions') return root;
  } catch (error) {
    throw new NotBpmn((error as Error).message);
  }
  throw new NotBpmn('Its root is no BPMN 2.0 definitions.');
}

function processesOf(root: XmlElement): FileReport['processes'] {
  return root.content.flatMap((it) => {
    if (typeof it === 'string' || it.uri !== bpmn || it.local !== 'process') return [];
    const get = (name: string): string | null =>
      it.attributes.find(({ uri, local }) => uri === '' && local === name)?.value ?? null;
    const executable = ['true', '1'].includes(get('isExecutable')?.trim() ?? '');
    return [{ id: get('id') ?? '', name: get('name'), executable }];
  });
}

/** The text of a file in the encoding that it declares. */
export function decodeXml(bytes: Uint8Array): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const utf16 = start.startsWith('ÿþ') ? 'utf-16le' : start.startsWith('þÿ') ? 'utf-16be' : null;
  const encoding =
    utf16 ?? /^(?:ï»¿)?<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(start)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new NotBpmn(`It is not written in ${encoding}.`);
  }
}
