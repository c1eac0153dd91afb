export * from './bodies.ts';
export * from './body.ts';
export * from './demo.ts';
export * from './services.ts';
