export { checkpointHash, checkpointProblem, checkpointStream, checkpointFrom } from './checkpoint.ts';
export type { Checkpoint, CheckpointProblem, SignedCheckpoint } from './checkpoint.ts';
export { createSigner, readCheckpoints } from './signer.ts';
export type { Signer, SignerPorts } from './signer.ts';
export { inclusionProof, isIncluded, treeHash } from './tree.ts';
