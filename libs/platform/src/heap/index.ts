import { setFlagsFromString } from 'node:v8';

/**
 * Every object begins among the young ones, which a small collection looks through. V8 would put those of places in the code
 * whose objects often lived on among the old ones at once; and what is old keeps alive whatever it points to until all
 * memory is looked through. Of a command's objects few live on, so that each small collection copied a third of what there
 * was (ADR 0041). To be called before anything else works; holds for the whole process.
 */
export function beginYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
