import { expect, it } from '@jest/globals';
import { clearFields } from './clear-fields.ts';

it('every event type says which of its fields stay readable, and none of them tells what people wrote', () => {
  for (const [type, fields] of Object.entries(clearFields)) {
    expect([type, new Set(fields).size]).toEqual([type, fields.length]);
    for (const secret of ['variables', 'reason', 'message', 'text', 'note', 'sender', 'outputs']) {
      if (type !== 'IncomingRegistered') expect(fields).not.toContain(secret);
    }
  }
});
