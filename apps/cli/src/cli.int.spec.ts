import { describe, expect, it } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../../..');
const process_ = 'processes/disciplinary-ordinary/disciplinary-ordinary.bpmn';

/** Runs the tool as a person would, from the repository's folder. */
function iter(args: readonly string[], input = ''): { status: number | null; out: string; err: string } {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const done = spawnSync(process.execPath, ['apps/cli/bin/iter.js', ...args], {
    cwd: root,
    encoding: 'utf8',
    input,
    env,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status: done.status, out: done.stdout, err: done.stderr };
}

const diagram = (body: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'iter-cli-'));
  const file = join(folder, 'p.bpmn');
  writeFileSync(
    file,
    `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:test">
  <bpmn:process id="p" isExecutable="true">${body}</bpmn:process>
</bpmn:definitions>`,
  );
  return file;
};
const straight = `<bpmn:startEvent id="s"/><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
  <bpmn:userTask id="t"/><bpmn:sequenceFlow id="f2" sourceRef="t" targetRef="e"/><bpmn:endEvent id="e"/>`;

describe('iter term', () => {
  it('computes a term and says why', () => {
    const { status, out } = iter(['term', '30d', '--from', '2026-03-06']);
    expect(status).toBe(0);
    expect(out).toMatch(/2026-04-05[\s\S]*2026-04-07[\s\S]*2026-04-03[\s\S]*venerdì/);
    const { out: json } = iter([
      'term',
      '--term',
      'disciplinary.contestation',
      '--from',
      '2026-03-06',
      '--json',
    ]);
    expect(JSON.parse(json)).toMatchObject({ legalDueDate: '2026-04-07', earliestActionDate: null });
  });

  it('answers a batch line by line, the wrong ones too', () => {
    const lines = [
      '{"amount":30,"unit":"d","from":"2026-03-06","direction":"forward","freeDays":false,"comune":null,"term":null}',
      '{"amount":20,"unit":"d","from":"2026-06-22","direction":"backward"}',
      '{"amount":48,"unit":"h","from":"2026-03-28T10:30:00+01:00"}',
      '{"amount":30,"unit":"d","from":"2026-02-30"}',
      'nonsense',
      '{"amount":30,"unit":"d","term":"disciplinary.contestation","from":"2026-03-06"}',
    ];
    const { status, out } = iter(['term', '--batch', '-'], lines.join('\n'));
    expect(status).toBe(0);
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(answers).toMatchObject([
      { nominalDate: '2026-04-05', legalDueDate: '2026-04-07', safeActionDate: '2026-04-03' },
      { legalDueDate: '2026-06-01' },
      { safeActionDate: '2026-03-30T10:30:00+02:00', legalDueDate: '2026-03-30T12:00:00+02:00' },
      { error: { code: 'date-invalid' } },
      { error: { code: expect.any(String) } },
      { error: { code: 'term-invalid' } },
    ]);
  });

  it('says that it does not know what a Comune keeps by itself, and refuses what is no code of a Comune', () => {
    const of = (comune: string) =>
      iter(['term', '30d', '--from', '2026-05-30', '--comune', comune, '--json']);
    const rome = JSON.parse(of('c_h501').out) as { legalDueDate: string; explanation: string[] };
    expect(rome.legalDueDate).toBe('2026-06-30');
    expect(rome.explanation.at(-1)).toContain('non si conoscono');
    const { status, out } = of('XXXX');
    expect([status, JSON.parse(out)]).toMatchObject([2, { error: { code: 'comune-invalid' } }]);
  });

  it.each([
    [['deploy', 'nowhere.bpmn', '--json'], 'nowhere.bpmn cannot be read: ENOENT'],
    [['check', '--json'], "missing required argument 'files'"],
    [['term', '-5d', '--json'], "unknown option '-5d'"],
    [['nope', '--json'], "unknown command 'nope'"],
  ])('tells why %j is refused as JSON, as was asked for', (args, message) => {
    const { status, out } = iter(args);
    expect([status, JSON.parse(out)]).toEqual([2, { error: { code: 'input-invalid', message } }]);
  });

  it.each([
    [['term', '30x', '--from', '2026-03-06']],
    [['term', '30d']],
    [['term', '30d', '--from', '2026-02-30']],
    [['check', 'nowhere.bpmn']],
    [['run', process_, '--process', 'other']],
    [['run', process_, '--variables', '{']],
    [['run']],
    [['term', '30d', '--from', '2026-03-06', '--nonsense']],
    [['nonsense']],
    [[]],
  ])('refuses %j with status 2 and a sentence', (args) => {
    const { status, err } = iter(args);
    expect([status, err.trim() !== '', err.includes('    at ')]).toEqual([2, true, false]);
  });

  it('is done when it was asked for help', () => {
    expect([iter(['--help']), iter(['help', 'term']), iter(['term', '--help'])]).toMatchObject(
      Array.from({ length: 3 }, () => ({ status: 0, out: expect.stringContaining('Usage: iter') })),
    );
  });
});

