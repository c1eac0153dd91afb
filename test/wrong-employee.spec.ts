import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalogue } from '@iter/process-catalog/catalogue';
import { diagramsFor } from '../apps/cli/src/commands/test.ts';
import { Player, readScenario } from '../apps/cli/src/scenario/index.ts';
import { withCalled } from '../apps/cli/src/world/files.ts';
import { World } from '../apps/cli/src/world/world.ts';

// The wrong employee was registered: disciplinary.md § 15, "rectification event, not deletion".

const processes = join(import.meta.dirname, '..', 'processes');
const file = join(processes, 'disciplinary-ordinary/scenarios/d-01-ordinary.scenario.yaml');

/** The case of D-1, up to the completion of a task; and what comes of naming another employee. */
async function after(task: string) {
  const scenario = readScenario(file, readFileSync(file, 'utf8'));
  const world = new World(scenario.clock, loadCatalogue(processes), { registers: scenario.registers });
  await world.deploy(withCalled(diagramsFor(file), scenario.with));
  const player = new Player(world);
  const last = scenario.steps.findIndex(
    (step, i) => step.complete === task && scenario.steps[i + 1]?.expect?.rejected === undefined,
  );
  await player.play({ ...scenario, steps: scenario.steps.slice(0, last + 1) });
  expect(player.failures).toEqual([]);
  const it = world.case()!;
  const answer = await world.execute(it, world.inRole('DESK_SUPERVISOR'), {
    type: 'RectifyCase',
    variables: { employeeRef: 'M-0043' },
    former: { employeeRef: 'M-0042' },
    scopes: {},
    reason: 'scambio di persona',
  });
  return { answer, it };
}

it.each(['t_fileReport', 't_draftContestation'])(
  'is put right before an act has left (%s), and the file keeps who was named',
  async (task) => {
    const { answer, it } = await after(task);
    expect(answer).toMatchObject({ done: true });
    expect(it.state.root.variables['employeeRef']).toBe('M-0043');
    expect(it.events.find(({ type }) => type === 'CaseStarted')?.data).toMatchObject({
      variables: { employeeRef: 'M-0042' },
    });
    expect(it.events.filter(({ type }) => type === 'CaseRectified')).toHaveLength(1);
  },
);

it('stays once the charge has left, and says the right way out', async () => {
  const { answer, it } = await after('t_send');
  expect(answer).toMatchObject({
    ...{ done: false, code: 'act-sent' },
    errors: [{ pointer: '/variables/employeeRef', message: { it: expect.stringContaining('nuovo atto') } }],
  });
  expect(it.state.root.variables['employeeRef']).toBe('M-0042');
});
