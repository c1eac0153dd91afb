import { expect, it } from '@jest/globals';
import type { Session } from '../api/model.ts';
import { ownEntrance } from './guest.ts';

const entrance = (...roles: string[]) =>
  ownEntrance({ grants: roles.map((role) => ({ role })) as unknown as Session['grants'] });

it('is one for each part, and for whoever comes from a Comune', () => {
  expect([entrance('TRAINER'), entrance('PROVINCE_PARTICIPANT')]).toEqual([
    '/part/trainer',
    '/part/province',
  ]);
  expect(entrance('COMUNE_HR', 'SEGRETARIO')).toBe('/entrance');
});

it('is the tutors’ for a Province that also takes part: both find their tasks there', () => {
  expect(entrance('PROVINCE_PARTICIPANT', 'PROVINCE_TUTOR')).toBe('/part/tutor');
});

it('is the desk for whoever does anything else', () => {
  expect([entrance(), entrance('DESK_OPERATOR'), entrance('TRAINER', 'COMMISSION')]).toEqual([
    null,
    null,
    null,
  ]);
  expect(entrance('PROVINCE_TUTOR', 'PROVINCE_PARTICIPANT', 'DESK_OPERATOR')).toBeNull();
});