describe('iter check', () => {
  it('is content with the first process, and names the place of what it is not', () => {
    expect(iter(['check', process_])).toMatchObject({ status: 0, out: '' });
    const file = diagram('<bpmn:startEvent id="s"/><bpmn:callActivity id="c"/>');
    const { status, out } = iter(['check', file, '--json']);
    expect(status).toBe(1);
    const { files } = JSON.parse(out) as {
      files: { file: string; problems: { element: string; line: number }[] }[];
    };
    expect(files[0]!.problems).toContainEqual(
      expect.objectContaining({ severity: 'error', element: 'c', line: 3 }),
    );
    // Who draws processes here is told in Italian first.
    expect(iter(['check', file]).out).toContain(
      'Un’attività di chiamata nomina ciò che chiama: non è così («',
    );
    rmSync(file);
  });

  it('looks up what files refer to, among one another and in the catalogue beside them', () => {
    const calls = (called: string): string =>
      diagram(
        `${straight.replace('<bpmn:userTask id="t"/>', `<bpmn:callActivity id="t" calledElement="${called}"/>`)}`,
      );
    const known = calls('disciplinary-ordinary');
    const unknown = calls('nobody');
    expect(iter(['check', known, process_])).toMatchObject({ status: 0 });
    expect(iter(['check', unknown, process_])).toMatchObject({
      status: 1,
      out: expect.stringContaining('t call-unresolved'),
    });
    for (const file of [known, unknown]) rmSync(file);
  });

  it('finds what a part calls, and the deadlines of those that call it', () => {
    const part = 'processes/disciplinary-defence/disciplinary-defence.bpmn';
    expect(iter(['check', part])).toMatchObject({ status: 0, out: '' });
  });

  it('checks all that a folder holds, and says what it looks for where there is nothing', () => {
    const { status, out } = iter(['check', 'processes/disciplinary-ordinary', 'processes/terms', '--json']);
    expect(status).toBe(0);
    const { files } = JSON.parse(out) as { files: { file: string }[] };
    expect(files.map(({ file }) => file)).toEqual(
      expect.arrayContaining([
        'processes/disciplinary-ordinary/disciplinary-ordinary.bpmn',
        expect.stringMatching(/^processes\/disciplinary-ordinary\/forms\/.*\.json$/),
        'processes/terms/disciplinary.yaml',
      ]),
    );
    const folder = mkdtempSync(join(tmpdir(), 'iter-cli-'));
    expect(iter(['check', folder])).toMatchObject({ status: 2, err: expect.stringContaining('.bpmn') });
    mkdirSync(join(folder, 'mine', 'forms'), { recursive: true });
    writeFileSync(join(folder, 'mine', 'forms', 'f.json'), '{');
    expect(iter(['check', folder])).toMatchObject({ status: 1, out: expect.stringContaining('f.json:') });
    // Of a package that was installed it is all, of what a package has installed nothing.
    const installed = join(folder, 'node_modules', 'one');
    mkdirSync(join(installed, 'forms'), { recursive: true });
    writeFileSync(join(installed, 'forms', 'of-another.json'), '{');
    expect(iter(['check', folder]).out).not.toContain('of-another.json:');
    expect(iter(['check', installed]).out).toContain('of-another.json:');
    rmSync(folder, { recursive: true });
  });

  it('judges terms and ladders too', () => {
    expect(
      iter(['check', 'processes/terms/disciplinary.yaml', 'processes/ladders/defaults.yaml']),
    ).toMatchObject({
      status: 0,
      out: '',
    });
    const file = join(mkdtempSync(join(tmpdir(), 'iter-cli-')), 'terms.yaml');
    writeFileSync(file, 'terms:\n  - key: a.b\n    amount: 0\n');
    expect(iter(['check', file])).toMatchObject({ status: 1, out: expect.stringContaining('terms.yaml:') });
    rmSync(file);
  });
});

