import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { hashOfDefinition, packBundle } from '@iter/documents/case-bundle';
import type { BundleParts } from '@iter/documents/case-bundle';
import { coverageOf, createSigner } from '@iter/event-store/checkpoints';
import { createMemoryLog } from '@iter/event-store/memory';
import { signingKeyOf } from '@iter/platform/signatures';
import { caseId, caseWriter, started, taskCreated } from '../../../../test/support/case-log.ts';
import { verify } from './verify.ts';

const now = '2026-03-06T09:00:00.000Z';
const definition = { key: 'p', xml: '<bpmn/>', forms: {}, acts: {} };
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'iter-verify-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A case under pseudonyms, of which the first event is signed, or none. */
async function told(isSigned: boolean): Promise<string> {
  const log = createMemoryLog();
  const write = caseWriter(log, () => now);
  const hash = hashOfDefinition(definition);
  const id = caseId(1);
  const begun = started();
  await write(id, [{ ...begun, data: { ...begun.data, definition: hash } } as typeof begun]);
  const key = signingKeyOf(new Uint8Array(32).fill(7));
  if (isSigned) await createSigner({ log, key, clock: { now: () => now }, onSigned: () => undefined }).sign();
  await write(id, [taskCreated('t')]);
  const events = await log.readStream(`case-${id}`);
  const coverage = await coverageOf(log, events);
  const parts: BundleParts = {
    ...{ caseId: id, process: begun.data.process, comune: events[0]!.tenant, events, clarity: 'pseudonyms' },
    clear: events.map(({ revision, type, data, occurredAt, recordedAt }) => ({
      ...{ revision, type, data, occurredAt, recordedAt },
    })),
    proof: coverage.kind === 'covered' ? coverage.proof : null,
    ...{ definitions: new Map([[hash, definition]]), documents: [] },
  };
  const file = join(folder, 'case.zip');
  writeFileSync(file, packBundle(parts));
  const out = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    expect(await verify(file, {})).toBe(0);
    return out.mock.calls.join('');
  } finally {
    out.mockRestore();
  }
}

it('calls proven under pseudonyms what a checkpoint covers, and nothing else', async () => {
  expect(await told(true)).toContain('istanti degli eventi sono provati fino all’evento 1;');
  const unsigned = await told(false);
  expect(unsigned).toContain('coerenti tra loro; che siano quelli del registro lo dice solo headHash');
  expect(unsigned).not.toContain('provati');
  expect(unsigned).toContain('LEGGIMI.txt');
});
