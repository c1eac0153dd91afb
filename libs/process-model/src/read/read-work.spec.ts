import { describe, expect, it } from '@jest/globals';
import {
  around,
  boundary,
  bpmn,
  element,
  end,
  error,
  flows,
  message,
  speech,
  start,
  timer,
  user,
} from '../testing/bpmn.ts';
import { modelOf, nodeOf, refuses, warningsOf, warns } from '../testing/parsing.ts';

describe('what a model says', () => {
  it('of a user task', async () => {
    const xml = around(
      user(
        'u',
        `+<zeebe:userTask/><zeebe:formDefinition formId="form"/><zeebe:assignmentDefinition assignee="=who" candidateGroups="a, b"/>
         <zeebe:taskSchedule dueDate="=due"/><zeebe:priorityDefinition priority="70"/>
         <zeebe:ioMapping><zeebe:input source="=a + 1" target="x.y"/><zeebe:output source="plain" target="z"/></zeebe:ioMapping>
         <iter:act template="letter" out="letterDoc" on="completion" when="=sent"/><iter:incoming message="hello" label="Saluto" form="greeting" servedForm="own"/><iter:incoming message="bye" byComune="true" asked="true"/>`,
      ),
      't -> u',
    );
    expect(await nodeOf(xml, 'u')).toMatchObject({
      userTask: {
        formId: 'form',
        assignee: { text: 'who', names: ['who'] },
        candidateGroups: { constant: 'a, b' },
        dueDate: { text: 'due' },
        priority: { constant: '70' },
      },
      inputs: [{ source: { text: 'a + 1', names: ['a'] }, target: 'x.y' }],
      outputs: [{ source: { constant: 'plain' }, target: 'z' }],
      acts: [{ template: 'letter', out: 'letterDoc', on: 'completion', when: { text: 'sent' } }],
      incomingMessages: [
        {
          message: 'hello',
          label: 'Saluto',
          form: 'greeting',
          servedForm: 'own',
          byComune: false,
          asked: false,
        },
        { message: 'bye', label: 'bye', form: null, servedForm: null, byComune: true, asked: true },
      ],
    });
  });

  it('of jobs, messages and scripts', async () => {
    const xml = bpmn(
      [
        start('s', message('m')),
        element('serviceTask', 'bare'),
        element(
          'sendTask',
          'job',
          '+<zeebe:taskDefinition type="mail" retries="=n"/><zeebe:taskHeaders><zeebe:header key="to" value="UPD"/></zeebe:taskHeaders>',
          'messageRef="m"',
        ),
        element('sendTask', 'publish', '', 'messageRef="m2"'),
        element('receiveTask', 'receive', '', 'messageRef="m"'),
        element('scriptTask', 'script', '+<zeebe:script expression="a * 2" resultVariable="b"/>'),
        element(
          'endEvent',
          'thrown',
          `<bpmn:extensionElements><zeebe:taskDefinition type="post"/></bpmn:extensionElements>${message('m')}`,
        ),
        flows('s -> bare -> job -> publish -> receive -> script -> thrown'),
      ].join(''),
      speech,
    );
    const { nodes } = await modelOf(xml);
    expect(nodes.get('s')?.event).toMatchObject({
      kind: 'message',
      name: { constant: 'hello' },
      correlationKey: { text: 'ref' },
    });
    expect(nodes.get('bare')?.job).toMatchObject({ type: { constant: 'bare' }, retries: { constant: '3' } });
    expect(nodes.get('job')).toMatchObject({
      job: { type: { constant: 'mail' }, retries: { text: 'n' }, headers: { to: 'UPD' } },
      message: null,
    });
    expect(nodes.get('publish')).toMatchObject({
      job: null,
      message: { name: { constant: 'other' }, correlationKey: null },
    });
    expect(nodes.get('receive')?.message).toMatchObject({ name: { constant: 'hello' } });
    expect(nodes.get('script')?.script).toMatchObject({ expression: { text: 'a * 2' }, resultVariable: 'b' });
    expect(nodes.get('thrown')).toMatchObject({
      event: { kind: 'message' },
      job: { type: { constant: 'post' } },
    });
    expect(await warningsOf(xml)).toContain('bare job-type-missing');
  });

  it('of boundaries, sub-processes and event sub-processes', async () => {
    const xml = bpmn(
      [
        start(),
        element('subProcess', 'sub', [start('s2'), user('u'), flows('s2 -> u')].join('')),
        boundary('b', 'sub', timer('Duration', 'PT1H'), 'cancelActivity="false"'),
        end(),
        element(
          'subProcess',
          'esp',
          [start('s3', error('er')), user('v'), flows('s3 -> v')].join(''),
          'triggeredByEvent="true"',
        ),
        flows('s -> sub -> e', 'b -> e'),
      ].join(''),
      speech,
    );
    const it = await modelOf(xml);
    expect(it.nodes.get('sub')).toMatchObject({ boundary: ['b'], triggeredByEvent: false });
    expect(it.nodes.get('b')).toMatchObject({
      attachedTo: 'sub',
      interrupting: false,
      event: { kind: 'timer', timer: 'duration' },
    });
    expect(it.nodes.get('u')?.scope).toBe('sub');
    expect(it.nodes.get('s3')).toMatchObject({
      event: { kind: 'error', code: { constant: 'E1' } },
      interrupting: true,
    });
    expect(it.scopes.get('')?.eventSubProcesses).toEqual(['esp']);
    expect(it.scopes.get('esp')).toMatchObject({ id: 'esp', starts: ['s3'] });
  });

  it('of who acts: the innermost lane, and the sub-process’s for what lies in it', async () => {
    const lane = (id: string, role: string, inside: string, inner = '') =>
      `<bpmn:lane id="${id}"><bpmn:extensionElements><iter:role code="${role}"/></bpmn:extensionElements>${inside}${inner}</bpmn:lane>`;
    const ref = (id: string) => `<bpmn:flowNodeRef>${id}</bpmn:flowNodeRef>`;
    const lanes = `<bpmn:laneSet id="ls">${lane('outer', 'UPD', ref('sub') + ref('t'), `<bpmn:childLaneSet id="cls">${lane('inner', 'COMUNE_HR', ref('t'))}</bpmn:childLaneSet>`)}</bpmn:laneSet>`;
    const xml = around(
      lanes + element('subProcess', 'sub', [start('s2'), user('u'), flows('s2 -> u')].join('')),
      't -> sub',
    );
    const it = await modelOf(xml);
    expect([it.nodes.get('t')?.role, it.nodes.get('u')?.role, it.nodes.get('e')?.role]).toEqual([
      'COMUNE_HR',
      'UPD',
      null,
    ]);
    expect(it.lanes.map(({ id, role }) => [id, role])).toEqual([
      ['outer', 'UPD'],
      ['inner', 'COMUNE_HR'],
    ]);
  });

  it('of deadlines', async () => {
    const xml = around(
      user(
        'u',
        `+<iter:deadline id="DL_A" term="x.y" opens="activation" when="a != null" key="=body" scope="local" ladder="steep">
          <iter:base name="one" value="=a" proof="=p"/><iter:base name="two" value="2026-03-06"/>
          <iter:met by="t" date="=d" use="decides"/><iter:met by="u"/></iter:deadline>
          <iter:deadlineChange ref="DL_A" kind="extend" on="activation" when="=ok" by="=days" reason="perché"/>`,
      ),
      't -> u if deadlines.DL_A.state = null',
    );
    const it = await modelOf(xml);
    expect(it.nodes.get('u')?.deadlines).toMatchObject([
      {
        id: 'DL_A',
        term: 'x.y',
        opens: 'activation',
        when: { text: 'a != null' },
        key: { text: 'body' },
        scope: 'local',
        ladder: 'steep',
        bases: [
          { name: 'one', value: { text: 'a' }, proof: { text: 'p' } },
          { name: 'two', value: { constant: '2026-03-06' }, proof: null },
        ],
        met: [
          { by: 't', date: { text: 'd' }, use: 'decides' },
          { by: 'u', date: null, use: 'both' },
        ],
        element: 'u',
      },
    ]);
    expect(it.nodes.get('u')?.deadlineChanges).toMatchObject([
      {
        ref: 'DL_A',
        kind: 'extend',
        on: 'activation',
        when: { text: 'ok' },
        by: { text: 'days' },
        reason: 'perché',
      },
    ]);
    expect(it.metBy.get('t')).toMatchObject([{ deadline: { id: 'DL_A' }, index: 0 }]);
    expect(it.deadlines.get('DL_A')?.element).toBe('u');
  });
});

