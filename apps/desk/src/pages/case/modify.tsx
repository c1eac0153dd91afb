import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useCommand } from '../../api/commands.ts';
import type { CaseStanding, CaseSummary, Instruction } from '../../api/model.ts';
import { useDeployed, useStanding } from '../../api/queries.ts';
import { useTyped } from '../../form/typed.ts';
import { readDrawing } from '../../process/drawing.ts';
import type { Node } from '../../process/drawing.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Loaded } from '../../ui/feedback.tsx';
import { ActForm } from './act-form.tsx';

type Token = CaseStanding['tokens'][number];
const kinds = ['move', 'cancel', 'set'] as const;
type Kind = (typeof kinds)[number];
type Order = Instruction & { readonly kind: Kind };

/** Moves a case by hand, one order at a time: a token to another step, the end of one, a value. With a reason. */
export function ModifyDialog({
  file,
  onClose,
}: {
  readonly file: CaseSummary;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const standing = useStanding(file.id);
  return (
    <Dialog title={t('modify.title')} onClose={onClose}>
      <p>{t('modify.text')}</p>
      <Loaded query={standing} lines={4}>
        {(state) => <Modify file={file} state={state} onClose={onClose} />}
      </Loaded>
    </Dialog>
  );
}

function Modify({
  file,
  state,
  onClose,
}: {
  readonly file: CaseSummary;
  readonly state: CaseStanding;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const nodes = useNodes(state);
  const [kind, setKind] = useTyped<Kind>('modify kind', state.tokens.length > 0 ? 'move' : 'set');
  const [key, setKey] = useTyped('modify token', state.tokens[0]?.key ?? '');
  const [element, setElement] = useTyped('modify to', '');
  const [name, setName] = useTyped('modify name', '');
  const [value, setValue] = useTyped('modify value', '');
  const token = state.tokens.find((one) => one.key === key);
  const targets = token ? targetsOf(token, state, nodes) : [];
  const labelOf = ({ element: of, definition, iteration }: Token) =>
    (nodes.get(definition)?.get(of)?.name || of) + (iteration === null ? '' : ` (${iteration})`);

  const modify = useCommand(({ reason, order }: { reason: string; order: Order }, header) =>
    api.POST('/api/v1/cases/{id}/modify', {
      // What was seen when the order was given: nobody moves a case that has moved on.
      params: { path: { id: file.id }, header: { ...header, 'If-Match': `"${state.revision}"` } },
      body: { reason, instructions: [order] },
    }),
  );
  const order = (): Order => {
    if (kind === 'set') return { kind: 'set', variables: { [name.trim()]: valueOf(value) } };
    return kind === 'cancel' ? { kind: 'cancel', key } : { kind: 'move', key, element };
  };
  const missing =
    kind === 'set' ? name.trim() === '' : token === undefined || (kind === 'move' && element === '');
  return (
    <ActForm
      caseId={file.id}
      submit={t(`modify.${kind}.submit`)}
      danger={kind === 'cancel'}
      ready={!missing}
      busy={modify.isPending}
      error={modify.error}
      onClose={onClose}
      onSubmit={(reason) => modify.mutate({ reason, order: order() }, { onSuccess: onClose })}
    >
      <fieldset className="desk-field">
        <legend>{t('modify.what')}</legend>
        {kinds.map((one) => (
          <div key={one} className="form-check">
            <input
              type="radio"
              id={`${id}-${one}`}
              name={id}
              checked={kind === one}
              disabled={one !== 'set' && state.tokens.length === 0}
              onChange={() => setKind(one)}
            />
            <label htmlFor={`${id}-${one}`}>{t(`modify.${one}.label`)}</label>
          </div>
        ))}
      </fieldset>
      {kind !== 'set' && (
        <div className="desk-field">
          <label htmlFor={`${id}-key`}>{t('modify.token')}</label>
          <select
            id={`${id}-key`}
            className="form-select"
            value={key}
            onChange={(event) => {
              setKey(event.target.value);
              setElement('');
            }}
          >
            {state.tokens.map((one) => (
              <option key={one.key} value={one.key}>
                {labelOf(one)}
              </option>
            ))}
          </select>
        </div>
      )}
      {kind === 'move' && (
        <div className="desk-field">
          <label htmlFor={`${id}-element`}>{t('modify.to')}</label>
          <select
            id={`${id}-element`}
            className="form-select"
            value={element}
            onChange={(event) => setElement(event.target.value)}
          >
            <option value="">{t('modify.choose')}</option>
            {targets.map((node) => (
              <option key={node.id} value={node.id} lang="it">
                {node.name || node.id}
              </option>
            ))}
          </select>
        </div>
      )}
      {kind === 'set' && (
        <>
          <div className="desk-field">
            <label htmlFor={`${id}-name`}>{t('modify.name')}</label>
            <input
              id={`${id}-name`}
              className="form-control"
              list={`${id}-names`}
              value={name}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
            <datalist id={`${id}-names`}>
              {Object.keys(state.variables).map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          </div>
          <div className="desk-field">
            <label htmlFor={`${id}-value`}>{t('modify.value')}</label>
            <input
              id={`${id}-value`}
              className="form-control"
              value={value}
              autoComplete="off"
              aria-describedby={`${id}-kind`}
              onChange={(event) => setValue(event.target.value)}
            />
            <p id={`${id}-kind`} className="desk-sub mb-0">
              {t('modify.kind', { kind: t(`modify.kinds.${kindOf(valueOf(value))}`) })}
            </p>
          </div>
        </>
      )}
    </ActForm>
  );
}

/** The nodes of the drawings that the tokens stand in, by definition and id. */
function useNodes(state: CaseStanding): ReadonlyMap<string, ReadonlyMap<string, Node>> {
  const hashes = useMemo(() => [...new Set(state.tokens.map(({ definition }) => definition))], [state]);
  const { data } = useDeployed(hashes);
  return useMemo(
    () =>
      new Map(
        data?.map(({ hash, key, xml }) => [
          hash,
          new Map(readDrawing(xml, key)?.nodes.map((node) => [node.id, node])),
        ]),
      ),
    [data],
  );
}

/** Where a token may go: steps of the scope that it lies in, at which something can begin. */
function targetsOf(
  token: Token,
  { tokens }: CaseStanding,
  nodes: ReadonlyMap<string, ReadonlyMap<string, Node>>,
): readonly Node[] {
  const around = tokens.find(({ key }) => key === token.scope);
  const scope = around?.definition === token.definition ? around.element : null;
  return [...(nodes.get(token.definition)?.values() ?? [])].filter(
    (node) =>
      node.scope === scope && node.type !== 'startEvent' && node.type !== 'boundaryEvent' && !node.onEvent,
  );
}

/** What was typed: JSON where it is some, else a text. */
function valueOf(typed: string): unknown {
  try {
    return JSON.parse(typed) as unknown;
  } catch {
    return typed;
  }
}

function kindOf(value: unknown): 'text' | 'number' | 'truth' | 'nothing' | 'other' {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'truth' : 'other';
}
