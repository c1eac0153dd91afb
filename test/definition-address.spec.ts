import { expect, it } from '@jest/globals';
import { hashOfDefinition, withoutDrawing } from '@iter/documents/case-bundle';
import { ensureDiagram } from '@iter/process-model';
import { definitionHash } from '../libs/process-catalog/src/source-files.ts';
import { forked, sequence, waiting } from './support/diagrams.ts';

// The file of a case is verified without the catalogue, so the rule stands in both.
it.each<Readonly<Record<string, string>>>([{}, { 'contestazione.md': '# Contestazione' }])(
  'gives a definition the same address in the catalogue and in the file of a case',
  (acts) => {
    const xml = '<definitions name="perché"/>';
    const forms = { opening: { components: [{ type: 'text', label: 'Però' }], id: 'opening' } };
    const catalogued = definitionHash(
      'p',
      xml,
      new Map(Object.entries(forms)),
      new Map(Object.entries(acts)),
    );
    expect(hashOfDefinition({ key: 'p', xml, forms, acts })).toBe(catalogued);
  },
);

it.each([
  ['in lanes', sequence('p', 3)],
  ['of many branches', forked('p', 12)],
  [
    'of two processes',
    waiting('p').replace(
      '</bpmn:definitions>',
      '<bpmn:process id="q" isExecutable="true"><bpmn:startEvent id="q_s"/></bpmn:process></bpmn:definitions>',
    ),
  ],
])('gives what was drawn by the system its address back: %s', async (_, xml) => {
  const withDrawing = await ensureDiagram(xml);
  expect(withDrawing).not.toBe(xml);
  expect(withoutDrawing(withDrawing)).toBe(xml);
});

it.each([
  ['a step', '    <bpmn:task id="evil"/>\n'],
  ['text', '    di nascosto\n'],
])('takes no drawing for one in which there is %s', async (_, hidden) => {
  const withDrawing = await ensureDiagram(sequence('p', 1));
  const changed = withDrawing.replace('</bpmndi:BPMNPlane>\n', (end) => end + hidden);
  expect(changed).not.toBe(withDrawing);
  expect(withoutDrawing(changed)).toBe(changed);
});
