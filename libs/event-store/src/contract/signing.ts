import { expect, it } from '@jest/globals';
import { signingKeyOf } from '@iter/platform/signatures';
import { createSigner } from '../checkpoints/index.ts';
import type { SignedCheckpoint } from '../checkpoints/index.ts';
import type { EventLog } from '../port.ts';
import { verifyLog } from '../verify-log.ts';
import type { Context } from './context.ts';

/** A signer with a fixed key and time, and what it has signed. */
export function signerOf(log: EventLog, mostEvents = 10_000) {
  const told: SignedCheckpoint[] = [];
  const signer = createSigner({
    ...{ log, mostEvents, key: signingKeyOf(new Uint8Array(32).fill(7)) },
    clock: { now: () => '2026-03-06T09:00:00.000Z' },
    onSigned: (signed) => told.push(signed),
  });
  return { told, sign: signer.sign };
}

/** What the signed checkpoints rest on: one order for all readers, and one winner. */
export function describeSigning(context: Context): void {
  it('is vouched for once, whoever signs, and verified by what was signed', async () => {
    const stream = context.newStream();
    await context.grow(stream, 3);
    const signers = [signerOf(context.log), signerOf(context.other), signerOf(context.log)];
    await Promise.all(signers.map(({ sign }) => sign()));
    await context.grow(stream, 2);
    await signers[1]!.sign();
    const kept = signers.flatMap(({ told }) => told);
    const { events, broken, checkpoints } = await verifyLog(context.other, { kept });
    expect({ broken, checkpoints }).toMatchObject({
      broken: null,
      checkpoints: { count: kept.length, kept: kept.length, broken: null },
    });
    expect(checkpoints.last!.checkpoint.events).toBe(events - 1);
  });
}
