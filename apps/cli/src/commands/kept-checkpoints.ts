import { checkpointFrom } from '@iter/event-store/checkpoints';
import type { SignedCheckpoint } from '@iter/event-store/checkpoints';
import { isSigned } from '@iter/platform/signatures';
import { WrongInput } from '../output.ts';
import { readText } from '../world/files.ts';

/**
 * Signed checkpoints as they may have been kept: one a line, also in lines of a process's log, or as the API lists them.
 * @throws WrongInput on anything else, and on none
 */
export function keptCheckpoints(file: string): readonly SignedCheckpoint[] {
  const text = readText(file);
  const found = (listedIn(text) ?? linesIn(text)).map((one) => {
    const signed = checkpointFrom((one as { signed?: unknown } | null)?.signed ?? one);
    return signed && isSigned(signed.checkpoint, signed) ? signed : null;
  });
  if (found.length === 0 || found.includes(null))
    throw new WrongInput(`${file} holds something else than signed checkpoints, or none`);
  return found as readonly SignedCheckpoint[];
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

function listedIn(text: string): readonly unknown[] | null {
  const items = (parsed(text) as { items?: unknown } | null)?.items;
  return Array.isArray(items) ? items : null;
}

const linesIn = (text: string): readonly unknown[] =>
  text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [parsed(line)]));
