export * from './envelope.ts';
export * from './port.ts';
