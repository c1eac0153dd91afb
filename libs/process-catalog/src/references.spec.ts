import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMemoryLog } from '@iter/event-store/memory';
import { createProcessCatalog } from './catalog.ts';
import type { ProcessCatalog } from './catalog.ts';
import { checkEach } from './compile.ts';
import type { SourceFile } from './source-files.ts';

const file = (name: string, text: string): SourceFile => ({ name, text });

const bpmn = (process: string, task: string): SourceFile =>
  file(
    `${process}.bpmn`,
    `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:iter="urn:iter:bpmn:1"
      id="d" targetNamespace="urn:t"><process id="${process}" isExecutable="true"><startEvent id="s"/>${task}
      <endEvent id="e"/><sequenceFlow id="a" sourceRef="s" targetRef="t"/><sequenceFlow id="b" sourceRef="t" targetRef="e"/>
      </process></definitions>`,
  );
const extended = (kind: string, extension: string): string =>
  `<${kind} id="t"><extensionElements>${extension}</extensionElements></${kind}>`;
const calls = (process: string, called: string, more = ''): SourceFile =>
  bpmn(process, extended('callActivity', `<zeebe:calledElement processId="${called}" ${more}/>`));
const decides = (process: string, decision: string): SourceFile =>
  bpmn(
    process,
    extended('businessRuleTask', `<zeebe:calledDecision decisionId="${decision}" resultVariable="r"/>`),
  );
const lawful = (process: string, extension: string): SourceFile => bpmn(process, extended('task', extension));
const plain = (process: string, name = ''): SourceFile => bpmn(process, `<task id="t" name="${name}"/>`);
const dmn = (decision: string, value: number): SourceFile =>
  file(
    `${decision}.dmn`,
    `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="defs_${decision}" name="d" namespace="urn:t">
      <decision id="${decision}" name="${decision}"><variable id="v" name="${decision}"/>
      <literalExpression id="l"><text>${value}</text></literalExpression></decision></definitions>`,
  );

const latest = { kind: 'latest', versionTag: null } as const;
const together = { kind: 'deployment', versionTag: null } as const;

