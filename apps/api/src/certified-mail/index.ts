export { givenBy } from './given-by.ts';
export { judgeFound, providerSignature, readCertifiedData, readCertifiedMail } from './read-mail.ts';
export type { FoundMail } from './read-mail.ts';
export { recognise } from './recognise.ts';
