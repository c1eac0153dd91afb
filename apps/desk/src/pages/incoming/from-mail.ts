import type { RecognisedMail } from '../../api/certified-mail.ts';
import { wallOf } from '../../time/local.ts';
import type { Cover } from './cover.ts';

/**
 * What a mail says, where it is not filled in yet. It is read while people go on typing: what they typed stays.
 * @param before the cover as the mail was dropped
 * @param now the cover as it stands
 */
export function fromMail(
  { from, at }: Pick<RecognisedMail, 'from' | 'at'>,
  before: Cover,
  now: Cover,
  today: string,
): Partial<Cover> {
  const day = at && wallOf(at).slice(0, today.length);
  return {
    ...(from !== null && now.sender === '' && { sender: from }),
    ...(day !== null && day <= today && now.receivedOn === before.receivedOn && { receivedOn: day }),
  };
}
