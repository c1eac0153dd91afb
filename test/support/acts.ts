import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createEvaluator } from '@iter/platform/feel';
import { readAct, renderAct } from '@iter/process-model';
import type { ActSurroundings, Block, Json, Line } from '@iter/process-model';

const words = (line: Line): string => line.map(({ text, blank }) => (blank ? '____' : text)).join('');

const textOf = (blocks: readonly Block[]): string =>
  blocks
    .flatMap((block): readonly string[] => {
      if (block.kind === 'list') return block.items.map(textOf);
      if (block.kind === 'letterhead') return block.lines;
      if (block.kind === 'recipient') return block.lines.map(words);
      if (block.kind === 'table')
        return [block.header, ...block.rows].map((row) => row.map(words).join(' | '));
      return 'runs' in block ? [words(block.runs)] : [];
    })
    .join('\n');

/** The text of an act as it is drawn up on 25 March 2026; blanks are `____`. @throws where it cannot be drawn up */
export function drawAct(
  file: string,
  variables: Readonly<Record<string, Json>>,
  around: ActSurroundings,
): string {
  const { act, problems } = readAct(readFileSync(file, 'utf8'), basename(file, '.md'));
  if (!act || problems.length > 0) throw new Error(`${file}: ${JSON.stringify(problems)}`);
  const drawn = renderAct(act, variables, around, createEvaluator({ now: '2026-03-25T09:00:00Z' }));
  if (!drawn.ok) throw new Error(`${drawn.code} ${JSON.stringify(drawn.place)} ${drawn.message}`);
  return textOf(drawn.document.blocks);
}
