import { expect, it } from '@jest/globals';
import { manualProtocol } from './index.ts';

const system = manualProtocol({ isBody: (ipa) => ipa === 'p_demo', today: () => '2026-03-25' });
const reference = { body: 'p_demo', register: 'Generale', number: '1234/2026', date: '2026-03-25' };

it('takes a reference that can be, as it was meant', async () => {
  expect(await system.confirm({ ...reference, number: ' 1234/2026 ' })).toEqual({
    outcome: 'confirmed',
    reference,
  });
});

it.each([
  ['body', 'c_altrove'],
  ['register', ' '],
  ['number', ''],
  ['date', '2026-03-26'],
] as const)('says that its %s cannot be', async (field, value) => {
  expect(await system.confirm({ ...reference, [field]: value })).toMatchObject({ outcome: 'refused', field });
});
