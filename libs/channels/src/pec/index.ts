export * from './port.ts';
export { readDaticert } from './daticert.ts';
export type { Daticert, DaticertFault, DaticertKind, ReadDaticert } from './daticert.ts';
export { mailLimits, readPecMail } from './message.ts';
export type { PecHeading, PecMail, PecMailFault, ReadPecMail } from './message.ts';
export * from './delivery.ts';
export { signedParts } from './signed-parts.ts';
export type { SignedParts } from './signed-parts.ts';
