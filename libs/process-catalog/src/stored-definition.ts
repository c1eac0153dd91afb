import type { StoredEvent } from '@iter/event-store';
import { readAccepted, readAct, readForm } from '@iter/process-model';
import type { ActTemplate, Form, ProcessModel } from '@iter/process-model';
import type { Draft } from './compile.ts';
import type { Definition, DefinitionDeployed } from './definition.ts';

/**
 * A definition out of the log. What is stored is the file and not what was made of it: that is read when somebody first asks
 * for it, some tens of milliseconds, since of all versions that were ever deployed few are asked for (ADR 0046).
 * @param drafts what was read already, by hash
 * @throws on asking, when it cannot be read any more
 */
export function storedDefinition(event: StoredEvent, drafts: ReadonlyMap<string, Draft>): Definition {
  const {
    key,
    name,
    version,
    hash,
    xml,
    forms,
    acts = {},
    files,
    deployment,
  } = event.data as unknown as DefinitionDeployed['data'];
  const draft = (): Draft | undefined => drafts.get(hash);
  const model = lazily((): ProcessModel => {
    const read = draft()?.model ?? readAccepted(xml).find((each) => each.key === key);
    if (!read) throw new Error(`version ${version} of ${key} cannot be read any more`);
    return Object.freeze({ ...read, hash });
  });
  const readForms = lazily(
    () =>
      new Map(
        Object.entries(forms).map(([id, schema]) => [
          id,
          draft()?.readForms.get(id) ?? formAgain(id, schema),
        ]),
      ),
  );
  const readActs = lazily(
    () =>
      new Map(
        Object.entries(acts).map(([id, text]) => [id, draft()?.readActs.get(id)?.act ?? actAgain(id, text)]),
      ),
  );
  return {
    key,
    name,
    version,
    hash,
    xml,
    get model() {
      return model();
    },
    forms: new Map(Object.entries(forms)),
    get readForms() {
      return readForms();
    },
    get acts() {
      return readActs();
    },
    files,
    deployedAt: event.recordedAt,
    position: event.position,
    deployment: deployment ?? null,
    deployedBy: event.actor.account,
    deployedFor: event.tenant,
  };
}

/** Has a definition read while its draft is there. */
export function readNow({ model, readForms, acts }: Definition): void {
  void [model, readForms, acts];
}

/** Made on the first question; what throws is asked again. */
function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function formAgain(id: string, schema: Parameters<typeof readForm>[0]): Form {
  const { form } = readForm(schema);
  // A form that was accepted once and no longer is must not make its task accept anything.
  if (!form) throw new Error(`the form ${id} cannot be read any more`);
  return form;
}

function actAgain(name: string, text: string): ActTemplate {
  const { act } = readAct(text, name);
  if (!act) throw new Error(`the template ${name} cannot be read any more`);
  return act;
}
