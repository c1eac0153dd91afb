import { describe, expect, it } from '@jest/globals';
import { formsOf } from './forms/forms-of.ts';
import { readAccepted } from './parse-processes.ts';
import { peopleStarts } from './people-starts.ts';

const model = (body: string) => {
  const [model] = readAccepted(
    `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:iter="urn:iter:bpmn:1"
      xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t"><message id="m" name="report"/><message id="n" name="between"/>
      <process id="p" name="Pratica" isExecutable="true">${body}<userTask id="t"/></process></definitions>`,
  );
  if (!model) throw new Error('unreadable');
  return model;
};
const start = (id: string, more: string, name = '') =>
  `<startEvent id="${id}" name="${name}">${more}</startEvent><sequenceFlow id="f_${id}" sourceRef="${id}" targetRef="t"/>`;
const extended = (inside: string) => `<extensionElements>${inside}</extensionElements>`;
const onMessage = (ref: string) => `<messageEventDefinition messageRef="${ref}"/>`;

describe('how people begin cases', () => {
  it('is of their own accord, or by registering a message that the process declares', () => {
    const it_ = model(
      start(
        'a',
        extended('<iter:incoming message="report" label="Segnalazione" form="seen"/>') + onMessage('m'),
      ) +
        start('b', extended('<zeebe:formDefinition formId="opening"/>'), 'Conoscenza') +
        start('c', onMessage('n')) +
        start('d', '<timerEventDefinition><timeCycle>R/P1D</timeCycle></timerEventDefinition>'),
    );
    expect(peopleStarts(it_)).toEqual([
      { element: 'b', message: null, label: 'Conoscenza', form: 'opening' },
      { element: 'a', message: 'report', label: 'Segnalazione', form: 'seen' },
    ]);
    expect(formsOf(it_.nodes.get('a') as never)).toEqual(['seen']);
  });

  it('is by the form of the start when the message names none', () => {
    const it_ = model(
      start(
        'a',
        extended('<zeebe:formDefinition formId="opening"/><iter:incoming message="report" label="R"/>') +
          onMessage('m'),
      ),
    );
    expect(peopleStarts(it_)).toEqual([{ element: 'a', message: 'report', label: 'R', form: 'opening' }]);
  });

  it('is with what comes first where there is no start event, and not at all where others begin it', async () => {
    expect(peopleStarts(model(''))).toEqual([{ element: 't', message: null, label: 'Pratica', form: null }]);
    expect(peopleStarts(model(start('c', onMessage('n'))))).toEqual([]);
  });
});
