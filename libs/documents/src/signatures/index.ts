export { checkSignatures } from './check-signatures.ts';
export type { FoundSignatures } from './check-signatures.ts';
