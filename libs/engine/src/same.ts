import type { Json } from '@iter/process-model';

/** Whether two values are the same, as they are written. */
export const isSame = (a: Json | undefined, b: Json | undefined): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);
