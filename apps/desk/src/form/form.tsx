import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../api/problem.ts';
import { fieldOf } from '../api/problem.ts';
import { useSession } from '../session/session.tsx';
import { Icon } from '../ui/icon.tsx';
import { useHidden } from './conditions.ts';
import { dropDraft, keepDraft, readDraft } from './draft.ts';
import { FieldControl, controlId, useFaultWords } from './fields.tsx';
import { fieldsOf, readForm } from './schema.ts';
import type { Part } from './schema.ts';
import { check, openingValues, sentValues } from './values.ts';
import type { Fault, Values } from './values.ts';

interface FormProps {
  /** Names the draft: one per task or start. */
  readonly name: string;
  readonly schema: unknown;
  readonly variables: Values;
  readonly submitLabel: string;
  readonly busy: boolean;
  readonly disabled?: boolean;
  /** The server's refusal: its pointers become errors beside the fields. */
  readonly problem: ApiProblem | null;
  /** Name of the object in the request that the pointers start from. */
  readonly pointerRoot?: string;
  readonly upload?: (file: File) => Promise<string>;
  readonly onSubmit: (values: Values) => Promise<unknown>;
  /** Fields of ours before those of the schema. */
  readonly before?: ReactNode;
  /** Buttons beside the submit button. */
  readonly actions?: ReactNode;
}

/**
 * A form drawn from a form-js schema. What is typed is kept in this tab until it was sent; errors stand
 * beside their fields and in a summary at the top that takes the focus; Ctrl+Enter sends.
 */
export function Form(props: FormProps) {
  const {
    name,
    schema,
    variables,
    problem,
    disabled = false,
    busy,
    onSubmit,
    pointerRoot = 'variables',
  } = props;
  const { t, i18n } = useTranslation();
  const { account } = useSession();
  const words = useFaultWords();
  const parts = useMemo(() => readForm(schema, i18n.language), [schema, i18n.language]);
  const fields = useMemo(() => fieldsOf(parts), [parts]);
  const [draft] = useState(() => readDraft(account, name));
  const [typed, setTyped] = useState<Values>(() => draft ?? {});
  const values = useMemo(
    () => ({ ...openingValues(fields, variables), ...typed }),
    [fields, variables, typed],
  );
  const hidden = useHidden(parts, variables, values);
  const [ownFaults, setOwnFaults] = useState<readonly Fault[]>([]);
  const [attempt, setAttempt] = useState(0);
  const summary = useRef<HTMLDivElement>(null);

  const serverFaults = useMemo(
    () =>
      (problem?.errors ?? []).flatMap((error): Fault[] => {
        const key = fieldOf(error.pointer, pointerRoot);
        return key === null ? [] : [{ key, rule: 'server', message: error.message }];
      }),
    [problem, pointerRoot],
  );
  const faults = ownFaults.length > 0 ? ownFaults : serverFaults;

  useEffect(() => {
    if (faults.length > 0) summary.current?.focus();
  }, [attempt, serverFaults]); // eslint-disable-line react-hooks/exhaustive-deps -- at each attempt, not at each keystroke

  const change = (key: string, value: unknown) => {
    const next = { ...typed, [key]: value };
    setTyped(next);
    keepDraft(account, name, next);
    setOwnFaults(ownFaults.filter((fault) => fault.key !== key));
  };

  const submit = async () => {
    if (busy || disabled) return;
    const found = check(fields, values, hidden);
    setOwnFaults(found);
    setAttempt((n) => n + 1);
    if (found.length > 0) return;
    try {
      await onSubmit(sentValues(fields, values, hidden));
      dropDraft(account, name);
    } catch {
      // The refusal comes back as `problem`; what was typed stays.
    }
  };

  const forget = () => {
    setTyped({});
    setOwnFaults([]);
    dropDraft(account, name);
  };

  const draw = (part: Part): ReactNode => {
    if (hidden.has(part.id)) return null;
    const column = `col-12 col-md-${part.columns}`;
    switch (part.kind) {
      case 'text':
        return (
          <div key={part.id} className="col-12">
            <PlainText text={part.text} />
          </div>
        );
      case 'line':
        return <hr key={part.id} className="col-12" />;
      case 'group':
        return (
          <fieldset key={part.id} className={`col-12 desk-group ${part.outline ? 'is-outlined' : ''}`}>
            {part.label !== '' && <legend>{part.label}</legend>}
            <div className="row">{part.parts.map(draw)}</div>
          </fieldset>
        );
      case 'unknown':
        return (
          <p key={part.id} className="col-12 alert alert-warning">
            {t('form.unknownField', { label: part.label || part.type, type: part.type })}
          </p>
        );
      case 'field':
        return (
          <div key={part.id} className={column}>
            <FieldControl
              field={part}
              value={values[part.key]}
              fault={faults.find((fault) => fault.key === part.key)}
              variables={variables}
              disabled={disabled}
              upload={props.upload ?? null}
              onChange={(value) => change(part.key, value)}
            />
          </div>
        );
    }
  };

  return (
    <form
      noValidate
      className="desk-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
      }}
    >
      {faults.length > 0 && (
        <div ref={summary} className="alert alert-danger desk-note" role="alert" tabIndex={-1}>
          <p className="fw-semibold mb-1">{t('form.summary', { count: faults.length })}</p>
          <ul className="mb-0">
            {faults.map((fault, at) => {
              const field = fields.find((one) => one.key === fault.key);
              const text = `${field?.label ?? fault.key}: ${words(fault, field)}`;
              return (
                <li key={at}>
                  {field ? (
                    <a
                      href={`#${controlId(field)}`}
                      onClick={(event) => {
                        event.preventDefault();
                        document.getElementById(controlId(field))?.focus();
                      }}
                    >
                      {text}
                    </a>
                  ) : (
                    text
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      )}
      {draft !== null && Object.keys(typed).length > 0 && (
        <div className="alert alert-info desk-note" role="status">
          {t('form.draftFound')}{' '}
          <button type="button" className="btn btn-link p-0 align-baseline" onClick={forget}>
            {t('form.draftForget')}
          </button>
        </div>
      )}
      {props.before}
      <div className="row">{parts.map(draw)}</div>
      {parts.length === 0 && props.before === undefined && (
        <p className="text-secondary">{t('form.nothingAsked')}</p>
      )}
      <div className="desk-form-foot">
        <button type="submit" className="btn btn-primary" disabled={busy || disabled}>
          {busy ? t('form.sending') : props.submitLabel}
        </button>
        {props.actions}
        {Object.keys(typed).length > 0 && (
          <span className="desk-draft">
            <Icon name="check" size="xs" /> {t('form.draftKept')}
          </span>
        )}
      </div>
    </form>
  );
}

/** The little Markdown that form-js texts use: headings, emphasis and paragraphs, as text, never as HTML. */
function PlainText({ text }: { readonly text: string }) {
  return text
    .replace(/<[^>]+>/g, '')
    .split(/\n{2,}/)
    .map((block, at) => {
      const heading = /^#{1,6}\s+(.*)$/s.exec(block.trim());
      const inner = (heading?.[1] ?? block).replace(/[*_`]{1,2}([^*_`]+)[*_`]{1,2}/g, '$1');
      return heading ? (
        <h3 key={at} className="h5 mt-3">
          {inner}
        </h3>
      ) : (
        <p key={at}>{inner}</p>
      );
    });
}
