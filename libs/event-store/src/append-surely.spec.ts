import { describe, expect, it } from '@jest/globals';
import { OutcomeUnknown, appendSurely } from './append-surely.ts';
import { appendOf } from './contract/events.ts';
import type { Append, AppendResult } from './port.ts';
import { LogOverloaded, MalformedAppend } from './port.ts';

const append = appendOf('case-1', null, 'x');
const written: AppendResult = { outcome: 'appended', position: '00000000-1', revision: 0 };

/** A log that answers as told, one answer an attempt, and keeps what it was sent. */
function logThat(...answers: (Error | AppendResult)[]) {
  const sent: Append[] = [];
  return {
    sent,
    async append(request: Append): Promise<AppendResult> {
      sent.push(request);
      const answer = answers[sent.length - 1]!;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

describe('appending surely', () => {
  it('sends the very same append until there is an answer', async () => {
    const log = logThat(new Error('gone'), new Error('gone'), written);
    expect(await appendSurely(log, append, { pauseMs: 0 })).toBe(written);
    expect(log.sent.every((request) => request === append)).toBe(true);
  });

  it('takes an overloaded log at its word only when nothing was sent before', async () => {
    await expect(appendSurely(logThat(new LogOverloaded()), append)).rejects.toThrow(LogOverloaded);
    const log = logThat(new Error('gone'), new LogOverloaded(), written);
    expect(await appendSurely(log, append, { pauseMs: 0 })).toBe(written);
    const full = logThat(new Error('gone'), new LogOverloaded());
    await expect(appendSurely(full, append, { attempts: 2, pauseMs: 0 })).rejects.toThrow(OutcomeUnknown);
  });

  it('does not repeat what can never succeed', async () => {
    const log = logThat(new MalformedAppend());
    await expect(appendSurely(log, append)).rejects.toThrow(MalformedAppend);
    expect(log.sent).toHaveLength(1);
  });

  it('gives up at the deadline, and says why', async () => {
    const cause = new Error('down');
    const giving = appendSurely(logThat(cause), append, { deadlineMs: 0 });
    await expect(giving).rejects.toMatchObject({ name: 'OutcomeUnknown', cause });
  });
});
