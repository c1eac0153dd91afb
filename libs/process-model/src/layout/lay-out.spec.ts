import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  association,
  boundary,
  bpmn,
  end,
  eventSub,
  flows,
  gateway,
  message,
  start,
  sub,
  task,
  timer,
  user,
} from '../testing/bpmn.ts';
import { problemsOf } from '../testing/parsing.ts';
import { drawingFaults } from './faults.ts';
import type { DrawingFault } from './faults.ts';
import { gapBetween } from './geometry.ts';
import type { Box } from './geometry.ts';
import { besideGateway } from './labels.ts';
import { layOut } from './lay-out.ts';
import { quick, thorough } from './taste.ts';

const folder = `${import.meta.dirname}/../../../../processes`;
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.bpmn'))
  .map((name): [string, string] => [name, readFileSync(`${folder}/${name}`, 'utf8')]);
const diagrams = /[ \t]*<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>\n/;
const withoutDiagram = (xml: string): string => xml.replace(diagrams, '');

/**
 * How often lines cross in the drawings as they are kept, where they do. Whoever changes a process draws it again with
 * `iter layout --write --tries 4000`, and says here how many are left.
 */
const crossings: Readonly<Record<string, number>> = {
  'act-delivery': 1,
  'comune-onboarding': 3,
  'convention-lifecycle': 2,
  'disciplinary-core': 3,
  'disciplinary-defence': 3,
  'external-report': 1,
  'selection-competition': 1,
  'selection-hiring': 2,
  'selection-interpello': 1,
  'selection-needs-and-mobility': 4,
  'selection-single-list': 5,
  'selection-tests': 2,
  'selection-window': 1,
  'training-path': 2,
};

/** How far the farthest words of an exit stand from their gateway, in px, where they do not stand beside it. */
const farthest: Readonly<Record<string, number>> = {
  'disciplinary-core': 110,
};

/** Faults that a drawing of ours never has, whatever is drawn. */
const sometimes: readonly DrawingFault['kind'][] = ['crossing', 'label-covered', 'label-astray'];
const never = async (xml: string): Promise<readonly DrawingFault[]> =>
  ((await drawingFaults(xml)) ?? []).filter(({ kind }) => !sometimes.includes(kind));
const counted = async (xml: string, kind: DrawingFault['kind']): Promise<number> =>
  ((await drawingFaults(xml)) ?? []).filter((it) => it.kind === kind).length;

const lane = (id: string, ...nodes: string[]): string =>
  `<bpmn:lane id="${id}" name="Ufficio ${id}">${nodes.map((it) => `<bpmn:flowNodeRef>${it}</bpmn:flowNodeRef>`).join('')}</bpmn:lane>`;
const lanes = (...all: string[]): string => `<bpmn:laneSet id="lanes">${all.join('')}</bpmn:laneSet>`;
const note = (id: string, text: string): string =>
  `<bpmn:textAnnotation id="${id}"><bpmn:text>${text}</bpmn:text></bpmn:textAnnotation>`;
const collaboration =
  '<bpmn:collaboration id="c"><bpmn:participant id="own" name="Comune" processRef="p"/><bpmn:participant id="who" name="Dipendente"/><bpmn:messageFlow id="mf" name="atto" sourceRef="t" targetRef="who"/><bpmn:messageFlow id="mf2" name="risposta" sourceRef="who" targetRef="s"/></bpmn:collaboration>';
const office = bpmn(
  [
    lanes(lane('one', 's', 't', 'g', 'e', 'far'), lane('two', 'x', 'y', 'undo')),
    start('s', message('m')),
    user('t', '', 'name="Esaminare la segnalazione"'),
    boundary('late', 't', timer('Duration', 'P5D'), 'name="Termine scaduto"'),
    gateway('exclusive', 'g', 'name="Quale esito?" default="g_e"'),
    sub('x', start('xs') + user('xt') + end('xe') + flows('xs -> xt -> xe')),
    eventSub('y', message('m')),
    task('undo') + user('far') + end('e'),
    flows(
      's -> t -> g -> e',
      'g -> x if a',
      'x -> t',
      'g -> t if b',
      'late -> far -> e',
      'g -> undo -> e if c',
    ),
    note('n', 'Art. 55-bis, comma 4, D.Lgs. 165/2001') + association('n', 't'),
    note('n2', 'Termine perentorio') + association('n2', 'late'),
  ].join(''),
  `<bpmn:message id="m" name="istanza"/>${collaboration}`,
);

