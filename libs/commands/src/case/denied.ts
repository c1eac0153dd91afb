import type { Decision } from '@iter/access';
import type { CommandRejection } from '../outcome.ts';

/** Of a case that is not there and of one that is hidden alike. */
export const caseNotFound: CommandRejection = {
  code: 'case-not-found',
  message: {
    it: 'La pratica non esiste, o non puoi vederla.',
    en: 'The case does not exist, or you may not see it.',
  },
};

export const caseErased: CommandRejection = {
  code: 'case-erased',
  message: {
    it: 'Il contenuto della pratica è stato cancellato: non vi si aggiunge più nulla.',
    en: 'The content of the case was erased: nothing is added to it any more.',
  },
};

/** What the table of acts answers with no, as a refusal: a reason that is missing can be given, a substitute found. */
export const denied = ({ why, message }: Extract<Decision, { allowed: false }>): CommandRejection => ({
  code: why === 'reason-required' || why === 'member-incompatible' ? why : 'not-authorised',
  message,
});
