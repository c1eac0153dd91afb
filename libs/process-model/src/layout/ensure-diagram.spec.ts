import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { parseProcesses } from '../parse-processes.ts';
import {
  around,
  association,
  boundary,
  bpmn,
  compensation,
  end,
  eventSub,
  conditional,
  flows,
  gateway,
  link,
  start,
  sub,
  task,
  thrown,
  caught,
  timer,
  user,
} from '../testing/bpmn.ts';
import { problemsOf } from '../testing/parsing.ts';
import { ensureDiagram } from './ensure-diagram.ts';

const said = async (xml: string) =>
  (await problemsOf(xml)).map(({ rule }) => rule).filter((rule) => rule.startsWith('diagram-'));
const model = async (xml: string) =>
  (await parseProcesses(xml)).models.map(({ nodes, flows: lines }) => [[...nodes.keys()], [...lines.keys()]]);

const everything = around(
  [
    gateway('exclusive', 'g', 'default="g_x"'),
    sub(
      'x',
      start('xs') +
        user('xu') +
        boundary('xb', 'xu', timer('Duration', 'P1D')) +
        end('xe') +
        flows('xs -> xu -> xe', 'xb -> xe'),
    ),
    eventSub('y', conditional('a')),
    boundary('b', 't', compensation()) +
      task('undo', '', 'isForCompensation="true"') +
      association('b', 'undo'),
    thrown('l', link('L')) + caught('k', link('L')) + user('far'),
  ].join(''),
  't -> g -> x -> t',
  'g -> e if z',
  'g -> l if w',
  'k -> far -> e',
);

describe('a file without a diagram', () => {
  it.each([
    ['of three steps', bpmn([start(), user('t'), end(), flows('s -> t -> e')].join(''))],
    ['with everything that can be drawn', everything],
    [
      'of two processes',
      everything.replace(
        '</bpmn:definitions>',
        `<bpmn:process id="q" isExecutable="true">${user('v')}</bpmn:process></bpmn:definitions>`,
      ),
    ],
    ['that begins without a start event', bpmn(user('t') + user('u') + user('v') + flows('t -> u'))],
  ])('%s gets one that shows all of it, and says the same', async (_name, xml) => {
    expect(await said(xml)).toContain('diagram-missing');
    const drawn = await ensureDiagram(xml);
    expect(await said(drawn)).toEqual([]);
    expect(await model(drawn)).toEqual(await model(xml));
    expect(drawn.replaceAll(/ {2}<bpmndi:BPMNDiagram[\s\S]*?<\/bpmndi:BPMNDiagram>\n/g, '')).toBe(xml);
  });

  it('may end in a comment', async () => {
    const xml = `${bpmn(user('t'))}\n<!-- the end of </bpmn:definitions> -->\n`;
    expect(await said(await ensureDiagram(xml))).toEqual([]);
  });

  it('gives no id twice', async () => {
    const xml = bpmn([start(), user('t'), user('t_di'), flows('s -> t -> t_di')].join(''));
    const drawn = await ensureDiagram(xml);
    expect((await problemsOf(drawn)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('of any shape gets one', async () => {
    const ids = ['a', 'b', 'c', 'd', 'f', 'h'];
    const pair = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(pair, { selector: (it) => it.join(), maxLength: 12 }),
        async (pairs) => {
          const xml = bpmn(
            [
              start(),
              ...ids.map((id) => user(id)),
              flows('s -> a', ...pairs.map((it) => it.join(' -> '))),
            ].join(''),
          );
          expect(await said(await ensureDiagram(xml))).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
  });
});

it('a file with a diagram, or one that cannot be read, stays as it is', async () => {
  const folder = `${import.meta.dirname}/../../../../processes`;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.bpmn')) continue;
    const xml = readFileSync(`${folder}/${name}`, 'utf8');
    expect(await ensureDiagram(xml)).toBe(xml);
  }
  expect(await ensureDiagram('<a>')).toBe('<a>');
  expect(await ensureDiagram('hello')).toBe('hello');
});
