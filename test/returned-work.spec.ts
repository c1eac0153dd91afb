import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Component {
  readonly key?: string;
  readonly readonly?: boolean;
}

const componentsOf = (process: string, form: string): readonly Component[] => {
  const file = join(import.meta.dirname, '..', 'processes', process, 'forms', `${form}.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { components: Component[] }).components;
};

/** Who sends something back says why in one form, and whoever has to correct it opens another. */
const loops = [
  ['selection-needs-and-mobility', 't_checkPlan', 'planNote', 't_fixNeed'],
  ['selection-competition', 't_approveNotice', 'returnNote', 't_draftNotice'],
  ['selection-competition', 't_approveRanking', 'rankingNote', 't_ranking'],
  ['selection-single-list', 't_approveListNotice', 'noticeNote', 't_draftListNotice'],
  ['selection-interpello', 't_approveInterpelloRanking', 'returnNote', 't_interpelloRanking'],
  ['training-needs-cycle', 't_validateCatalogue', 'returnNote', 't_consolidate'],
  ['accompaniment-project-work', 't_tutorReview', 'reviewNote', 't_draftProjectWork'],
  ['comune-onboarding', 't_dpoCheck', 'dpoNote', 't_draftConvention'],
  ['comune-onboarding', 't_comuneDeliberation', 'comuneAmendments', 't_draftConvention'],
  ['comune-onboarding', 't_provinceDeliberation', 'provinceAmendments', 't_draftConvention'],
  ['comune-onboarding', 't_verifyImport', 'importErrors', 't_importOpenCases'],
  ['comune-onboarding', 't_trial', 'trialNote', 't_setup'],
  ['community-contribution', 't_moderate', 'note', 't_submit'],
] as const;

describe('work that is sent back', () => {
  it.each(loops)('in %s %s says why, and %s stands, to be read, in %s', (process, asked, key, corrected) => {
    const says = componentsOf(process, asked).find((one) => one.key === key);
    expect(says).toBeDefined();
    expect(says?.readonly).toBeUndefined();
    expect(componentsOf(process, corrected)).toContainEqual(expect.objectContaining({ key, readonly: true }));
  });
});
