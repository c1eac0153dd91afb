import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog, Page } from '@iter/event-store';
import { createMemoryLog } from '@iter/event-store/memory';
import { calling, form, sequence, waiting } from '../../../test/support/diagrams.ts';
import { createProcessCatalog } from './catalog.ts';
import type { ProcessCatalog } from './catalog.ts';
import { deployedText } from './definition.ts';
import type { DefinitionDeployed } from './definition.ts';
import { loadFrom } from './load-from.ts';
import { definitionHash } from './source-files.ts';
import type { SourceFile } from './source-files.ts';

const actor = { account: 'gestore', role: 'SYSTEM_OPERATOR', body: 'p_demo' };
const clock = { now: () => '2026-03-06T08:00:00.000Z' };
const bpmn = (text: string, name = 'p.bpmn'): SourceFile => ({ name, text });
const modulo: SourceFile = { name: 'modulo.json', text: form };

describe('the process catalogue', () => {
  let log: EventLog;
  let catalog: ProcessCatalog;
  const deploy = (...files: readonly SourceFile[]) => catalog.deploy({ files, actor, tenant: 'p_demo' });

  beforeEach(() => {
    log = createMemoryLog();
    catalog = createProcessCatalog({ log, clock });
  });
  afterEach(() => catalog.close());

  it('deploys versions, and the same bytes again change nothing', async () => {
    const first = await deploy(bpmn(sequence('p', 1)));
    expect(first).toMatchObject({ deployed: true, definitions: [{ isNew: true }] });
    const position = await log.lastPosition();
    const again = await deploy(bpmn(sequence('p', 1)));
    expect(again).toMatchObject({ deployed: true, position: null, definitions: [{ isNew: false }] });
    expect(await log.lastPosition()).toBe(position);
    await deploy(bpmn(sequence('p', 2)));
    await deploy(bpmn(sequence('p', 1)));
    expect(catalog.versions('p').map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(catalog.find('p')?.version).toBe(3);
    expect(catalog.find('p', 2)?.model.nodes.has('t_2')).toBe(true);
    expect(catalog.find('p', 9)).toBeUndefined();
    const { hash } = catalog.find('p', 2)!;
    expect(catalog.byHash(hash)).toMatchObject({ version: 2, model: { hash }, deployedBy: 'gestore' });
  });

  it('sets aside what cannot be read any more, and goes on with the others', async () => {
    await deploy(bpmn(sequence('p', 1)), bpmn(waiting('q'), 'q.bpmn'));
    await deploy(bpmn(sequence('p', 2)));
    const worn = (page: Page): Page => ({
      ...page,
      events: page.events.map((it) =>
        it.data['version'] === 2 ? { ...it, data: { ...it.data, xml: '<not-bpmn/>' } } : it,
      ),
    });
    const wornLog: EventLog = {
      ...log,
      readAll: async (options) => worn(await log.readAll(options)),
      async *follow(options) {
        for await (const page of log.follow(options)) yield worn(page);
      },
    };
    const setAside: string[] = [];
    const other = createProcessCatalog({
      ...{ log: wornLog, clock },
      onSetAside: ({ key, version }) => void setAside.push(`${key} ${version}`),
    });
    try {
      await other.catchUp();
      await other.readLatest();
      expect(setAside).toEqual(['p 2']);
      expect(other.list().map(({ key }) => key)).toEqual(['q']);
      // Not the version before: what is no longer to begin does not begin instead.
      expect([other.find('p'), other.find('p', 2)]).toEqual([undefined, undefined]);
      expect(other.find('p', 1)?.model.key).toBe('p');
      expect(other.versions('p')).toHaveLength(2);
      // Whoever looks among the versions for a tag is not stopped by it either.
      expect(other.called('p', { kind: 'version-tag', versionTag: 'x' }, '')).toBeNull();
      const read: number[] = [];
      for await (const { version } of other.readVersions('p')) read.push(version);
      expect(read).toEqual([1]);
      expect(
        (await other.deploy({ files: [bpmn(sequence('r', 1))], actor, tenant: 'p_demo' })).deployed,
      ).toBe(true);
      expect(setAside).toEqual(['p 2']);
    } finally {
      await other.close();
    }
  });

  it('sets aside a table that cannot be read any more, and asks no version before it', async () => {
    const rate = (id: string, value: number) =>
      `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d_${id}" name="${id}" namespace="t">
        <decision id="${id}" name="${id}"><variable name="${id}"/><literalExpression><text>${value}</text></literalExpression></decision>
      </definitions>`;
    const table = (id: string, value: number) => ({ name: `${id}.dmn`, text: rate(id, value) });
    expect((await deploy(table('rate', 1), table('other', 1))).problems).toEqual([]);
    await deploy(table('rate', 2));
    const worn = (page: Page): Page => ({
      ...page,
      events: page.events.map((it) =>
        it.data['version'] === 2
          ? { ...it, data: { ...it.data, xml: rate('rate', 2).replace('<text>', '<txt>') } }
          : it,
      ),
    });
    const setAside: unknown[] = [];
    const other = createProcessCatalog({
      log: {
        ...log,
        readAll: async (options) => worn(await log.readAll(options)),
        async *follow(options) {
          for await (const page of log.follow(options)) yield worn(page);
        },
      },
      clock,
      onSetAside: ({ kind, key, version }) => void setAside.push([kind, key, version]),
    });
    const latest = { kind: 'latest', versionTag: null } as const;
    try {
      await other.catchUp();
      expect(setAside).toEqual([['decisions', 'd_rate', 2]]);
      expect(other.decision('rate', latest, '')).toBeNull();
      expect(other.decision('other', latest, '')?.version).toBe(1);
      // A version that can be read puts it right.
      await other.deploy({ files: [table('rate', 3)], actor, tenant: 'p_demo' });
      expect(other.decision('rate', latest, '')?.version).toBe(3);
    } finally {
      await other.close();
    }
  });

  it('answers a request that is sent again as the first time, whatever was deployed since', async () => {
    const ask = (request: string, tasks: number) =>
      catalog.deploy({ files: [bpmn(sequence('p', tasks))], actor, tenant: 'p_demo', request });
    expect(await ask('one', 1)).toMatchObject({ deployed: true, definitions: [{ isNew: true }] });
    await ask('two', 2);
    const position = await log.lastPosition();
    expect(await ask('one', 1)).toMatchObject({
      ...{ deployed: true, position: null },
      definitions: [{ definition: { version: 1 }, isNew: true }],
    });
    expect(await ask('one', 3)).toMatchObject({ deployed: false, isReused: true, definitions: [] });
    expect(await log.lastPosition()).toBe(position);
    expect(await ask('three', 1)).toMatchObject({
      definitions: [{ definition: { version: 3 }, isNew: true }],
    });
  });

  it('deployed twice at once, is one version', async () => {
    await Promise.all([deploy(bpmn(sequence('p', 1))), deploy(bpmn(sequence('p', 1)))]);
    expect(catalog.versions('p')).toHaveLength(1);
  });

  it('deploys everything or nothing, and returns all problems at once', async () => {
    const broken = sequence('q', 1).replace(
      '</bpmn:process>',
      '<bpmn:task id="alone"/><bpmn:complexGateway id="g"/></bpmn:process>',
    );
    const result = await deploy(
      bpmn(sequence('p', 1)),
      bpmn(broken, 'q.bpmn'),
      { name: 'macro.exe', text: 'MZ' },
      { name: 'broken.json', text: '{' },
    );
    expect(result.deployed).toBe(false);
    const errors = result.problems.filter(({ severity }) => severity === 'error');
    expect(new Set(errors.map(({ file }) => file))).toEqual(new Set(['q.bpmn', 'macro.exe', 'broken.json']));
    expect(result.problems.find(({ element }) => element === 'g')).toMatchObject({
      severity: 'error',
      file: 'q.bpmn',
    });
    expect(await log.lastPosition()).toBeNull();
  });

  it('a changed form is another version; a missing one is refused', async () => {
    const asks = bpmn(sequence('p', 1, { form: 'modulo' }));
    const { problems } = await deploy(asks);
    expect(problems).toContainEqual(expect.objectContaining({ rule: 'form-missing', element: 't_1' }));
    await deploy(asks, modulo);
    await deploy(asks, { ...modulo, text: form.replace('Nota', 'Annotazione') });
    expect(catalog.versions('p')).toHaveLength(2);
    const { hash, files } = catalog.find('p', 1)!;
    expect(files).toEqual(['p.bpmn', 'modulo.json']);
    expect(catalog.form(hash, 'modulo')).toEqual(JSON.parse(form));
    expect(catalog.readForm(hash, 'modulo')?.fields.map(({ key }) => key)).toEqual(['note', 'days']);
    expect(catalog.form(hash, 'other')).toBeNull();
  });

  it('draws what has no diagram, under the address of what was given', async () => {
    const given = sequence('p', 2);
    await deploy(bpmn(given));
    const drawn = catalog.find('p')!;
    expect(drawn.xml.includes('<bpmndi:BPMNShape')).toBe(true);
    expect(await deploy(bpmn(given))).toMatchObject({ position: null });
    const asGiven = createProcessCatalog({ log: createMemoryLog(), clock, diagrams: 'as-given' });
    await asGiven.deploy({ files: [bpmn(given)], actor, tenant: 'p_demo' });
    expect(asGiven.find('p')).toMatchObject({ xml: given, hash: drawn.hash });
    await asGiven.close();
  });

  it('draws in the place of an empty diagram, and keeps what was given', async () => {
    const given = sequence('p', 2).replace(
      '<bpmn:process ',
      '<di:BPMNDiagram xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" id="d_1"><di:BPMNPlane id="d_2" bpmnElement="p"/></di:BPMNDiagram>\n<bpmn:process ',
    );
    await deploy(bpmn(given), bpmn(sequence('q', 1), 'q.bpmn'));
    const written = async (key: string) =>
      (await log.readStream(`definition-${key}`))[0]!.data as unknown as DefinitionDeployed['data'];
    const event = await written('p');
    expect(event.xml).toContain('<bpmndi:BPMNShape');
    expect(event.xml).not.toContain('d_1');
    expect(deployedText(event)).toEqual({ key: 'p', xml: given, forms: {}, acts: {} });
    expect(definitionHash('p', given, new Map(), new Map())).toBe(event.hash);
    expect(await deploy(bpmn(given))).toMatchObject({ position: null });
    // What was only added to can be told from the drawing, and is kept once.
    expect(await written('q')).not.toHaveProperty('deployed');
  });

  it('holds global tasks, which are called and never started', async () => {
    const text = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:t"><globalManualTask id="carry" name="Carry"/></definitions>`;
    await deploy(bpmn(text));
    expect(catalog.find('carry')?.model.kind).toBe('global-task');
    expect(catalog.called('carry', { kind: 'latest', versionTag: null }, '')).toBe(
      catalog.find('carry')?.hash,
    );
  });

  it('finds forms that are written into the file', async () => {
    const embedded = sequence('p', 1, { form: 'modulo' })
      .replace('formId="modulo"', 'formKey="camunda-forms:bpmn:mine"')
      .replace(
        /(<bpmn:process[^>]*>)/,
        `$1<bpmn:extensionElements><zeebe:userTaskForm id="mine">${form}</zeebe:userTaskForm></bpmn:extensionElements>`,
      );
    expect((await deploy(bpmn(embedded))).problems.filter(({ severity }) => severity === 'error')).toEqual(
      [],
    );
    const { hash } = catalog.find('p')!;
    expect(catalog.readForm(hash, 'mine')?.fields.map(({ key }) => key)).toEqual(['note', 'days']);
  });

  it('finds the processes that start on a message, in their latest version', async () => {
    await deploy(bpmn(waiting('w')));
    expect(catalog.startedBy('avvio')).toMatchObject([{ element: 'start', definition: { key: 'w' } }]);
    await deploy(bpmn(sequence('w', 1)));
    expect(catalog.startedBy('avvio')).toEqual([]);
  });

  it('another process sees what was deployed, also after a restart', async () => {
    await deploy(bpmn(sequence('p', 1)), bpmn(waiting('w'), 'w.bpmn'));
    const other = createProcessCatalog({ log, clock });
    await other.catchUp();
    expect(other.list().map(({ key, hash }) => [key, hash])).toEqual(
      catalog.list().map(({ key, hash }) => [key, hash]),
    );
    await other.close();
  });

  it('reads a version when it is asked for, and only then says that it cannot', async () => {
    await deploy(bpmn(sequence('p', 1)));
    await deploy(bpmn(sequence('p', 2)));
    const later: EventLog = {
      ...log,
      async readAll(options) {
        const page = await log.readAll(options);
        const [first, ...others] = page.events;
        const unreadable = first && { ...first, data: { ...first.data, xml: '<never/>' } };
        return { ...page, events: unreadable ? [unreadable, ...others] : [] };
      },
    };
    const other = createProcessCatalog({ log: later, clock });
    await other.catchUp();
    expect(other.list().map(({ version }) => version)).toEqual([2]);
    await other.readLatest();
    expect(other.find('p', 2)?.model.nodes.has('t_2')).toBe(true);
    expect(() => other.versions('p')[0]?.model).toThrow('version 1 of p cannot be read any more');
    expect(other.find('p', 1)).toBeUndefined();
    await other.close();
  });

  it('deploys the process folders of a directory', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'iter-processes-'));
    await mkdir(join(folder, 'p', 'forms'), { recursive: true });
    await mkdir(join(folder, 'terms'));
    await writeFile(join(folder, 'terms', 'x.yaml'), 'a: 1');
    await writeFile(join(folder, 'p', 'p.bpmn'), sequence('p', 1, { form: 'modulo' }));
    await writeFile(join(folder, 'p', 'forms', 'modulo.json'), form);
    const by = { actor, tenant: 'p_demo' };
    expect(await loadFrom(catalog, folder, by)).toMatchObject([{ folder: 'p', deployed: true }]);
    const position = await log.lastPosition();
    await loadFrom(catalog, folder, by);
    expect(await log.lastPosition()).toBe(position);
    rmSync(folder, { recursive: true });
  });

  it('deploys folders whose processes call one another together, whatever their names', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'iter-processes-'));
    for (const name of ['a-calling', 'b-alone', 'z-called']) await mkdir(join(folder, name));
    await writeFile(join(folder, 'a-calling', 'a-calling.bpmn'), calling('a-calling', 'z-called'));
    await writeFile(join(folder, 'b-alone', 'b-alone.bpmn'), sequence('b-alone', 1));
    await writeFile(join(folder, 'z-called', 'z-called.bpmn'), '<nonsense');
    const by = { actor, tenant: 'p_demo' };
    expect(await loadFrom(catalog, folder, by)).toMatchObject([
      { folder: 'a-calling', deployed: false },
      { folder: 'b-alone', deployed: true },
      { folder: 'z-called', deployed: false, problems: [{ file: 'z-called/z-called.bpmn' }] },
    ]);
    await writeFile(join(folder, 'z-called', 'z-called.bpmn'), sequence('z-called', 1));
    expect((await loadFrom(catalog, folder, by)).map(({ deployed }) => deployed)).toEqual([true, true, true]);
    rmSync(folder, { recursive: true });
  });
});
