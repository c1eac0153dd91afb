import { describe, expect, it } from '@jest/globals';
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
  ['a shape with a name', '      <bpmndi:BPMNShape id="x_di" bpmnElement="t_1" name="licenziato">\n'],
])('takes no drawing for one in which there is %s', async (_, hidden) => {
  const withDrawing = await ensureDiagram(sequence('p', 1));
  const changed = withDrawing.replace('</bpmndi:BPMNPlane>\n', (end) => end + hidden);
  expect(changed).not.toBe(withDrawing);
  expect(withoutDrawing(changed)).toBe(changed);
});

describe('a drawing', () => {
  const given = sequence('p', 1);
  const root = '</bpmn:definitions>';
  const drawingOf = (xml: string): string =>
    xml.slice(xml.indexOf('  <bpmndi:BPMNDiagram'), xml.indexOf(root));

  it('that was deployed is laid over by none', async () => {
    const own = (await ensureDiagram(given)).replace(
      root,
      '<!-- come fu depositato -->\n</bpmn:definitions>',
    );
    const altered = drawingOf(await ensureDiagram(given)).replace('x="160"', 'x="999"');
    for (const place of ['<bpmn:process ', '  <bpmndi:BPMNDiagram', root]) {
      const overlaid = own.replace(place, altered + place);
      expect(overlaid).not.toBe(own);
      expect(withoutDrawing(overlaid)).toBe(overlaid);
    }
  });

  it('that the system made stands before the end of the file, and nowhere else', async () => {
    const drawing = drawingOf(await ensureDiagram(given));
    const moved = given.replace('<bpmn:process ', `${drawing}<bpmn:process `);
    expect(withoutDrawing(moved)).toBe(moved);
    const ended = `${await ensureDiagram(given)}\n<!-- the end -->\n`;
    expect(withoutDrawing(ended)).toBe(`${given}\n<!-- the end -->\n`);
  });

  it.each([
    ['of what is not in the process', /t_1(_di)?"/g, 'licenziato_per_furto$1"'],
    ['with a name', 'bpmnElement="t_1"', 'bpmnElement="t_1" name="licenziato per furto"'],
    ['under an id of its own', 'id="t_1_di"', 'id="licenziato_per_furto"'],
    ['of two diagrams in one', '    </bpmndi:BPMNPlane>', '    </bpmndi:BPMNPlane>\n    </bpmndi:BPMNPlane>'],
  ])('%s is not the system’s', async (_, from, to) => {
    const drawn = await ensureDiagram(given);
    const forged = drawn.replace(drawingOf(drawn), (it) => it.replace(from, to));
    expect(forged).not.toBe(drawn);
    expect(withoutDrawing(forged)).toBe(forged);
  });

  it('is refused in no time, however it is made', () => {
    const line = '  <bpmndi:BPMNDiagram id="BPMNDiagram_';
    for (const filler of ['_1', '_di', line, ' ']) {
      const hostile = `${line}${filler.repeat(1_000_000 / filler.length)}  </bpmndi:BPMNDiagram>\n${root}`;
      expect(withoutDrawing(hostile)).toBe(hostile);
    }
  });
});
