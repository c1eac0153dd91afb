import type { Label } from '@iter/platform/words';
import { aftermathOf, enteredWith, entryOf, fold, holdersOf, isSame, placeOf } from '@iter/engine';
import type {
  CaseCommand,
  CaseState,
  EntryPlace,
  Key,
  Models,
  Obstacle,
  RecordedCaseEvent,
  Variables,
} from '@iter/engine';
import { pointerPart } from '@iter/process-model';
import type { Json } from '@iter/process-model';
import type { AskedCommand, CommandRejection } from '../outcome.ts';
import type { CasePorts } from '../ports.ts';
import type { CaseFile } from './case-file.ts';
import { fieldOf } from './field-of.ts';
import { readHistory } from './load.ts';

// Taking back what people did wrongly, as long as nothing has left the house on its ground.

type Asked<T extends AskedCommand['type']> = Extract<AskedCommand, { type: T }>;
type Checked = { readonly command: CaseCommand } | { readonly rejection: CommandRejection };

const refuse = (code: CommandRejection['code'], message: Label): Checked => ({
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
    return refuse('task-not-done', {
      it: 'L’attività non è tra quelle completate: è ancora aperta o è già stata riaperta.',
      en: 'The task is not among those completed: it is still open or was reopened already.',
    });
  const { obstacle } = aftermath;
  if (obstacle === null) return { command: { ...asked, aftermath } };
  return refuse(obstacle.why, wayOut(obstacle, models, state));
}

function wayOut(obstacle: Obstacle, models: Models, state: CaseState): Label {
  switch (obstacle.why) {
    case 'act-sent':
      return {
        it: 'Un atto è già partito, o sta partendo, sulla base di questa attività. Non si riapre: si corregge con un nuovo atto di rettifica o di annullamento, e le date dei termini si rettificano dal pannello «Scadenze».',
        en: 'An act has left, or is leaving, on the ground of this task. It is not reopened: correct it by a new act of rectification or annulment, and the dates of deadlines in the panel “Deadlines”.',
      };
    case 'later-task-done': {
      const { element, definition } = obstacle;
      const name = models(definition ?? state.definition)?.nodes.get(element)?.name ?? element;
      return {
        it: `Dopo questa è stata completata l’attività «${name}»: riaprire prima quella.`,
        en: `The task “${name}” was completed after this one: reopen that first.`,
      };
    }
    case 'term-moved':
      return {
        it: 'Completando l’attività si è spostato un termine di legge. Correggere il dato con «Rettifica un dato», oppure la data del termine dal pannello «Scadenze».',
        en: 'Completing the task moved a legal term. Correct the value with “Rectify a value”, or the date of the deadline in the panel “Deadlines”.',
      };
    case 'flow-went-on':
      return {
        it: 'Il procedimento è andato oltre questo punto. Il responsabile del servizio può riportarlo indietro con «Correggi il percorso», indicando il motivo.',
        en: 'The proceeding has gone on from this point. The head of the service can bring it back with “Correct the path”, giving the reason.',
      };
  }
}

/** Judges values as the form would that had asked for them, as the case stands or stood: nothing, or what is wrong. */
export type EntryJudge = (
  entry: EntryPlace,
  variables: Variables,
  state: CaseState,
) => Promise<CommandRejection | null>;

/** The engine's command to correct what was entered; or why it stands, and the right way out. */
export async function rectificationOf(
  history: readonly RecordedCaseEvent[],
  state: CaseState,
  asked: Asked<'RectifyCase'>,
  judge: EntryJudge,
): Promise<Checked> {
  const former: Record<string, Json> = {};
  const scopes: Record<string, Key | null> = {};
  const entries = new Set<RecordedCaseEvent>();
  for (const name of Object.keys(asked.variables)) {
    const entry = entryOf(history, name);
    if (entry === null)
      return refuseName(name, 'entry-unknown', {
        it: `Nessuno ha inserito il dato «${name}» in questa pratica: si rettifica solo ciò che è stato inserito.`,
        en: `Nobody entered the value “${name}” in this case: only what was entered is rectified.`,
      });
    const { value, scope, event } = entry;
    if (entry.isSent)
      return refuseName(name, 'act-sent', {
        it: 'Dopo l’inserimento di questo dato è già partito un atto. Il dato resta com’è nel fascicolo: si corregge con un nuovo atto di rettifica; le date dei termini si rettificano dal pannello «Scadenze».',
        en: 'An act has left since this value was entered. The value stays in the file as it is: correct it by a new act of rectification, and the dates of deadlines in the panel “Deadlines”.',
      });
    const seen = asked.former?.[name];
    const isStale = seen !== undefined && !isSame(seen, value);
    const isHeld = holdersOf(state, { [name]: value }, { [name]: scope }).length > 0;
    if (isStale || !isHeld)
      return refuseName(name, 'entry-changed', {
        it: `Il dato «${name}» è cambiato dopo questo inserimento: rettificare l’inserimento più recente o, se lo ha cambiato il procedimento, riaprire l’attività.`,
        en: `The value “${name}” has changed since it was entered here: rectify the latest entry or, if the proceeding changed it, reopen the task.`,
      });
    former[name] = value;
    scopes[name] = scope;
    entries.add(event);
  }
  const variables: Record<string, Json> = { ...asked.variables };
  for (const event of entries) {
    const wrong = await judgeCorrected(history, state, event, variables, judge);
    if (wrong) return { rejection: wrong };
  }
  const tasks = [...entries].flatMap(({ type, data }) => (type === 'UserTaskCompleted' ? [data.key] : []));
  return { command: { type: 'RectifyCase', variables, former, scopes, tasks, reason: asked.reason } };
}

function refuseName(name: string, code: CommandRejection['code'], message: Label): Checked {
  const pointer = `/variables/${pointerPart(name)}`;
  return { rejection: { code, message, errors: [{ pointer, code, message }] } };
}

/**
 * Only what is corrected is judged: the rest was right when it was handed in. That the case has it already (`noneOf`) is no
 * fault of a value that it had not when the entry was made, where the one in its place would be refused for it as well: what
 * the entry itself led to speaks there.
 */
async function judgeCorrected(
  history: readonly RecordedCaseEvent[],
  state: CaseState,
  event: RecordedCaseEvent,
  variables: Variables,
  judge: EntryJudge,
): Promise<CommandRejection | null> {
  const place = placeOf(history, event);
  if (place === null) return null;
  const given = enteredWith(history, event);
  const corrected = Object.entries(variables).filter(([name]) => Object.hasOwn(given, name));
  const right = { ...given, ...Object.fromEntries(corrected) };
  const wrong = await judge(place, right, state);
  if (wrong === null) return null;
  const there = knownOf(wrong);
  if (there.size > 0) {
    // Before it began, a case was of no body, which registers are asked for.
    const before = { ...fold(history.slice(0, history.indexOf(event))), comune: state.comune };
    const former = knownOf(await judge(place, given, state));
    const stood = knownOf(await judge(place, right, before));
    for (const pointer of there) if (!former.has(pointer) || stood.has(pointer)) there.delete(pointer);
  }
  const errors =
    wrong.errors?.filter(
      ({ code, pointer }) =>
        Object.hasOwn(variables, fieldOf(pointer)) && !(code === alreadyThere && there.has(pointer)),
    ) ?? [];
  return errors.length > 0 ? { ...wrong, errors } : null;
}

const alreadyThere = 'already-there';

/** Where the case has already what is given. */
const knownOf = (wrong: CommandRejection | null): Set<string> =>
  new Set(wrong?.errors?.flatMap(({ code, pointer }) => (code === alreadyThere ? [pointer] : [])));