describe('work', () => {
  const job = (inside: string): string => around(element('serviceTask', 'j', `+${inside}`), 't -> j');
  const script = (inside: string, attributes = ''): string =>
    around(element('scriptTask', 'j', inside, attributes), 't -> j');
  const sound = job('<zeebe:taskDefinition type="a" retries="5"/>');
  refuses([
    ['has a type', sound, job('<zeebe:taskDefinition type=""/>'), ['j job-type-missing']],
    ['is tried once at least', sound, job('<zeebe:taskDefinition type="a" retries="0"/>'), ['j job-retries']],
    [
      'has headers with keys of their own',
      sound,
      job(
        '<zeebe:taskDefinition type="a"/><zeebe:taskHeaders><zeebe:header key="k"/><zeebe:header key="k"/></zeebe:taskHeaders>',
      ),
      ['j job-header'],
    ],
    [
      'of a throwing event is that of its message',
      around(
        element(
          'endEvent',
          'j',
          `<bpmn:extensionElements><zeebe:taskDefinition type="a"/></bpmn:extensionElements><bpmn:messageEventDefinition/>`,
        ),
        't -> j',
      ),
      around(element('endEvent', 'j', '+<zeebe:taskDefinition type="a"/>'), 't -> j'),
      ['j extension-misplaced'],
    ],
    [
      'of a script is written down',
      script('<bpmn:script>=x</bpmn:script>'),
      script(''),
      ['j script-missing'],
    ],
    [
      'of a script is written once',
      script('<bpmn:script>=x</bpmn:script>'),
      script(
        '<bpmn:extensionElements><zeebe:script expression="=x"/></bpmn:extensionElements><bpmn:script>=x</bpmn:script>',
      ),
      ['j script-missing'],
    ],
    [
      'of a script is FEEL',
      script('<bpmn:script>x</bpmn:script>', 'scriptFormat="feel"'),
      script('<bpmn:script>1</bpmn:script>', 'scriptFormat="javascript"'),
      ['j expression-language'],
    ],
  ]);
  warns([
    [
      'has a type, or that of its id',
      sound,
      around(element('serviceTask', 'j'), 't -> j'),
      ['j job-type-missing'],
    ],
  ]);

  it('may be called as the operation that it invokes', async () => {
    const node = await nodeOf(
      bpmn(
        [start(), element('serviceTask', 'j', '', 'operationRef="op"'), flows('s -> j')].join(''),
        '<bpmn:message id="in" name="ask"/><bpmn:interface id="if" name="i"><bpmn:operation id="op" name="lookUp"><bpmn:inMessageRef>in</bpmn:inMessageRef></bpmn:operation></bpmn:interface>',
      ),
      'j',
    );
    expect(node.job?.type.constant).toBe('lookUp');
  });

  it('of a script may go without a result variable', async () => {
    const node = await nodeOf(script('<bpmn:script>{ a: x }</bpmn:script>'), 'j');
    expect(node.script).toMatchObject({ expression: { names: ['x'] }, resultVariable: null });
  });
});
