import { systemPrincipal } from '@iter/access';
import { givenBy, judgeFound, readCertifiedMail } from '@iter/api/certified-mail';
import type { MailVault, ReactionsPorts } from '@iter/reactions';
import type { House } from './house.ts';

/** What came into the mailbox is sealed with a key of its own until it is known whose it is. */
export const mailVault = ({ sealer }: Pick<House, 'sealer'>): MailVault => ({
  async seal(name, plain) {
    const key = await sealer.keyFor('certified-mail');
    return { keyId: key.id, box: key.sealBytes(name, plain) };
  },
  open: (name, keyId, box) => sealer.unsealBytes(keyId, name, box),
});

/** The certified mailbox of the house; undefined: it has none. */
export function certifiedMailPorts(
  house: Pick<House, 'certifiedMailbox' | 'cases' | 'documents' | 'sealer'> & {
    readonly config: Pick<House['config'], 'certifiedMail'>;
  },
): ReactionsPorts['certifiedMail'] {
  const { config, certifiedMailbox, cases, documents } = house;
  if (!config.certifiedMail || !certifiedMailbox) return undefined;
  return {
    mailbox: certifiedMailbox,
    address: config.certifiedMail.address,
    async read(source) {
      const { kind, heading, daticert } = await readCertifiedMail(source);
      const { from = null, subject = '', answers = [] } = heading ?? {};
      const about = kind === 'receipt' && daticert?.messageId ? [daticert.messageId] : answers;
      return { kind, from, subject, about, at: daticert?.at ?? null };
    },
    async judge(source, letter, now) {
      const found = await readCertifiedMail(source);
      const judged = judgeFound(found, letter, now);
      if (!judged || !found.daticert) return null;
      const { receipt, isKnown } = judged;
      return { receipt, isKnown, signature: found.signature, gives: givenBy(found.daticert, judged) };
    },
    async caseNow(caseId) {
      const reading = await cases.readState({ caseId, principal: systemPrincipal });
      return reading.outcome === 'read' ? reading.state : null;
    },
    execute: (request) => cases.execute(request),
    files: {
      read: (caseId, sha256) => documents.read(caseId, sha256),
      async keep(caseId, name, content) {
        const kept = await documents.keep(caseId, name, content);
        if (kept.outcome === 'rejected') throw new Error(kept.rejection.code);
        return kept.document;
      },
      discard: (caseId, sha256) => documents.discard(caseId, sha256),
    },
    vault: mailVault(house),
  };
}
