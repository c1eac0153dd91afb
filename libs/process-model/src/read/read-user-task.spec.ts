import { describe, expect, it } from '@jest/globals';
import { around, among, element, user } from '../testing/bpmn.ts';
import { modelOf, nodeOf, problemsOf, refuses, warns } from '../testing/parsing.ts';

const json = '{"id":"F","type":"default","components":[{"type":"textfield","key":"name","id":"n"}]}';
const withForm = (formKey: string, form = json, id = 'mine'): string =>
  around(
    `<bpmn:extensionElements><zeebe:userTaskForm id="${id}">${form}</zeebe:userTaskForm></bpmn:extensionElements>${user('u', `+<zeebe:formDefinition ${formKey}/>`)}`,
    't -> u',
  );
const key = 'formKey="camunda-forms:bpmn:mine"';

describe('a form in the file', () => {
  it('is found by the task', async () => {
    const model = await modelOf(withForm(key));
    expect(model.nodes.get('u')?.userTask?.formId).toBe('mine');
    expect([...model.embeddedForms]).toEqual([['mine', json]]);
  });

  refuses([
    ['is there', withForm(key), withForm('formKey="camunda-forms:bpmn:other"'), ['u form-missing']],
    ['has an id', withForm(key), withForm('formId="f"', json, ''), ['p form-id']],
    ['can be read', withForm(key), withForm(key, '{}'), ['p form-id', 'p form-invalid']],
    ['is the only one of its task', withForm(key), withForm(`${key} formId="f"`), ['u form-id']],
    ['has a fixed id', withForm('formId="f"'), withForm('formId="=f"'), ['u form-id']],
    [
      'is deployed with its process',
      withForm('formId="f" bindingType="deployment"'),
      withForm('formId="f" bindingType="versionTag" versionTag="1"'),
      ['u unsupported-extension'],
    ],
  ]);
  warns([
    [
      'or elsewhere, and then not shown',
      withForm('formId="f"'),
      withForm('externalReference="app:1"'),
      ['u form-elsewhere'],
    ],
    [
      'or under a key of others, and then not shown',
      withForm('formId="f"'),
      withForm('formKey="app:1"'),
      ['u form-elsewhere'],
    ],
  ]);
});

describe('people in BPMN’s own words', () => {
  const resource = '<bpmn:resource id="clerks" name="Clerks"/>';
  const owner = (inside: string, kind = 'potentialOwner'): string => `<bpmn:${kind}>${inside}</bpmn:${kind}>`;
  const by = (text: string): string =>
    `<bpmn:resourceAssignmentExpression><bpmn:formalExpression>${text}</bpmn:formalExpression></bpmn:resourceAssignmentExpression>`;
  const taskOf = async (inside: string) =>
    (await nodeOf(among(resource, user('u', inside), 't -> u'), 'u')).userTask;

  it('are groups by the names of resources', async () => {
    expect(await taskOf(owner('<bpmn:resourceRef>clerks</bpmn:resourceRef>'))).toMatchObject({
      candidateGroups: { constant: 'Clerks' },
      assignee: null,
    });
  });

  it('are groups by expressions, fixed or computed', async () => {
    expect(await taskOf(owner(by('managers')))).toMatchObject({ candidateGroups: { constant: 'managers' } });
    expect(await taskOf(owner(by('=boss.groups')))).toMatchObject({
      candidateGroups: { text: 'boss.groups' },
    });
    expect(await taskOf(owner(by('managers')) + owner(by('clerks')))).toMatchObject({
      candidateGroups: { constant: 'managers, clerks' },
    });
  });

  it('are users and groups where it says so', async () => {
    expect(await taskOf(owner(by('user(anna), group(clerks)')))).toMatchObject({
      candidateUsers: { constant: 'anna' },
      candidateGroups: { constant: 'clerks' },
    });
  });

  it('are one person who performs', async () => {
    expect(await taskOf(owner(by('=who'), 'humanPerformer'))).toMatchObject({ assignee: { text: 'who' } });
    expect(await taskOf(owner(by('anna'), 'performer'))).toMatchObject({ assignee: { constant: 'anna' } });
  });

  const assigned =
    '<bpmn:extensionElements><zeebe:assignmentDefinition assignee="=who"/></bpmn:extensionElements>';
  warns([
    [
      'give way to Zeebe’s',
      around(user('u', assigned), 't -> u'),
      around(user('u', assigned + owner(by('managers'))), 't -> u'),
      ['u resource-ignored'],
    ],
    [
      'do not work on what no person does',
      around(element('manualTask', 'u'), 't -> u'),
      around(element('manualTask', 'u', owner(by('managers'))), 't -> u'),
      ['u resource-ignored'],
    ],
    [
      'are found by a name or an expression',
      around(user('u', owner(by('managers'))), 't -> u'),
      around(user('u', owner('')), 't -> u'),
      ['u resource-ignored'],
    ],
  ]);
  refuses([
    [
      'are computed once',
      around(user('u', owner(by('=a'))), 't -> u'),
      around(user('u', owner(by('=a')) + owner(by('=b'))), 't -> u'),
      ['u unsupported-attribute'],
    ],
  ]);
});

it('a fault of an embedded form stands at its process and names the field', async () => {
  const broken = json.replace('"key":"name"', '"key":"a b.c"');
  const [problem] = (await problemsOf(withForm(key, broken))).filter(({ severity }) => severity === 'error');
  expect(problem).toMatchObject({ element: 'p', rule: 'field-key' });
  expect(problem?.message).toMatch(/^Form mine \(n\): /);
});
