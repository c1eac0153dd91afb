import { expect, it } from '@jest/globals';
import type { FlowNode, Problem, ProcessModel } from '../model.ts';
import { parseProcesses } from '../parse-processes.ts';

/** All problems of a file. */
export async function problemsOf(xml: string): Promise<readonly Problem[]> {
  return (await parseProcesses(xml, 'f.bpmn')).problems;
}

/** `element rule` of the errors, in the order of the file. */
export async function errorsOf(xml: string): Promise<readonly string[]> {
  return spoken(await problemsOf(xml), 'error');
}

/** `element rule` of the warnings; that specs draw no diagrams is left out. */
export async function warningsOf(xml: string): Promise<readonly string[]> {
  return spoken(await problemsOf(xml), 'warning').filter((it) => !it.endsWith(' diagram-missing'));
}

function spoken(problems: readonly Problem[], wanted: Problem['severity']): readonly string[] {
  return problems
    .filter(({ severity }) => severity === wanted)
    .map(({ element, rule }) => `${element} ${rule}`);
}

/** The only model of a file without errors. */
export async function modelOf(xml: string, key?: string): Promise<ProcessModel> {
  const { models, problems } = await parseProcesses(xml);
  const model = key === undefined ? models[0] : models.find((it) => it.key === key);
  if (!model) throw new Error(JSON.stringify(problems, null, 1));
  return model;
}

export async function nodeOf(xml: string, id: string): Promise<FlowNode> {
  const node = (await modelOf(xml)).nodes.get(id);
  if (!node) throw new Error(`no ${id}`);
  return node;
}

/** A file that keeps a rule, its neighbour that breaks it, and what is then found. */
export type RuleCase = readonly [name: string, sound: string, broken: string, found: readonly string[]];

/** Each broken file gives exactly these errors, its sound neighbour none. */
export function refuses(cases: readonly RuleCase[]): void {
  judges(cases, errorsOf);
}

/** Each broken file gives exactly these warnings and no error, its sound neighbour neither. */
export function warns(cases: readonly RuleCase[]): void {
  judges(cases, async (xml) => [...(await errorsOf(xml)), ...(await warningsOf(xml))]);
}

function judges(cases: readonly RuleCase[], say: (xml: string) => Promise<readonly string[]>): void {
  it.each(cases.map((it) => [...it]))('%s', async (_name, sound, broken, found) => {
    expect(await say(sound as string)).toEqual([]);
    expect(await say(broken as string)).toEqual(found);
  });
}
