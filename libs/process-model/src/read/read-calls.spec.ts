import { describe, expect, it } from '@jest/globals';
import { parseProcesses } from '../parse-processes.ts';
import { around, bpmn, element, end, flows, gateway, start, task, user } from '../testing/bpmn.ts';
import { errorsOf, modelOf, nodeOf } from '../testing/parsing.ts';

describe('a call activity', () => {
  const callOf = async (inside: string, attributes = '') =>
    (await nodeOf(around(element('callActivity', 'c', inside, attributes), 't -> c'), 'c')).call;

  it('copies variables in and out, unless it says otherwise', async () => {
    expect(await callOf('+<zeebe:calledElement processId="q"/>')).toMatchObject({
      process: { constant: 'q' },
      binding: { kind: 'latest', versionTag: null },
      propagateAllParentVariables: true,
      propagateAllChildVariables: true,
    });
    expect(
      await callOf(
        '+<zeebe:calledElement processId="=p" propagateAllChildVariables="false" propagateAllParentVariables="false" bindingType="versionTag" versionTag="v2"/>',
      ),
    ).toMatchObject({
      process: { text: 'p', names: ['p'] },
      binding: { kind: 'version-tag', versionTag: 'v2' },
      propagateAllParentVariables: false,
      propagateAllChildVariables: false,
    });
  });

  it('in BPMN’s own words names a process of any namespace', async () => {
    expect(await callOf('', 'calledElement="other:q"')).toMatchObject({ process: { constant: 'q' } });
  });
});

describe('a business rule task', () => {
  it('decides', async () => {
    const xml = around(
      element(
        'businessRuleTask',
        'b',
        '+<zeebe:calledDecision decisionId="risk" resultVariable="r" bindingType="deployment"/>',
      ),
      't -> b',
    );
    expect(await nodeOf(xml, 'b')).toMatchObject({
      decision: { decision: { constant: 'risk' }, binding: { kind: 'deployment' }, resultVariable: 'r' },
      job: null,
    });
  });

  it('may be work', async () => {
    const xml = around(element('businessRuleTask', 'b', '+<zeebe:taskDefinition type="rules"/>'), 't -> b');
    expect(await nodeOf(xml, 'b')).toMatchObject({ decision: null, job: { type: { constant: 'rules' } } });
  });
});

describe('an ad-hoc sub-process', () => {
  it('says its order, its end and what it begins with', async () => {
    const inside = `<bpmn:extensionElements><zeebe:adHoc activeElementsCollection="=chosen" outputCollection="all" outputElement="=one"/></bpmn:extensionElements>${task('a')}<bpmn:completionCondition>done</bpmn:completionCondition>`;
    const xml = around(
      element('adHocSubProcess', 'x', inside, 'ordering="Sequential" cancelRemainingInstances="false"'),
      't -> x',
    );
    expect((await nodeOf(xml, 'x')).adHoc).toMatchObject({
      sequential: true,
      completionCondition: { text: 'done' },
      cancelRemainingInstances: false,
      activeElements: { text: 'chosen' },
      outputCollection: 'all',
      outputElement: { text: 'one' },
    });
  });

  it('by default goes on in any order until nothing is left', async () => {
    const xml = around(element('adHocSubProcess', 'x', task('a')), 't -> x');
    expect((await nodeOf(xml, 'x')).adHoc).toEqual({
      sequential: false,
      completionCondition: null,
      cancelRemainingInstances: true,
      activeElements: null,
      outputCollection: null,
      outputElement: null,
    });
  });
});

describe('gateways and quantities', () => {
  it('are read', async () => {
    const xml = around(
      gateway(
        'complex',
        'g',
        'default="g_e"',
        '<bpmn:activationCondition>=activationCount >= 2</bpmn:activationCondition>',
      ) + user('u', '', 'startQuantity="2" completionQuantity="3"'),
      't -> g -> e',
      'g -> u if x',
    );
    expect(await nodeOf(xml, 'g')).toMatchObject({
      activationCondition: { text: 'activationCount >= 2' },
      defaultFlow: 'g_e',
    });
    expect(await nodeOf(xml, 'u')).toMatchObject({ startQuantity: 2, completionQuantity: 3 });
  });
});

describe('compensation', () => {
  it('is linked to the activity, also by an association outside the process', async () => {
    const inside = [
      start(),
      user('t'),
      end(),
      element('boundaryEvent', 'b', '<bpmn:compensateEventDefinition/>', 'attachedToRef="t"'),
      task('undo', '', 'isForCompensation="true"'),
      flows('s -> t -> e'),
    ].join('');
    const link = '<bpmn:association id="a" sourceRef="b" targetRef="undo"/>';
    for (const xml of [
      bpmn(inside + link),
      bpmn(inside, `<bpmn:collaboration id="c">${link}</bpmn:collaboration>`),
    ]) {
      expect((await nodeOf(xml, 't')).compensatedBy).toBe('undo');
      expect((await nodeOf(xml, 'undo')).isForCompensation).toBe(true);
    }
  });
});

describe('global tasks', () => {
  const file = (roots: string): string => bpmn('', roots).replace(/<bpmn:process[\s\S]*<\/bpmn:process>/, '');

  it('are processes of one task that is called', async () => {
    const xml = file(
      `<bpmn:globalUserTask id="ask" name="Ask"><bpmn:extensionElements><zeebe:formDefinition formId="f"/></bpmn:extensionElements></bpmn:globalUserTask>
       <bpmn:globalScriptTask id="sum"><bpmn:script>a + b</bpmn:script></bpmn:globalScriptTask>
       <bpmn:globalManualTask id="carry"/><bpmn:globalTask id="any"/>
       <bpmn:globalBusinessRuleTask id="judge"><bpmn:extensionElements><zeebe:calledDecision decisionId="d1" resultVariable="r"/></bpmn:extensionElements></bpmn:globalBusinessRuleTask>`,
    );
    const { models } = await parseProcesses(xml);
    expect(
      models.map(({ key, kind, nodes }) => [key, kind, [...nodes.values()].map(({ type }) => type)]),
    ).toEqual([
      ['ask', 'global-task', ['bpmn:UserTask']],
      ['sum', 'global-task', ['bpmn:ScriptTask']],
      ['carry', 'global-task', ['bpmn:ManualTask']],
      ['any', 'global-task', ['bpmn:Task']],
      ['judge', 'global-task', ['bpmn:BusinessRuleTask']],
    ]);
    const ask = models[0];
    expect([ask?.name, ask?.scopes.get('')?.begins]).toEqual(['Ask', ['ask']]);
    expect(ask?.nodes.get('ask')?.userTask?.formId).toBe('f');
    expect(models[1]?.nodes.get('sum')?.script?.expression.text).toBe('a + b');
  });

  it('are judged like tasks', async () => {
    expect(await errorsOf(file('<bpmn:globalScriptTask id="sum"/>'))).toEqual(['sum script-missing']);
  });

  it('only explain beside processes that only explain', async () => {
    const xml = bpmn(user('t'), '<bpmn:globalScriptTask id="sum"/>').replace('isExecutable="true"', '');
    expect(await parseProcesses(xml)).toEqual({ models: [], problems: [] });
  });
});

it('the version tag of a process is read', async () => {
  const xml = around('<bpmn:extensionElements><zeebe:versionTag value="2026-A"/></bpmn:extensionElements>');
  expect((await modelOf(xml)).versionTag).toBe('2026-A');
  expect(await errorsOf(xml.replace('2026-A', ''))).toEqual(['p version-tag']);
});
