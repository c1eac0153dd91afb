import { expect, it } from '@jest/globals';
import { bpmnOf } from '../../../../test/standard/notation.ts';
import { noCatalogue } from '../../../../test/support/world.ts';
import { Player, readScenario } from '../scenario/index.ts';
import { World } from './world.ts';

it('a circle of timers without a pause is said to be one, instead of going on for ever', async () => {
  const world = new World('2026-03-06T08:00:00.000Z', noCatalogue);
  const model = [
    'startEvent s',
    'exclusiveGateway m',
    'intermediateCatchEvent c timer:PT0S',
    's -> m -> c -> m',
  ];
  await world.deploy([{ name: 'p.bpmn', text: bpmnOf(model.join('\n')) }]);
  const scenario = readScenario('circle', JSON.stringify({ process: 'p', steps: [] }));
  await expect(new Player(world).play(scenario)).rejects.toThrow(
    'More than 10000 timers fire at 2026-03-06T08:00:00.000Z',
  );
});
