import { describe, expect, it } from '@jest/globals';
import { end, eventSub, feel, message, processModel, send, start, user } from './testing/model.ts';
import { Play } from './testing/play.ts';

const rule = (code: string, when: string, message = `"${code}"`) => ({
  code,
  when: feel(when),
  message: feel(message),
});

const model = processModel(
  'p',
  [
    start('s', { refusals: [rule('not-ready', 'need = null', '"Manca il fabbisogno " + needRef')] }),
    user('u', {
      refusals: [
        rule('too-early', 'signedOn < executiveFrom'),
        rule('too-late', 'signedOn > "2026-12-31"', 'nothing to say'),
      ],
    }),
    send('m', { message: { name: feel('"hello"'), correlationKey: null }, receiver: feel('to') }),
    end('e'),
  ],
  ['s -> u', 'u -> m', 'm -> e'],
);
const begin = (variables: object) => ({
  type: 'StartCase' as const,
  ...{ process: 'p', version: 1, definition: model.hash, comune: 'c_own', businessKey: null },
  variables: variables as never,
});
const begun = () => {
  const play = new Play(model);
  play.do(begin({ need: {}, executiveFrom: '2026-09-18', to: 'c_other' }));
  const complete = (variables: object) =>
    play.decide({
      type: 'CompleteUserTask',
      key: [...play.state.tasks.keys()][0]!,
      variables: variables as never,
    });
  return { play, complete };
};

describe('rules of a process', () => {
  it('keep a case from beginning, and say why', () => {
    expect(new Play(model).decide(begin({ need: null, needRef: 'N-1' }))).toMatchObject({
      rejection: {
        code: 'refused-by-process',
        message: { it: 'Manca il fabbisogno N-1', en: null },
        errors: [{ pointer: '/variables', code: 'not-ready' }],
      },
    });
  });

  it('say dates as people read them, and leave what only looks like one', () => {
    const needRef = '2026-09-18, 2026-09-18T10:00:00+02:00, 12026-09-181';
    expect(new Play(model).decide(begin({ need: null, needRef }))).toMatchObject({
      rejection: {
        message: {
          it: 'Manca il fabbisogno 18 settembre 2026, 18 settembre 2026, ore 10:00, 12026-09-181',
        },
      },
    });
  });

  it('look at what is handed in beside what the case has', () => {
    const { complete } = begun();
    expect(complete({ signedOn: '2026-09-17' })).toMatchObject({
      rejection: { code: 'refused-by-process', message: { it: 'too-early', en: null } },
    });
    expect(complete({ signedOn: '2026-09-18' })).toHaveProperty('events');
    // A rule whose message says nothing is named.
    expect(complete({ signedOn: '2027-01-01' })).toMatchObject({
      rejection: {
        message: {
          it: 'La regola «too-late» non lo permette.',
          en: 'The rule “too-late” does not allow it.',
        },
      },
    });
  });

  it('refuse what they cannot judge', () => {
    const { complete } = begun();
    expect(complete({})).toMatchObject({
      rejection: {
        code: 'refused-by-process',
        errors: [{ code: 'too-early' }, { code: 'too-late' }],
      },
    });
  });
});

describe('rules of the start of an event sub-process', () => {
  const waits = processModel(
    'w',
    [
      start('s'),
      user('u'),
      end('e'),
      eventSub(
        'sub',
        [
          start('asked', {
            ...{ event: message('asked'), interrupting: false },
            refusals: [rule('closed', 'open = false'), rule('too-late', 'incoming.receivedOn > lastDay')],
          }),
          end('heard'),
        ],
        ['asked -> heard'],
      ),
    ],
    ['s -> u', 'u -> e'],
  );
  const waiting = (variables: object) => {
    const play = new Play(waits);
    play.do({
      ...begin({ lastDay: '2026-12-31', ...variables }),
      process: 'w',
      definition: waits.hash,
    });
    return play;
  };
  const arriving = (name: string, variables: object = {}) => ({
    type: 'RegisterIncoming' as const,
    ...{ message: name, protocolNo: '7/2026', sender: 'M-1', receivedOn: '2026-01-01' },
    ...{ documents: [], note: '', variables: variables as never },
  });
  const sent = (name: string, variables: object = {}) => ({
    type: 'CorrelateMessage' as const,
    ...{ name, correlationKey: null, messageId: 'm', variables: variables as never },
  });
  const refused = (...codes: string[]) => ({
    rejection: { code: 'refused-by-process', errors: codes.map((code) => ({ code })) },
  });

  it('keep it from beginning, whoever brings the message', () => {
    const play = waiting({ open: false, lastDay: '2025-12-31' });
    expect(play.decide(arriving('asked'))).toMatchObject(refused('closed', 'too-late'));
    // What another case sends has no cover: the rule that reads it cannot be judged.
    expect(play.decide(sent('asked', { open: true }))).toMatchObject(refused('too-late'));
    expect(waiting({ open: true }).decide(arriving('asked'))).toHaveProperty('events');
  });
});

describe('a message with a receiver', () => {
  it('names the body to which it goes', () => {
    const { play, complete } = begun();
    expect(complete({ signedOn: '2026-10-01' })).toMatchObject({
      events: expect.arrayContaining([
        expect.objectContaining({ type: 'MessageThrown', data: expect.objectContaining({ to: 'c_other' }) }),
      ]),
    });
    expect(play.state.comune).toBe('c_own');
  });

  it('is an incident when the body cannot be told', () => {
    const play = new Play(model);
    play.do(begin({ need: {}, executiveFrom: '2026-09-18' }));
    play.do({
      type: 'CompleteUserTask',
      key: [...play.state.tasks.keys()][0]!,
      variables: { signedOn: '2026-10-01' },
    });
    expect([...play.state.incidents.values()]).toMatchObject([{ element: 'm', code: 'value-not-text' }]);
  });
});
