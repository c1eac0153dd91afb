export * from './boards.ts';
export * from './calendars.ts';
export * from './ipa.ts';
export * from './kinds.ts';
export * from './offices.ts';
export * from './report.ts';
export * from './table.ts';
