import type { Column } from './table.ts';

export const column = (key: string, names: Column['names'], required = true): Column => ({
  ...{ key, names, required },
});