/** How far the words of exits stand from their gateways, in px. */
const distancesOf = (xml: string): readonly number[] => {
  const box = '<dc:Bounds x="(-?\\d+)" y="(-?\\d+)" width="(\\d+)" height="(\\d+)"';
  const boxesOf = (tag: string, before: string): ReadonlyMap<string, Box> =>
    new Map(
      Array.from(
        xml.matchAll(new RegExp(`<bpmndi:${tag} [^>]*bpmnElement="([^"]+)"[^>]*>${before}${box}`, 'g')),
        ([, id = '', x, y, width, height]): [string, Box] => [
          id,
          { x: Number(x), y: Number(y), width: Number(width), height: Number(height) },
        ],
      ),
    );
  const shapes = boxesOf('BPMNShape', '\\s*');
  const labels = boxesOf('BPMNEdge', '(?:\\s|<di:waypoint [^>]*>|<bpmndi:BPMNLabel>)*');
  return Array.from(xml.matchAll(/<bpmn:sequenceFlow [^>]*>/g), ([tag]) => {
    const [label, gateway] = [labels.get(said(tag, 'id')), shapes.get(said(tag, 'sourceRef'))];
    return label && gateway ? gapBetween(label, gateway) : 0;
  });
};
const said = (tag: string, name: string): string => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '';

/** Laying out takes as long as the file is large: the smaller ones are drawn anew, three times. */
const small = files.filter(([, xml]) => withoutDiagram(xml).length < 18_000);

