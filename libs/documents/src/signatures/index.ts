export { checkApart, checkSignatures, signatureApart } from './check-signatures.ts';
export type { FoundSignatures } from './check-signatures.ts';
export { checkCms } from './cms.ts';
export type { CheckedCms, Integrity } from './cms.ts';
