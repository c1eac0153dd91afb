export * from './bodies.ts';
export * from './body.ts';
export * from './calendar-history.ts';
export * from './demo.ts';
export * from './local-calendar.ts';
export * from './mailboxes.ts';
export type { SealedRegister, Withdrawal, WithdrawalRejection } from './sealed-register.ts';
export * from './services.ts';