describe('what a definition refers to', () => {
  let catalog: ProcessCatalog;
  let minute = 0;
  const deploy = (...files: readonly SourceFile[]) =>
    catalog.deploy({ files, actor: { account: 'a', role: 'SYSTEM', body: 'b' }, tenant: 'b' });
  const rules = async (...files: readonly SourceFile[]) =>
    (await deploy(...files)).problems.flatMap(({ severity, rule }) => (severity === 'error' ? [rule] : []));
  const hash = (process: string, version?: number): string => catalog.find(process, version)?.hash ?? '';

  beforeEach(() => {
    const clock = { now: () => new Date(Date.UTC(2026, 2, 6, 8, minute++)).toISOString() };
    catalog = createProcessCatalog({ log: createMemoryLog(), clock });
  });
  afterEach(() => catalog.close());

  it('must be among the files, or deployed already', async () => {
    expect(await rules(calls('p', 'q'))).toEqual(['call-unresolved']);
    expect(await rules(decides('p', 'd'))).toEqual(['decision-unresolved']);
    expect(await rules(calls('p', 'q'), plain('q'))).toEqual([]);
    expect(await rules(decides('r', 'd'), dmn('d', 1))).toEqual([]);
    expect(await rules(decides('r2', 'd'), calls('p2', 'q'))).toEqual([]);
    expect(await rules(calls('p3', '=which'))).toEqual([]);
  });

  it('of a deadline is declared by some process of the case', async () => {
    const changes = (process: string): SourceFile =>
      lawful(process, '<iter:deadlineChange ref="DL_X" kind="close"/>');
    const declares = (process: string, by = 't'): SourceFile =>
      lawful(
        process,
        `<iter:deadline id="DL_X" term="a.b" ladder="steep"><iter:base name="x" value="=y"/><iter:met by="${by}"/></iter:deadline>`,
      );
    const reads = bpmn('r', '<task id="t"/>').text.replace(
      '</process>',
      '<task id="u"/>\n<sequenceFlow id="c" sourceRef="t" targetRef="u"><conditionExpression>deadlines.DL_X.state = "met"</conditionExpression></sequenceFlow></process>',
    );
    expect(await rules(changes('p'))).toEqual(['deadline-change-ref']);
    const { problems } = await deploy(file('r.bpmn', reads));
    expect(problems.find(({ rule }) => rule === 'deadline-unknown')).toMatchObject({
      element: 'c',
      line: reads.slice(0, reads.indexOf('<sequenceFlow id="c"')).split('\n').length,
    });
    expect(await rules(changes('p'), declares('q'))).toEqual([]);
    expect(await rules(changes('p2'))).toEqual([]);
  });

  it('of a deadline’s end is an element of what is called', async () => {
    const met = (by: string): SourceFile =>
      file(
        'p.bpmn',
        calls('p', 'q').text.replace(
          '</extensionElements>',
          `<iter:deadline id="DL_X" term="a.b"><iter:base name="x" value="=y"/><iter:met by="${by}"/></iter:deadline></extensionElements>`,
        ),
      );
    expect(await rules(met('q/t'), plain('q'))).toEqual([]);
    expect(await rules(met('q/nothing'), plain('q'))).toEqual(['deadline-met-by']);
  });

  it('is a term and a ladder of the catalogue', async () => {
    const terms = {
      hasTerm: (key: string) => key === 'a.b',
      hasLadder: (name: string) => name === 'steep',
      hasBase: (_: string, name: string) => name === 'x',
    };
    const deadline = (term: string, ladder: string, base = 'x'): SourceFile =>
      lawful(
        'p',
        `<iter:deadline id="DL_X" term="${term}" ladder="${ladder}"><iter:base name="${base}" value="=y"/></iter:deadline>`,
      );
    const found = async (source: SourceFile, severity = 'error') =>
      ((await checkEach([source], 'warning', terms)).get('p.bpmn') ?? [])
        .filter((problem) => problem.severity === severity)
        .map(({ rule }) => rule);
    expect(await found(deadline('a.b', 'steep'))).toEqual([]);
    expect(await found(deadline('a.c', 'steep'))).toEqual(['term-unresolved']);
    expect(await found(deadline('a.b', 'flat'))).toEqual(['ladder-unresolved']);
    expect(await found(deadline('a.b', 'steep'), 'warning')).not.toContain('base-unknown');
    expect(await found(deadline('a.b', 'steep', 'z'), 'warning')).toContain('base-unknown');
  });

  it('is there once', async () => {
    expect(await rules(dmn('d', 1), { ...dmn('d', 2), name: 'other.dmn' })).toEqual(['decision-duplicate']);
  });

  it('is the latest of a process or decision, or the one deployed together', async () => {
    await deploy(plain('q', 'old'), dmn('d', 1));
    await deploy(calls('p', 'q', 'bindingType="deployment"'), plain('q', 'together'), dmn('d', 2));
    await deploy(plain('q', 'new'), dmn('d', 3));
    const caller = hash('p');
    expect(catalog.called('q', latest, caller)).toBe(hash('q', 3));
    expect(catalog.called('q', together, caller)).toBe(hash('q', 2));
    expect(catalog.called('nobody', latest, caller)).toBeNull();
    expect(catalog.decision('d', latest, caller)?.version).toBe(3);
    expect(catalog.decision('d', together, caller)?.version).toBe(2);
    expect(catalog.decision('nothing', latest, caller)).toBeNull();
  });

  it('is, for a caller that came alone, what there was then', async () => {
    await deploy(plain('q', 'old'));
    await deploy(calls('p', 'q'));
    await deploy(plain('q', 'new'));
    expect(catalog.called('q', together, hash('p'))).toBe(hash('q', 1));
  });

  it('may be a version with a tag', async () => {
    const tagged = (tag: string) => {
      const { name, text } = plain('q', tag);
      const extension = `<extensionElements><zeebe:versionTag value="${tag}"/></extensionElements>`;
      return file(name, text.replace('<startEvent', `${extension}<startEvent`));
    };
    await deploy(tagged('one'));
    await deploy(tagged('two'));
    const binding = (versionTag: string) => ({ kind: 'version-tag', versionTag }) as const;
    expect(catalog.called('q', binding('one'), '')).toBe(hash('q', 1));
    expect(catalog.called('q', binding('three'), '')).toBeNull();
  });

  it('the same decisions again are no new version', async () => {
    await deploy(dmn('d', 1));
    await deploy(dmn('d', 1));
    expect(catalog.decision('d', latest, '')?.version).toBe(1);
  });
});

it('files that are checked together may refer to one another, and be versions of one process', async () => {
  const found = await checkEach(
    [
      calls('p', 'q'),
      { ...plain('p'), name: 'p2.bpmn' },
      plain('q'),
      decides('r', 'd'),
      dmn('d', 1),
      calls('x', 'y'),
    ],
    'warning',
  );
  const errors = [...found].flatMap(([name, problems]) =>
    problems.flatMap(({ severity, rule }) => (severity === 'error' ? [`${name} ${rule}`] : [])),
  );
  expect(errors).toEqual(['x.bpmn call-unresolved']);
});
