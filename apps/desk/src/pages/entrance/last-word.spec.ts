import { describe, expect, it } from '@jest/globals';
import { lastWordOf } from './last-word.ts';

const fact = (type: string, role: string, variables: object = {}) => ({
  ...{ type, data: { variables }, actor: { account: role.toLowerCase(), role, body: 'p_demo' } },
});

describe('what the office has written last', () => {
  const drafted = fact('UserTaskCompleted', 'DESK_OPERATOR', { answerText: 'Dalla ricezione.' });
  const approved = fact('UserTaskCompleted', 'DESK_SUPERVISOR', { outcome: 'APPROVED', on: '2026-04-10' });
  const own = fact('UserTaskCompleted', 'COMUNE_HR', { note: 'Da parte nostra.' });

  it('is not what only confirms it, nor what the reader wrote', () => {
    expect(lastWordOf([own, approved, fact('JobCompleted', 'SYSTEM'), drafted], ['COMUNE_HR'])).toBe(drafted);
  });

  it('is nothing that is empty, or covered from the reader', () => {
    const [empty, covered] = [
      fact('UserTaskCompleted', 'UPD'),
      fact('UserTaskCompleted', 'UPD', '***' as never),
    ];
    expect(lastWordOf([empty, covered], ['COMUNE_HR'])).toBeUndefined();
    expect(lastWordOf([empty, covered, approved], ['COMUNE_HR'])).toBe(approved);
  });

  it('is the last choice where nothing was written, and nothing where nobody else did anything', () => {
    expect(lastWordOf([approved, own], ['COMUNE_HR'])).toBe(approved);
    expect(lastWordOf([own], ['COMUNE_HR'])).toBeUndefined();
  });
});
