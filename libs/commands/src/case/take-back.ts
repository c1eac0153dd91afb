import { aftermathOf, entryOf } from '@iter/engine';
import type { CaseCommand, CaseState, Models, Obstacle, RecordedCaseEvent } from '@iter/engine';
import type { Json } from '@iter/process-model';
import type { AskedCommand, CommandRejection } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import type { CaseFile } from './case-file.ts';
import { readHistory } from './load.ts';

// Taking back what people did wrongly, as long as nothing has left the house on its ground.

type Asked<T extends AskedCommand['type']> = Extract<AskedCommand, { type: T }>;
type Checked = { readonly command: CaseCommand } | { readonly rejection: CommandRejection };

const refuse = (code: CommandRejection['code'], message: string): Checked => ({
  rejection: { code, message },
});

/** The history that the state at hand was folded from: what was written since is decided on anew. */
export async function historyUntil(
  ports: Pick<CasePorts, 'log' | 'sealer'>,
  { head }: CaseFile,
  caseId: string,
): Promise<readonly RecordedCaseEvent[]> {
  const last = head?.revision ?? -1;
  return (await readHistory(ports, caseId)).filter(({ revision }) => revision <= last);
}

/** The engine's command to reopen a task; or what keeps it closed, and the right way out. */
export function reopeningOf(
  history: readonly RecordedCaseEvent[],
  models: Models,
  state: CaseState,
  asked: Asked<'ReopenUserTask'>,
): Checked {
  const aftermath = aftermathOf(history, asked.key);
  if (!aftermath)
    return refuse(
      'task-not-done',
      'L’attività non è tra quelle completate: è ancora aperta o è già stata riaperta.',
    );
  const { obstacle } = aftermath;
  if (obstacle === null) return { command: { ...asked, aftermath } };
  return refuse(obstacle.why, wayOut(obstacle, models, state));
}

function wayOut(obstacle: Obstacle, models: Models, state: CaseState): string {
  switch (obstacle.why) {
    case 'act-sent':
      return 'Un atto è già partito, o sta partendo, sulla base di questa attività. Non si riapre: si corregge con un nuovo atto di rettifica o di annullamento, e le date dei termini si rettificano dal pannello «Termini».';
    case 'later-task-done': {
      const { element, definition } = obstacle;
      const name = models(definition ?? state.definition)?.nodes.get(element)?.name ?? element;
      return `Dopo questa è stata completata l’attività «${name}»: riaprire prima quella.`;
    }
    case 'term-moved':
      return 'Completando l’attività si è spostato un termine di legge. Correggere il dato con «Rettifica un dato», oppure la data del termine dal pannello «Termini».';
    case 'flow-went-on':
      return 'Il procedimento è andato oltre questo punto. Il responsabile del servizio può riportarlo indietro con «Modifica il percorso», indicando il motivo.';
  }
}

/** The engine's command to correct what was entered; or why it stands, and the right way out. */
export function rectificationOf(history: readonly RecordedCaseEvent[], asked: Asked<'RectifyCase'>): Checked {
  const former: Record<string, Json> = {};
  for (const name of Object.keys(asked.variables)) {
    const entry = entryOf(history, name);
    const pointer = `/variables/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (entry === null) {
      const message = `Nessuno ha inserito il dato «${name}» in questa pratica: si rettifica solo ciò che è stato inserito.`;
      return {
        rejection: { code: 'entry-unknown', message, errors: [{ pointer, code: 'unknown', message }] },
      };
    }
    if (entry.isSent) {
      const message =
        'Dopo l’inserimento di questo dato è già partito un atto. Il dato resta com’è nel fascicolo: si corregge con un nuovo atto di rettifica; le date dei termini si rettificano dal pannello «Termini».';
      return { rejection: { code: 'act-sent', message, errors: [{ pointer, code: 'act-sent', message }] } };
    }
    former[name] = entry.value as Json;
  }
  return { command: { ...asked, former } };
}
