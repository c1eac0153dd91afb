import { afterAll, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WrongInput } from '../output.ts';
import { layout } from './layout.ts';

const folder = mkdtempSync(join(tmpdir(), 'iter-layout-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'p.bpmn');
const said = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d">
  <bpmn:process id="p" isExecutable="true">
    <!-- kept --><bpmn:userTask id="a"/><bpmn:userTask id="b"/>
    <bpmn:sequenceFlow id="f" sourceRef="a" targetRef="b"/>
  </bpmn:process>
`;

it('draws a file in place, and finds nothing wrong with what it drew', async () => {
  writeFileSync(file, `${said}</bpmn:definitions>\n`);
  expect(await layout([file], { write: true })).toBe(0);
  const drawn = readFileSync(file, 'utf8');
  expect(drawn.startsWith(`${said}  <bpmndi:BPMNDiagram`)).toBe(true);
  expect(await layout([file], { check: true })).toBe(0);
  writeFileSync(file, drawn.replace(/(bpmnElement="b">\s*<dc:Bounds x=")\d+/, '$1170'));
  expect(await layout([file], { check: true })).toBe(1);
});

it('refuses what is no BPMN, what is not there, and two wishes at once', async () => {
  writeFileSync(file, '<a/>');
  await expect(layout([file], { write: true })).rejects.toThrow(WrongInput);
  await expect(layout([join(folder, 'none.bpmn')], { check: true })).rejects.toThrow(WrongInput);
  await expect(layout([file], { check: true, write: true })).rejects.toThrow(WrongInput);
  for (const search of [{ tries: '10' }, { seed: '1' }])
    await expect(layout([file], { check: true, ...search })).rejects.toThrow(
      '--tries and --seed are for drawing',
    );
  await expect(layout([file, file], {})).rejects.toThrow(WrongInput);
  for (const tries of ['-1', '1.5', '', '100001'])
    await expect(layout([file], { write: true, tries })).rejects.toThrow('--tries is a whole number');
});
