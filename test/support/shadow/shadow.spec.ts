import { describe, expect, it } from '@jest/globals';
import { worldComune } from '@iter/commands/world';
import type { World } from '@iter/commands/world';
import type { CaseState } from '@iter/engine';
import { createMemoryLog } from '@iter/event-store/memory';
import { italianCalendar } from '@iter/legal-calendar';
import { virtualClock } from '@iter/platform/clock';
import { createInMemoryWorld } from '@iter/commands/world';
import { sequence } from '../diagrams.ts';
import { evaluator, noCatalogue } from '../world.ts';
import { createShadow } from './shadow.ts';

/** A watched world with a case that has done its first task. */
async function watched(tamper: (state: CaseState) => CaseState = (state) => state) {
  const shadow = createShadow();
  const log = createMemoryLog();
  const world: World = createInMemoryWorld({
    log,
    clock: virtualClock('2026-03-06T08:00:00.000Z'),
    catalogue: noCatalogue,
    calendar: italianCalendar(),
    evaluator,
    witness: (held) => shadow.witness({ ...held, state: tamper(held.state) }),
  });
  await world.deploy([{ name: 'p.bpmn', text: sequence('p', 3) }]);
  const asked = { principal: world.inRole('DESK_OPERATOR'), route: 'test' };
  const started = await world.cases.start({
    ...{ ...asked, process: 'p', comune: worldComune, variables: { b: 1, a: 2 }, idempotencyKey: '1' },
  });
  if (started.outcome !== 'done') throw new Error(JSON.stringify(started));
  const { caseId, events } = started;
  const task = events.find(({ type }) => type === 'UserTaskCreated')?.data as { key: string };
  await world.cases.execute({
    ...{ ...asked, caseId, idempotencyKey: '2' },
    command: { type: 'CompleteUserTask', key: task.key, variables: { done: true } },
  });
  return { shadow, log, world, caseId };
}

describe('the second engine', () => {
  it('finds at every revision what the first one held, once', async () => {
    const { shadow, log } = await watched();
    expect(await shadow.compare(createMemoryLog())).toEqual({ cases: 0, states: 0 });
    expect(await shadow.compare(log)).toEqual({ cases: 1, states: 2 });
    expect(await shadow.compare()).toEqual({ cases: 0, states: 0 });
  });

  it.each<[string, (state: CaseState) => CaseState, RegExp]>([
    ['a value', (state) => ({ ...state, root: { ...state.root, variables: {} } }), /at revision \d+/],
    ['a map without an entry', (state) => ({ ...state, tasks: new Map() }), /at revision \d+/],
    [
      'commands in another order',
      (state) => ({ ...state, commands: [...state.commands].map(reversed) }),
      /commands: .* held, .* folded/,
    ],
    ['a revision that is not there', (state) => ({ ...state, revision: state.revision + 9 }), /of \d+/],
  ])('says where it differs: %s', async (_, tamper, message) => {
    const { shadow, caseId } = await watched(tamper);
    const compared = shadow.compare();
    await expect(compared).rejects.toThrow(message);
    await expect(compared).rejects.toThrow(caseId);
  });

  it('holds the definition that was followed against the one in the log', async () => {
    const { shadow, world, log } = await watched();
    const { definition } = await world.cases
      .readCase({ caseId: (await caseIds(log))[0]!, principal: world.inRole('UPD') })
      .then((reading) => (reading.outcome === 'read' ? reading.state : ({} as CaseState)));
    const nodes = world.catalog.byHash(definition)!.model.nodes as Map<string, object>;
    const [id] = nodes.keys();
    nodes.set(id!, { ...nodes.get(id!), name: 'another' });
    await expect(shadow.compare()).rejects.toThrow('the log gives another definition');
  });
});

const caseIds = async (log: ReturnType<typeof createMemoryLog>): Promise<readonly string[]> => {
  const { events } = await log.readAll({ prefixes: ['case-'] });
  return events.map(({ stream }) => stream.slice('case-'.length));
};

const reversed = <T extends ReadonlyMap<string, string>>(map: T): never =>
  new Map([...map.entries()].reverse()) as never;
