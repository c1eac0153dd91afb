import { plainState, stateOfPlain } from '@iter/engine';
import type { PlainState } from '@iter/engine';
import type { Audience, CaseFile } from './case-file.ts';

interface WrittenFile extends Omit<CaseFile, 'state' | 'audiences' | 'definitions' | 'called'> {
  readonly state: PlainState;
  readonly audiences: readonly (readonly [string, Audience])[];
  readonly definitions: readonly string[];
  readonly called: readonly (readonly [string, readonly string[]])[];
}

/** A case as text, to be read again by the very same code. */
export function writeFile(file: CaseFile): string {
  const { state, audiences, definitions, called } = file;
  const maps = { audiences: [...audiences], definitions: [...definitions], called: [...called] };
  return JSON.stringify({ ...file, state: plainState(state), ...maps });
}

export function readFile(text: string): CaseFile {
  const written = JSON.parse(text) as WrittenFile;
  const { state, audiences, definitions, called } = written;
  return {
    ...written,
    state: stateOfPlain(state),
    audiences: new Map(audiences),
    definitions: new Set(definitions),
    called: new Map(called),
  };
}
