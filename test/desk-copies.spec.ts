import { describe, expect, it } from '@jest/globals';
import { isOfLaw, termNatures } from '@iter/legal-calendar';
import { withElisions } from '@iter/process-model';
import { withElisions as inTheDesk } from '../apps/desk/src/i18n/elision.ts';
import { isOfLaw as saidByTheDesk } from '../apps/desk/src/time/due.ts';

// The desk knows the contract and nothing else of ours: of two small rules it has its own words, which are to say the same.
describe('What the desk says in its own words', () => {
  it.each(termNatures)(
    'of a term that is %s is what the calendar says: whether its last day is the law’s',
    (nature) => {
      expect(saidByTheDesk(nature)).toBe(isOfLaw(nature));
    },
  );

  it('elides articles before days as acts and letters do', () => {
    const days = Array.from({ length: 31 }, (_, at) => at + 1);
    const articles = ['il', 'Il', 'del', 'dal', 'al', 'nel', 'sul', 'entro il', 'e il', 'mil', 'gli'];
    for (const month of ['gennaio', 'marzo', 'agosto', 'dicembre'])
      for (const day of days)
        for (const article of articles) {
          const text = `Va fatto ${article} ${day} ${month} 2026.`;
          expect(inTheDesk(text)).toBe(withElisions(text));
        }
  });
});
