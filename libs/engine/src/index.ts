export * from './events.ts';
export * from './commands.ts';
export * from './env.ts';
export * from './rejections.ts';
