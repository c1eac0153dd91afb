import { describe, expect, it } from '@jest/globals';
import { diagram } from '../../../../test/support/messaging.ts';
import { noCatalogue } from '../../../../test/support/world.ts';
import { World } from './world.ts';

async function worldWith(diagrams: Readonly<Record<string, Parameters<typeof diagram>[1]>>): Promise<World> {
  const world = new World('2026-03-06T08:00:00.000Z', noCatalogue);
  const files = Object.entries(diagrams).map(([key, does]) => ({
    name: `${key}.bpmn`,
    text: diagram(key, does),
  }));
  const problems = await world.deploy(files);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return world;
}

const hello = (n: number) => ({ name: 'hello', correlationKey: null, variables: { n } });
const begun = (world: World) =>
  world.cases.map(({ name, state }) => `${name} ${JSON.stringify(state.root.variables)}`);

describe('what begins in a world', () => {
  it('with a message: one case of each process', async () => {
    const world = await worldWith({ a: 'start by hello', b: 'start by hello', c: 'start by alarm' });
    expect(await world.send(hello(1))).toMatchObject({ done: true, case: { name: 'a#1' } });
    expect(begun(world)).toEqual(['a#1 {"n":1}', 'b#1 {"n":1}']);
  });

  it('with several events: each message is one case’s, a signal is told once a round', async () => {
    const world = await worldWith({ a: 'start by hello and alarm' });
    const alarm = (id: string) => world.broadcast({ id, name: 'alarm', variables: { id } });
    expect(await world.send(hello(1))).toMatchObject({ done: true, case: null });
    await world.send(hello(2));
    await alarm('s1');
    expect(begun(world)).toEqual(['a#1 {"n":1,"id":"s1"}']);
    await alarm('s2');
    await alarm('s3');
    await world.send(hello(3));
    expect(begun(world).slice(1)).toEqual(['a#2 {"n":2,"id":"s2"}', 'a#3 {"id":"s3","n":3}']);
  });
});
