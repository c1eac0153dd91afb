import { expect, it } from '@jest/globals';
import { createMemoryLog } from '@iter/event-store/memory';
import { testWorld } from '../../../../test/support/world.ts';
import { worldComune } from '../world/index.ts';

const caseId = '0b6f8c7e-5a4d-5c3b-9a1f-2e7d6c5b4a39';

it('the chain of a case may be followed of which the log knows nothing any more, not even that it was', async () => {
  const world = testWorld(createMemoryLog());
  const openedTo = async (role: 'AUDITOR' | 'COMUNE_HR', isKnown: boolean) => {
    const known = { comune: worldComune, process: 'p', startedOn: '2026-03-06' };
    const reading = await world.cases.openChain({
      ...{ caseId, principal: world.inRole(role), what: 'chain' },
      known: async () => (isKnown ? known : null),
    });
    return reading.outcome === 'read' ? 'read' : reading.rejection.code;
  };
  expect(await openedTo('AUDITOR', true)).toBe('read');
  expect(await openedTo('AUDITOR', false)).toBe('case-not-found');
  expect(await openedTo('COMUNE_HR', true)).not.toBe('read');
});
