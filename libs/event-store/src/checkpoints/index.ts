export { checkpointHash, checkpointProblem, checkpointStream, checkpointFrom } from './checkpoint.ts';
export type { Checkpoint, CheckpointProblem, SignedCheckpoint } from './checkpoint.ts';
export { coverageKinds, coverageOf, proofFrom, proves } from './proof.ts';
export type { CheckpointProof, Coverage } from './proof.ts';
export { createSigner, readCheckpoints } from './signer.ts';
export type { Signer, SignerPorts } from './signer.ts';
