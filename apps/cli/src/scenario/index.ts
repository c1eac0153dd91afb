export * from './expectations.ts';
export * from './player.ts';
export * from './scenario.ts';
