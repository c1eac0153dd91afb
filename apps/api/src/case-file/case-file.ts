import { visibleVariables } from '@iter/engine';
import type { CaseState, ElementInstance, ProtocolReference, Signature } from '@iter/engine';
import type { CaseReading } from '@iter/commands/case';

// What a case's page shows beside the views: told from its own history, so that it needs no view and is never behind.

type CaseEvents = CaseReading['events'];

export interface FiledDocument {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly protocolNo: string | null;
  readonly protocol: ProtocolReference | null;
  readonly at: string;
  readonly by: string;
  /** The task for which it was filed; null: none. */
  readonly task: string | null;
  /** 1, 2, 3 … of the same document. */
  readonly version: number;
  /** The versions before and after it; null: it is the first, the newest. */
  readonly replaces: string | null;
  readonly replacedBy: string | null;
  /** The document of which it is another form: what can be edited. */
  readonly formOf: string | null;
  /** The act as which the house drafted it; null: people filed it. */
  readonly draft: {
    readonly name: string;
    readonly templateVersion: number;
    readonly revision: number;
    readonly blanks: number;
  } | null;
  readonly signature: Signature | null;
}

/** Documents in the order in which they were filed. A name that was erased with its key is the key. */
export function documentsOf(caseId: string, events: CaseEvents): readonly FiledDocument[] {
  const idOf = (key: string | undefined): string | null => (key === undefined ? null : `${caseId}.${key}`);
  const acts = new Map<string, FiledDocument['draft']>();
  const after = new Map<string, string>();
  const versions = new Map<string, number>();
  for (const { type, data } of events) {
    if (type === 'ActDrafted') {
      const { name, templateVersion, revision, blanks } = data;
      for (const key of [data.document, data.editable]) {
        if (key !== null) acts.set(key, { name, templateVersion, revision, blanks });
      }
    }
    if (type !== 'DocumentAttached') continue;
    const { key, replaces, formOf } = data;
    if (replaces !== undefined) after.set(replaces, key);
    const before = formOf ?? replaces;
    const last = before === undefined ? 0 : (versions.get(before) ?? 0);
    versions.set(key, formOf === undefined ? last + 1 : Math.max(1, last));
  }
  return events.flatMap((event) => {
    if (event.type !== 'DocumentAttached') return [];
    const { key, name, mediaType, sizeBytes, sha256, protocolNo, replaces, formOf, signature } = event.data;
    const { protocol = null } = event.data;
    return [
      {
        id: `${caseId}.${key}`,
        name: name ?? key,
        mediaType,
        sizeBytes,
        sha256,
        protocolNo: protocolNo ?? null,
        protocol,
        at: event.recordedAt,
        by: event.actor.account,
        task: idOf(event.data.task ?? undefined),
        version: versions.get(key) ?? 1,
        replaces: idOf(replaces),
        replacedBy: idOf(after.get(formOf ?? key)),
        formOf: idOf(formOf),
        draft: acts.get(key) ?? null,
        signature: signature ? { ...signature, apart: signature.apart && idOf(signature.apart) } : null,
      },
    ];
  });
}

export const commentsOf = (
  caseId: string,
  events: CaseEvents,
): readonly { readonly id: string; readonly text: string; readonly at: string; readonly by: string }[] =>
  events.flatMap((event) =>
    event.type === 'CommentAdded'
      ? [
          {
            id: `${caseId}.${event.data.key}`,
            text: event.data.text ?? '',
            at: event.recordedAt,
            by: event.actor.account,
          },
        ]
      : [],
  );

/** Something in which the flow waits. */
export interface Token {
  readonly key: string;
  readonly element: string;
  /** Key of the scope that it lies in; null: the case itself. */
  readonly scope: string | null;
  /** Hash of the definition that the element is of: inside a call, the called one. */
  readonly definition: string;
  /** Which instance of a repeated activity it is; null: it is not repeated. */
  readonly iteration: number | null;
  readonly incident: boolean;
}

/** Where the tokens stand: elements that wait, tasks and jobs among them. */
export function tokensOf(state: CaseState): readonly Token[] {
  const troubled = new Set([...state.incidents.values()].map(({ host }) => host));
  return [...state.elements.values()].map(({ key, element, scope, definition, iteration }) => ({
    ...{ key, element, scope, definition },
    iteration: iteration === 0 ? null : iteration,
    incident: troubled.has(key),
  }));
}

/** Tokens that wait for others where flows come together. */
export function joinsOf(
  state: CaseState,
): readonly { element: string; flow: string; scope: string | null; tokens: number }[] {
  return [state.root, ...state.elements.values()].flatMap((scope) =>
    Object.entries(scope.joins ?? {}).flatMap(([element, flows]) =>
      Object.entries(flows).map(([flow, tokens]) => ({
        ...{ element, flow, tokens },
        scope: 'key' in scope ? (scope as ElementInstance).key : null,
      })),
    ),
  );
}

/** The values that a form shows: what its element sees. */
export const formValues = (state: CaseState, key: string): object =>
  state.elements.has(key) ? visibleVariables(state, key) : state.root.variables;

/**
 * The names of the variables that a form asks for or shows, by its components' keys and expressions. Within the rows of a
 * list the keys are entries of the row, and what an expression there calls by their names is the row's.
 */
export function keysOfForm(form: object | null): ReadonlySet<string> {
  const keys = new Set<string>();
  const walk = (value: unknown, row: ReadonlySet<string> | null): void => {
    if (Array.isArray(value)) return value.forEach((one) => walk(one, row));
    if (typeof value !== 'object' || value === null) return;
    const { type, components, ...rest } = value as Record<string, unknown>;
    const add = (name: string): void => {
      if (!row?.has(name)) keys.add(name);
    };
    for (const [name, member] of Object.entries(rest)) {
      if ((name === 'key' || name === 'path' || name === 'valuesKey') && typeof member === 'string')
        add(member.split('.')[0]!);
      // What is offered of a register is narrowed by its entries alone.
      else if (name === 'offer') continue;
      // `=name` expressions of texts, defaults and conditions read variables too.
      else if (typeof member === 'string' && member.startsWith('=')) {
        for (const [word] of member.matchAll(/[A-Za-z_][A-Za-z0-9_]*/g)) add(word);
      } else walk(member, row);
    }
    walk(components, type === 'dynamiclist' ? rowKeysOf(components) : row);
  };
  walk(form, null);
  return keys;
}

/** Keys of the fields of a row, also in groups. */
function rowKeysOf(components: unknown): ReadonlySet<string> {
  const keys = new Set<string>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk);
    if (typeof value !== 'object' || value === null) return;
    const { key, components } = value as Record<string, unknown>;
    if (typeof key === 'string') keys.add(key);
    walk(components);
  };
  walk(components);
  return keys;
}

/** Of an event, what its readers are answered. */
export const factOf = ({ id, type, revision, occurredAt, recordedAt, actor, data }: CaseEvents[number]) => ({
  ...{ id, type, revision, occurredAt, recordedAt, actor, data },
});