describe('the drawing of a file', () => {
  it.each(files)('of %s, as it is kept, has everything in its place', async (name, xml) => {
    expect(await never(xml)).toEqual([]);
    expect(await counted(xml, 'label-covered')).toBe(0);
    expect(await counted(xml, 'crossing')).toBe(crossings[basename(name, '.bpmn')] ?? 0);
    const most = farthest[basename(name, '.bpmn')] ?? besideGateway;
    expect(Math.floor(Math.max(0, ...distancesOf(xml)))).toBeLessThanOrEqual(most);
    expect((await counted(xml, 'label-astray')) > 0).toBe(most > besideGateway);
  });

  it.each([...small, ['with pools, lanes, notes and all kinds of shapes', office]])(
    'of %s has everything in its place, twice the same, and the file says the same',
    async (_name, xml) => {
      const drawn = await layOut(xml);
      expect(await never(drawn)).toEqual([]);
      expect(await counted(drawn, 'label-covered')).toBe(0);
      expect(await layOut(xml)).toBe(drawn);
      expect(await layOut(drawn)).toBe(drawn);
      expect(withoutDiagram(drawn)).toBe(withoutDiagram(xml));
      const said = async (it: string) =>
        (await problemsOf(it)).filter(({ rule }) => rule.startsWith('diagram-'));
      expect(await said(drawn)).toEqual([]);
    },
  );

  it('shows lanes, pools, messages and notes', async () => {
    const drawn = await layOut(office);
    const shown = new Set(Array.from(drawn.matchAll(/bpmnElement="([^"]+)"/g), ([, id]) => id));
    for (const id of ['own', 'who', 'one', 'two', 'mf', 'mf2', 'n', 'n_to_t', 'n2', 'xt', 'y_s'])
      expect(shown).toContain(id);
  });

  it('keeps the happy path on one height, from left to right', async () => {
    const drawn = await layOut(
      bpmn(
        [start(), user('a'), gateway('exclusive', 'g', 'default="g_b"'), user('b'), end(), end('no')].join(
          '',
        ) + flows('s -> a -> g -> b -> e', 'g -> no if x'),
      ),
    );
    const middle = (id: string): { x: number; y: number } => {
      const [, x, y, , height] =
        new RegExp(
          `bpmnElement="${id}"[^>]*>\\s*<dc:Bounds x="(\\d+)" y="(\\d+)" width="(\\d+)" height="(\\d+)"`,
        ).exec(drawn) ?? [];
      return { x: Number(x), y: Number(y) + Number(height) / 2 };
    };
    const path = ['s', 'a', 'g', 'b', 'e'].map(middle);
    expect(new Set(path.map(({ y }) => y)).size).toBe(1);
    expect(path.map(({ x }) => x)).toEqual(path.map(({ x }) => x).toSorted((a, b) => a - b));
    expect(middle('no').y).not.toBe(path[0]?.y);
  });

  it('of any shape has everything in its place', async () => {
    const ids = ['a', 'b', 'c', 'd', 'f', 'h', 'i', 'j'];
    const pair = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids));
    const kinds = fc.array(fc.constantFrom('user', 'gateway', 'host', 'sub'), { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(pair, { selector: (it) => it.join(), maxLength: 16 }),
        kinds,
        fc.array(fc.nat(2), { minLength: 8, maxLength: 8 }),
        async (pairs, kind, home) => {
          const node = (id: string, i: number): string => {
            const name = `name="Il passo ${id}, con un nome"`;
            if (kind[i] === 'gateway') return gateway('exclusive', id, name);
            if (kind[i] === 'sub')
              return sub(id, user(`${id}_in`) + end(`${id}_end`) + flows(`${id}_in -> ${id}_end`), name);
            const guard = boundary(`${id}_b`, id, timer('Duration', 'P1D'), 'name="Scaduto"');
            return user(id, '', name) + (kind[i] === 'host' ? guard + flows(`${id}_b -> a`) : '');
          };
          const of = (n: number): string[] => ids.filter((_, i) => home[i] === n);
          const xml = bpmn(
            [
              lanes(lane('one', 's', ...of(0)), lane('two', ...of(1)), lane('three', ...of(2))),
              start() + ids.map(node).join(''),
              flows('s -> a', ...pairs.map((it) => it.join(' -> '))),
            ].join(''),
          );
          const drawn = await layOut(xml);
          expect(await never(drawn)).toEqual([]);
          expect(withoutDiagram(drawn)).toBe(xml);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('of several tastes is the one with the fewest crossings, and has everything in its place', async () => {
    const [, xml = ''] = files.find(([name]) => name.endsWith('desk-request.bpmn')) ?? [];
    const drawn = await layOut(xml, thorough);
    expect(await counted(drawn, 'crossing')).toBeLessThan(
      await counted(await layOut(xml, quick), 'crossing'),
    );
    expect(await never(drawn)).toEqual([]);
    expect(await counted(drawn, 'label-covered')).toBe(0);
  });

  it('keeps comments that speak of diagrams, and takes the place of all diagrams', async () => {
    const [, xml = ''] = files[0] ?? [];
    const diagram = /<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>/.exec(xml)?.[0] ?? '';
    const told = xml.replace(diagram, `<!-- <bpmndi:BPMNDiagram> -->\n  ${diagram}`);
    const drawn = await layOut(told);
    expect(drawn).toContain('<!-- <bpmndi:BPMNDiagram> -->');
    expect(drawn.match(/<\/bpmndi:BPMNDiagram>/g)).toHaveLength(1);
  });
});

describe('the judge of drawings', () => {
  const shifted = (xml: string, id: string, dy: number): string =>
    xml.replace(
      new RegExp(`(bpmnElement="${id}"[^>]*>\\s*<dc:Bounds x="-?\\d+" y=")(-?\\d+)`),
      (_all, before: string, y: string) => `${before}${Number(y) + dy}`,
    );

  it('sees what is moved out of its place', async () => {
    const drawn = await layOut(office);
    const kinds = new Set((await never(shifted(drawn, 't', 400))).map(({ kind }) => kind));
    expect(kinds).toContain('outside-lane');
    expect(kinds).toContain('edge-end-loose');
    const beside = await drawingFaults(shifted(drawn, 'one', 10_000));
    expect(beside?.filter(({ kind, other }) => kind === 'outside-lane' && other === 'one')).toHaveLength(5);
  });

  it('sees shapes, labels and lines on one another', async () => {
    const box = (x: number, y: number): string => `<dc:Bounds x="${x}" y="${y}" width="100" height="80"/>`;
    const drawn = (await layOut(bpmn(user('a') + user('b') + user('c') + flows('a -> c', 'b -> c')))).replace(
      /<bpmndi:BPMNPlane[\s\S]*<\/bpmndi:BPMNPlane>/,
      `<bpmndi:BPMNPlane id="pl" bpmnElement="p"><bpmndi:BPMNShape id="a_" bpmnElement="a">${box(0, 0)}</bpmndi:BPMNShape><bpmndi:BPMNShape id="b_" bpmnElement="b">${box(90, 0)}</bpmndi:BPMNShape><bpmndi:BPMNShape id="c_" bpmnElement="c">${box(400, 0)}</bpmndi:BPMNShape><bpmndi:BPMNEdge id="f_" bpmnElement="a_c"><di:waypoint x="100" y="40"/><di:waypoint x="400" y="40"/><bpmndi:BPMNLabel><dc:Bounds x="350" y="10" width="90" height="14"/></bpmndi:BPMNLabel></bpmndi:BPMNEdge></bpmndi:BPMNPlane>`,
    );
    expect(await drawingFaults(drawn)).toEqual([
      { kind: 'shapes-overlap', element: 'a', other: 'b' },
      { kind: 'label-covered', element: 'a_c', other: 'c' },
      { kind: 'edge-through-shape', element: 'a_c', other: 'b' },
    ]);
  });

  it('knows no drawing where there is no BPMN', async () => {
    expect(await drawingFaults('<a/>')).toBeNull();
  });
});
