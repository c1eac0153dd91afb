import { describe, expect, it } from '@jest/globals';
import { fromMail } from './from-mail.ts';

const today = '2026-03-10';
const before = { protocolNo: '', receivedOn: today, sender: '', note: '' };
const mail = { from: 'ente@pec.example', at: '2026-03-09T08:00:00.000Z' };

describe('what a mail says', () => {
  it('fills in what is not filled in', () => {
    expect(fromMail(mail, before, before, today)).toEqual({ sender: mail.from, receivedOn: '2026-03-09' });
  });

  it('leaves what was typed while it was read', () => {
    const now = { ...before, protocolNo: '12', sender: 'Rossi', receivedOn: '2026-03-08' };
    expect(fromMail(mail, before, now, today)).toEqual({});
  });

  it('says nothing that it does not know, and no day to come', () => {
    expect(fromMail({ from: null, at: '2026-03-11T08:00:00.000Z' }, before, before, today)).toEqual({});
  });
});
