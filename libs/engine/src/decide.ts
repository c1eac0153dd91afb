import type { Label, ProcessModel } from '@iter/process-model';
import { act } from './commands/index.ts';
import type { CaseCommand } from './commands.ts';
import type { Env, Models } from './env.ts';
import { Execution } from './execution.ts';
import type { CaseEvent } from './events.ts';
import { Refused } from './refused.ts';
import type { Rejection } from './rejections.ts';
import { run } from './run.ts';
import { deliverSignal } from './signals.ts';
import { seenCommand } from './state.ts';
import type { CaseState } from './state.ts';

/** What a command comes to: the events to append (none: there was nothing to do), or why it is refused. */
export type Decision =
  /** `state` is what `evolveAll` makes of the events: a cached case need not be folded again. */
  { readonly events: readonly CaseEvent[]; readonly state: CaseState } | { readonly rejection: Rejection };

/**
 * Decides a command on a case. Pure, synchronous and deterministic: the same input gives the same events.
 * Never changes the state that it is given, never half does anything.
 * @throws only on faults of ours: a definition that is not there, a state that does not fit its model
 */
export function decide(
  models: Models | ProcessModel,
  state: CaseState,
  command: CaseCommand,
  env: Env,
): Decision {
  if (env.commandId !== undefined && seenCommand(state, env.commandId) !== undefined) {
    return { events: [], state };
  }
  try {
    if (command.type === 'StartCase' && state.status !== 'none')
      return rejected('case-already-started', {
        it: 'Il caso è già avviato.',
        en: 'The case has been started.',
      });
    if (command.type !== 'StartCase' && state.status === 'none')
      return rejected('case-not-found', { it: 'Il caso non esiste.', en: 'There is no such case.' });
    const x = new Execution(lookUpIn(models), state, env);
    x.deliverSignal = (signal) => void deliverSignal(x, signal);
    // What was left under way came first; it has the names of this definition, and keeps a case from migrating.
    if (!state.suspended && !x.ended && command.type !== 'MigrateCase') x.takeUp();
    act(x, command);
    if (!x.ended) run(x);
    return { events: x.events, state: x.state };
  } catch (error) {
    if (error instanceof Refused) return { rejection: error.rejection };
    throw error;
  }
}

function rejected(code: Rejection['code'], message: Label): Decision {
  return { rejection: { code, message } };
}

function lookUpIn(models: Models | ProcessModel): Models {
  return typeof models === 'function' ? models : (hash) => (hash === models.hash ? models : undefined);
}
