import { awaitedMessage, awaitedMessages } from '@iter/engine';
import type { AwaitedMessage, CaseState } from '@iter/engine';
import { mayAct } from '@iter/access';
import type { Principal } from '@iter/access';
import type { CommandRejection, HandIn } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import type { CaseFile } from './case-file.ts';
import { judgeHandIn } from './check-form.ts';
import { caseNotFound, denied } from './denied.ts';
import type { CaseHandler, Prepared } from './handler.ts';
import type { Reading } from './read.ts';

/** A message that bodies which are served hand in for themselves. */
export type Served = AwaitedMessage & { readonly servedForm: string };

/** A case, as a body that its Province serves asks what it may hand in to it. */
export interface HandInQuestion {
  readonly caseId: string;
  readonly principal: Principal;
  /** In whose name. */
  readonly body: string;
}

/** What may be handed in now, and the case, of which nothing but what is the body's own may be told. */
export interface HandIns {
  readonly messages: readonly Served[];
  readonly state: CaseState;
}

const isServed = (it: AwaitedMessage): it is Served => it.servedForm !== null;

/** Whether the case is of the Province that serves the body in this process today; of others not even that they are there is told. */
const isOfItsProvince = ({ bodies }: CasePorts, { state, startedOn }: CaseFile, body: string): boolean =>
  state.status !== 'none' && bodies.isServedBy(body, state.comune, state.process, startedOn);

/**
 * The message that is handed in, judged by its form.
 * @param messageId by which what comes of it is traced back
 */
export async function receiveHandIn(
  ports: CasePorts,
  { models }: CaseHandler,
  file: CaseFile,
  asked: HandIn,
  { principal, messageId }: { readonly principal: Principal; readonly messageId: string },
): Promise<{ readonly command: Prepared['command'] } | { readonly rejection: CommandRejection }> {
  if (!isOfItsProvince(ports, file, asked.body)) return { rejection: caseNotFound };
  const awaited = awaitedMessage(models, file.state, asked.message);
  if (!awaited || !isServed(awaited)) {
    const message = {
      it: 'La pratica non attende, ora, questa comunicazione dagli enti.',
      en: 'The case does not await this communication from the bodies now.',
    };
    return { rejection: { code: 'message-not-awaited', message } };
  }
  const verdict = await judgeHandIn(ports, file, awaited, asked, principal);
  if ('code' in verdict) return { rejection: verdict };
  const { name, correlationKey, subscription } = awaited;
  const { variables } = verdict;
  return {
    command: { type: 'CorrelateMessage', name, correlationKey, messageId, subscription, variables },
  };
}

/** Reads what a body may hand in to a case for itself; recorded as a reading. */
export const createHandInReader =
  (ports: CasePorts, handler: CaseHandler) =>
  async ({ caseId, principal, body }: HandInQuestion): Promise<Reading<HandIns>> => {
    const decision = mayAct(principal, 'HandIn', { body });
    if (!decision.allowed) return { outcome: 'rejected', rejection: denied(decision) };
    const file = await handler.load(caseId);
    await handler.modelsAreHere(file);
    const { state } = file;
    if (!isOfItsProvince(ports, file, body) || ports.erasures?.find(caseId)) {
      return { outcome: 'rejected', rejection: caseNotFound };
    }
    ports.accessLog.record({
      ...{ caseId, comune: state.comune, account: principal.account, ...decision.as },
      ...{ what: 'hand-ins', detail: body, reason: null },
    });
    return { outcome: 'read', messages: awaitedMessages(handler.models, state).filter(isServed), state };
  };
