export * from './boards.ts';
export * from './kinds.ts';
export * from './report.ts';
export * from './table.ts';
