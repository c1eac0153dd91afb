import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMemoryLog } from '@iter/event-store/memory';
import { checkEach } from './compile.ts';
import { createProcessCatalog } from './catalog.ts';
import type { ProcessCatalog } from './catalog.ts';
import type { SourceFile } from './source-files.ts';

const clock = { now: () => '2026-03-06T08:00:00.000Z' };
const actor = { account: 'gestore', role: 'SYSTEM_OPERATOR', body: 'p_demo' };

interface Drawn {
  readonly key?: string;
  readonly templates?: readonly string[];
  readonly sets?: string;
  readonly calls?: string;
}

/** A process with one task that drafts acts, and perhaps calls another. */
function diagram({ key = 'p', templates = ['letter'], sets = 'name', calls }: Drawn = {}): string {
  const acts = templates.map((it) => `<iter:act template="${it}" out="${it}Doc"/>`).join('');
  const call = calls
    ? `<bpmn:sequenceFlow id="f3" sourceRef="t" targetRef="c"/><bpmn:callActivity id="c"><bpmn:extensionElements>
         <zeebe:calledElement processId="${calls}"/></bpmn:extensionElements></bpmn:callActivity>`
    : '';
  return `<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:iter="urn:iter:bpmn:1"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="x">
  <bpmn:process id="${key}" isExecutable="true">
    <bpmn:startEvent id="s"/><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
    <bpmn:userTask id="t"><bpmn:extensionElements><zeebe:userTask/><zeebe:ioMapping>
      <zeebe:output source="=1" target="${sets}"/></zeebe:ioMapping>${acts}</bpmn:extensionElements></bpmn:userTask>
    ${call}
  </bpmn:process>
</bpmn:definitions>`;
}

const letter = (text: string, name = 'letter.md'): SourceFile => ({
  name,
  text: `---\ntitle: Lettera\nversion: 1\n---\n${text}\n`,
});
const bpmn = (drawn: Drawn = {}, name = 'p.bpmn'): SourceFile => ({ name, text: diagram(drawn) });

describe('templates of acts', () => {
  let catalog: ProcessCatalog;
  const deploy = (...files: readonly SourceFile[]) => catalog.deploy({ files, actor, tenant: 'p_demo' });

  beforeEach(() => {
    catalog = createProcessCatalog({ log: createMemoryLog(), clock });
  });
  afterEach(() => catalog.close());

  it('are deployed with their process, and a changed one makes another version', async () => {
    expect((await deploy(bpmn(), letter('Gentile {{ name }}'))).deployed).toBe(true);
    await deploy(bpmn(), letter('Gentile {{ name }}'));
    await deploy(bpmn(), letter('Egregio {{ name }}'));
    expect(catalog.versions('p')).toHaveLength(2);
    const [first, second] = catalog.versions('p');
    expect(first?.acts.get('letter')).toMatchObject({ title: 'Lettera', version: 1 });
    expect(first?.acts.get('letter')?.hash).not.toBe(second?.acts.get('letter')?.hash);
    expect(first?.files).toEqual(['p.bpmn', 'letter.md']);
  });

  it('leave the address of a process alone that has none', async () => {
    await deploy(bpmn({ templates: [] }));
    const { hash } = catalog.find('p')!;
    await deploy(bpmn({ templates: [] }), letter('Nessuno mi nomina'));
    expect(catalog.versions('p').map((it) => it.hash)).toEqual([hash]);
  });

  it('that are not there, or cannot be read, are refused', async () => {
    const missing = await deploy(bpmn());
    expect(missing).toMatchObject({
      deployed: false,
      problems: expect.arrayContaining([
        expect.objectContaining({ rule: 'act-missing', element: 't', line: 6 }),
      ]),
    });
    const broken = await deploy(bpmn(), letter('{{ a + }}'));
    expect(broken.deployed).toBe(false);
    const errors = broken.problems.filter(({ severity }) => severity === 'error');
    expect(errors).toEqual([expect.objectContaining({ file: 'letter.md', line: 5, rule: 'feel-syntax' })]);
  });

  it('are those of the folder of their process', async () => {
    const files = [
      bpmn({ key: 'a' }, '/x/a/a.bpmn'),
      bpmn({ key: 'b' }, '/x/b/b.bpmn'),
      letter('A', '/x/a/acts/letter.md'),
      letter('B', '/x/b/acts/letter.md'),
    ];
    expect((await deploy(...files)).deployed).toBe(true);
    const titled = (key: string) => catalog.find(key)?.acts.get('letter')?.body[0];
    expect([titled('a'), titled('b')]).toMatchObject([{ parts: ['A'] }, { parts: ['B'] }]);
    const twice = await deploy(bpmn(), letter('A'), letter('B'));
    expect(twice.problems).toContainEqual(expect.objectContaining({ rule: 'act-duplicate' }));
  });
});

describe('names that a template reads', () => {
  const warned = async (...files: readonly SourceFile[]) =>
    [...(await checkEach(files, 'warning')).values()]
      .flat()
      .filter(({ rule }) => rule === 'act-variable-unknown')
      .map(({ file, line, column, message }) => `${file}:${line}:${column} ${/«(.*?)»/.exec(message)?.[1]}`);

  it('and the process neither sets nor uses, are warned of where they stand', async () => {
    const text = 'Gentile {{ name }} {{ nome }},\n{{ case.code }} {{ day(today) }} {{ letterDoc }}';
    expect(await warned(bpmn(), letter(text))).toEqual(['letter.md:5:20 nome']);
  });

  it('are none where the template gives them itself', async () => {
    const text =
      '{{#each {own: name, both: [own]}.both as one}}\n{{ for i in [1] return i + nome }}\n{{/each}}';
    expect(await warned(bpmn(), letter(text))).toEqual(['letter.md:6:1 nome']);
  });

  it('may be those of a process that calls, or is called', async () => {
    const caller = bpmn({ key: 'caller', templates: [], sets: 'fromCaller', calls: 'p' }, 'caller.bpmn');
    const text = letter('{{ fromCaller }} {{ name }} {{ nome }}');
    expect(await warned(caller, bpmn(), text)).toEqual(['letter.md:5:29 nome']);
  });

  it('are not judged where a called process is not there', async () => {
    expect(await warned(bpmn({ calls: 'elsewhere' }), letter('{{ nome }}'))).toEqual([]);
  });

  it('are an error to check only when the template itself is missing', async () => {
    const found = await checkEach([bpmn({ templates: ['none'] })], 'warning');
    expect(found.get('p.bpmn')).toContainEqual(
      expect.objectContaining({ severity: 'error', rule: 'act-missing' }),
    );
  });
});
