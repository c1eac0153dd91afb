import type { Execution, Signal } from './execution.ts';
import { occur } from './triggers.ts';

/**
 * Everybody in the case who awaits the signal gets it, in the order in which they began to wait. It is not kept for
 * those who come later.
 * Source: BPMN 2.0.2 §10.5.7 "Signal"
 * @returns whether anybody awaited it
 */
export function deliverSignal(x: Execution, { name, signalId, variables }: Signal): boolean {
  const awaiting = [...x.state.signals.values()].filter((it) => it.name === name);
  for (const it of awaiting) {
    // An interrupting one may have ended the others meanwhile.
    if (x.ended || !x.state.signals.has(it.key)) continue;
    const { key, element } = it;
    const data = { key, element, name, signalId, variables };
    occur(x, it, (partial) => ({ type: 'SignalReceived', data: { ...data, ...partial } }), variables);
  }
  return awaiting.length > 0;
}