describe('iter run', () => {
  it('stops where people are needed, and goes to the end by itself when told', () => {
    const file = diagram(straight);
    const stopped = JSON.parse(iter(['run', file]).out) as Record<string, unknown>;
    expect(stopped).toMatchObject({ state: 'active', open: { tasks: [{ case: 'p#1', element: 't' }] } });
    const { status, out } = iter(['run', file, '--auto', '--variables', '{"a":1}']);
    const ended = JSON.parse(out) as { trace: { event: string; element: string; at: string }[] };
    expect(status).toBe(0);
    expect(ended).toMatchObject({
      state: 'completed',
      variables: { a: 1 },
      cases: [{ case: 'p#1', process: 'p' }],
    });
    expect(ended.trace.map(({ event, element }) => `${event} ${element}`)).toEqual([
      'element-activated s',
      'element-completed s',
      'sequence-flow-taken f1',
      'element-activated t',
      'element-completed t',
      'sequence-flow-taken f2',
      'element-activated e',
      'element-completed e',
    ]);
    expect(ended.trace[0]!.at).toBe('2026-01-01T00:00:00Z');
  });

  it('says nothing against what is called, whose other callers it does not see', () => {
    const scenario = 'processes/disciplinary-ordinary/scenarios/in-time.scenario.yaml';
    const { status, out, err } = iter(['run', process_, '--scenario', scenario]);
    expect([status, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ problems: [] });
  });

  it('refuses what it cannot execute, with status 2', () => {
    const file = diagram('<bpmn:startEvent id="s"/><bpmn:callActivity id="c"/>');
    const { status, out, err } = iter(['run', file]);
    expect(status).toBe(2);
    // In the words of a check.
    expect(iter(['check', file]).out).toBe(err);
    expect(JSON.parse(out)).toMatchObject({ state: 'rejected', problems: expect.any(Array) });
  });

  it('refuses terms that are not in the catalogue, as a check does', () => {
    const file = diagram(
      straight.replace(
        '<bpmn:startEvent id="s"/>',
        '<bpmn:startEvent id="s"><bpmn:extensionElements><iter:deadline xmlns:iter="urn:iter:bpmn:1" id="DL_A" term="no.such.term"><iter:base name="b" value="=today()"/></iter:deadline></bpmn:extensionElements></bpmn:startEvent>',
      ),
    );
    const problems = expect.arrayContaining([
      expect.objectContaining({ element: 's', rule: 'term-unresolved' }),
    ]);
    const { status, out } = iter(['run', file]);
    expect(status).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ state: 'rejected', problems });
    const checked = iter(['check', file, '--json']);
    expect(checked.status).toBe(1);
    expect(JSON.parse(checked.out)).toMatchObject({ files: [{ problems }] });
    rmSync(file);
  });

  it('plays a scenario, and says with status 1 what did not hold', () => {
    const scenario = join(root, 'processes/disciplinary-ordinary/scenarios/never-sent.scenario.yaml');
    expect(iter(['run', process_, '--scenario', scenario]).status).toBe(0);
    const file = diagram(straight);
    const wrong = file.replace('.bpmn', '.scenario.yaml');
    writeFileSync(wrong, 'process: p\nsteps:\n  - expect: { state: completed, tasks: [other] }\n');
    const { status, err } = iter(['run', file, '--scenario', wrong]);
    expect(status).toBe(1);
    expect(err).toMatch(/state: expected "completed", got "active"[\s\S]*tasks: expected \["other"\]/);
  });
});

