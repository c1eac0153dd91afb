import { describe, expect, it } from '@jest/globals';
import { cloudEvent } from './cloud-event.ts';
import { secretOf, signatureOf } from './signature.ts';

describe('an event for outside', () => {
  const event = {
    ...{ id: 'e1', kind: 'term.missed', subject: 'PD-2026-001', time: '2026-03-06T09:00:00.000Z' },
    data: { kind: 'term.missed', dueOn: '2026-03-05' },
  };

  it('is a CloudEvent in structured JSON, the same text each time', () => {
    const text = cloudEvent(event, 'https://iter.provincia.example/sportello');
    expect(JSON.parse(text)).toEqual({
      specversion: '1.0',
      id: 'e1',
      source: 'https://iter.provincia.example/sportello',
      type: 'io.github.iter-province.iter.term.missed',
      subject: 'PD-2026-001',
      time: '2026-03-06T09:00:00.000Z',
      datacontenttype: 'application/json',
      dataschema: 'https://iter.provincia.example/sportello/api/v1/webhooks/schema',
      data: event.data,
    });
    expect(cloudEvent({ ...event }, 'https://iter.provincia.example/sportello')).toBe(text);
  });
});

describe('a signature', () => {
  it('is that of Standard Webhooks', () => {
    // From the specification’s own example.
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const message = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      sentAt: 1_614_265_330,
      body: '{"test": 2432232314}',
    };
    expect(signatureOf(message, [secret])).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('is made with a secret of 256 bits of chance', () => {
    expect(secretOf()).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(secretOf()).not.toBe(secretOf());
  });
});