describe('iter test', () => {
  const undoing = `<bpmn:startEvent id="s"/><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
    <bpmn:task id="t"/><bpmn:boundaryEvent id="b" attachedToRef="t"><bpmn:compensateEventDefinition id="c1"/></bpmn:boundaryEvent>
    <bpmn:task id="undo" isForCompensation="true"/><bpmn:association id="a" sourceRef="b" targetRef="undo" associationDirection="One"/>
    <bpmn:sequenceFlow id="f2" sourceRef="t" targetRef="x"/><bpmn:exclusiveGateway id="x" default="f3"/>
    <bpmn:sequenceFlow id="f3" sourceRef="x" targetRef="e"/><bpmn:endEvent id="e"/>
    <bpmn:sequenceFlow id="f4" sourceRef="x" targetRef="back"><bpmn:conditionExpression>=wrong</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:endEvent id="back"><bpmn:compensateEventDefinition id="c2"/></bpmn:endEvent>`;
  const scenario = (wrong: boolean): string =>
    `process: p\nname: wrong is ${wrong}\nauto: true\nstart: { variables: { wrong: ${wrong} } }\nsteps:\n  - expect: { state: completed }\n`;

  it.each([
    [false, { nodes: ['b', 'undo', 'back'], flows: ['f4'] }],
    [true, { nodes: ['e'], flows: ['f3'] }],
  ])('plays what it finds and says what was not covered (%j)', (wrong, { nodes, flows }) => {
    const folder = dirname(diagram(undoing));
    writeFileSync(join(folder, 'a.scenario.yaml'), scenario(wrong));
    const { status, out } = iter(['test', folder, '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      scenarios: [{ name: `wrong is ${wrong}`, failures: [] }],
      coverage: [{ process: 'p', nodes: { of: 7, missing: nodes }, flows: { of: 4, missing: flows } }],
    });
    const wrongly = scenario(wrong).replace('completed', 'failed');
    writeFileSync(join(folder, 'a.scenario.yaml'), wrongly);
    expect(iter(['test', folder])).toMatchObject({
      status: 1,
      out: expect.stringContaining('0 passed, 1 failed'),
      err: expect.stringContaining('failed'),
    });
    rmSync(folder, { recursive: true });
  });
});

describe('iter', () => {
  it('tells its version', () => {
    expect(iter(['--version'])).toMatchObject({ status: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });
});

describe('iter up', () => {
  const up = (settings: Record<string, string>) => {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = spawn(process.execPath, ['apps/cli/bin/iter.js', 'up'], {
      ...{ cwd: root, env: { ...env, ...settings }, stdio: ['ignore', 'ignore', 'pipe'] as const },
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    return {
      child,
      said: () => said,
      ended: once(child, 'exit').then(([status]) => status as number | null),
    };
  };

  it('says in words why it does not start', async () => {
    const { said, ended } = up({ ITER_HOME: '/proc/iter' });
    expect(await ended).toBe(1);
    expect(said()).toMatch(/^Iter non è partito \(did not start\): \/proc\/iter .*ITER_HOME/m);
  });

  it('waits for a database, and no longer than it is let', async () => {
    const home = mkdtempSync(join(tmpdir(), 'iter-up-'));
    const { child, said, ended } = up({
      DATABASE_URL: 'postgres://iter:geheim@127.0.0.1:1/iter',
      ITER_HOME: home,
    });
    child.stderr.on('data', () => said().includes('waiting for it') && child.kill('SIGTERM'));
    expect(await ended).toBe(1);
    expect(said()).toMatch(/did not start\): la base di dati non risponde.*DATABASE_URL/);
    expect(said()).not.toContain('geheim');
    rmSync(home, { recursive: true });
  });
});

describe('whoever reads along', () => {
  it('may have had enough', () => {
    const line = JSON.stringify({ amount: 30, unit: 'd', from: '2026-03-06' });
    const { NODE_OPTIONS: _, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" apps/cli/bin/iter.js term --batch - | head -n 1`],
      { cwd: root, env, input: `${line}\n`.repeat(5_000), encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ legalDueDate: '2026-04-07' });
  });
});
