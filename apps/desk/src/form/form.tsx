import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { ApiProblem, ProblemPlace } from '../api/problem.ts';
import { useSession } from '../session/session.tsx';
import { useClock } from '../time/clock.tsx';
import { Note, Skeleton } from '../ui/feedback.tsx';
import { Icon } from '../ui/icon.tsx';
import { afterPress } from '../ui/press.ts';
import { checkRows } from './check-rows.ts';
import { useEvaluator, useLive } from './live.ts';
import type { Evaluator } from './live.ts';
import { faultsOf, stillAsked } from './faults.ts';
import type { SentRows } from './faults.ts';
import { FieldControl, controlId } from './fields.tsx';
import { ChoicePlaceContext } from './register-choice.tsx';
import type { ChoicePlace } from './register-choice.tsx';
import { forget, keep, keepOwn, takeLater, useFoundDraft, useIsKept, useLater } from './kept-drafts.ts';
import type { OwnDraft } from './kept-drafts.ts';
import { KeptText } from './kept.tsx';
import { LaterDraft } from './later.tsx';
import { ListControl } from './list/list.tsx';
import { pageSize } from './list/pager.tsx';
import { rowFieldId } from './list/row.tsx';
import { keptRows, openingRows, rowsIn, sentRows } from './rows.ts';
import type { Row } from './rows.ts';
import { askedOf, fieldsOf, idOf, listsOf, readForm } from './schema.ts';
import type { List, Part } from './schema.ts';
import { FaultSummary } from './summary.tsx';
import type { Control } from './summary.tsx';
import { check, isBlank, offered, openingValues, sentValues } from './values.ts';
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
  /** The definition that the form is of and whose case it is: who chooses from registers is offered what they have for it. */
  readonly place?: Omit<ChoicePlace, 'form'> | undefined;
  readonly onSubmit: (values: Values) => Promise<unknown>;
  /**
   * Asks the server what it would say to these values, before they are sent: when a date that may be bounded is left,
   * and before sending. A question that fails is no answer: sending will tell.
   */
  readonly check?: (values: Values) => Promise<readonly ProblemPlace[]>;
  /** Fields of ours before those of the schema. */
  readonly before?: ReactNode;
  readonly ours?: {
    /** Those of them that are empty and must not be, by the ids of their controls. */
    readonly missing: readonly Control[];
    /** The one that a pointer of the server names, where it is none of the schema's. */
    readonly named?: (key: string) => Control | undefined;
    /** Called when they are to be said. */
    readonly sent: () => void;
  };
  /** Above the submit button, of what would be sent as it stands. */
  readonly beforeSending?: ((filledIn: FilledIn) => ReactNode) | undefined;
  /** Buttons beside the submit button. */
  readonly actions?: ReactNode;
}

/** What a form holds so far, what it asks for, and what of that it needs and does not hold. */
export interface FilledIn {
  readonly values: Values;
  readonly asked: readonly AskedNow[];
  readonly missing: readonly AskedNow[];
}

/** Something that a form asks for as it stands: its place in the values, and its name. */
export interface AskedNow {
  readonly key: string;
  readonly label: string;
}

/** The values as they are sent, and which rows they are. */
interface Collected {
  readonly sent: Values;
  readonly ids: SentRows;
}

/**
 * A form drawn from a form-js schema. What is typed is kept until it was sent; errors stand beside their fields and in a
 * summary at the top that takes the focus; Ctrl+Enter sends.
 */
export function Form(props: FormProps) {
  const { i18n } = useTranslation();
  const form = useMemo(() => readForm(props.schema, i18n.language), [props.schema, i18n.language]);
  const found = useFoundDraft(useSession().account, props.name);
  const evaluate = useEvaluator(form);
  // Before its conditions are known it would ask for what it hides.
  if (found === null || evaluate === null) return <Skeleton />;
  return <OpenForm {...props} form={form} evaluate={evaluate} found={found.draft} />;
}

interface OpenFormProps extends FormProps {
  readonly form: readonly Part[];
  readonly evaluate: Evaluator;
  readonly found: OwnDraft | null;
}

function OpenForm(props: OpenFormProps) {
  const {
    name,
    schema,
    form,
    evaluate,
    variables,
    problem,
    disabled = false,
    busy,
    onSubmit,
    pointerRoot = 'variables',
  } = props;
  const { t } = useTranslation();
  const { account } = useSession();
  const now = useClock();
  const [draft] = useState(props.found);
  const isKept = useIsKept(account, name);
  const [typed, setTyped] = useState<Values>(() => draft?.values ?? {});
  const later = useLater(account, name, draft, typed);
  const opening = useMemo((): Values => {
    const rows = listsOf(form).map((list) => [list.key, openingRows(list, variables[list.key])] as const);
    return { ...openingValues(fieldsOf(form), variables), ...Object.fromEntries(rows) };
  }, [form, variables]);
  const held = useMemo((): Values => ({ ...opening, ...typed }), [opening, typed]);
  const live = useLive(form, variables, held, evaluate);
  const { parts, hidden } = live;
  const fields = useMemo(() => fieldsOf(parts), [parts]);
  const values = useMemo(() => offered(fields, held, variables), [fields, held, variables]);
  const lists = useMemo(() => listsOf(parts), [parts]);
  const asked = useMemo(() => askedOf(parts), [parts]);
  const [ownFaults, setOwnFaults] = useState<readonly Fault[]>([]);
  /** What the server found when a date was left: beside its field, not yet in the summary. */
  const [early, setEarly] = useState<readonly Fault[]>([]);
  /** Which of two texts was chosen, until somebody types on: where the focus goes, for the question that had it is gone. */
  const [chosen, setChosen] = useState<'taken' | 'own' | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [checking, setChecking] = useState(false);
  const [sentIds, setSentIds] = useState<SentRows>({});
  const [pages, setPages] = useState<Readonly<Record<string, number>>>({});
  const question = useRef(0);
  const summary = useRef<HTMLDivElement>(null);

  const { definition, comune, task } = props.place ?? {};
  const place = useMemo(
    () =>
      definition === undefined || comune === undefined
        ? null
        : { definition, comune, form: idOf(schema), ...(task !== undefined && { task }) },
    [definition, comune, task, schema],
  );
  const serverFaults = useMemo(
    () => faultsOf(problem?.errors ?? [], pointerRoot, asked, sentIds),
    [problem, pointerRoot, asked, sentIds],
  );
  const faults = useMemo(
    () => stillAsked(ownFaults.length > 0 ? ownFaults : serverFaults, asked, hidden),
    [ownFaults, serverFaults, asked, hidden],
  );
  const missing = attempt > 0 ? (props.ours?.missing ?? []) : [];
  const shownFaults = useMemo(() => [...faults, ...early], [faults, early]);

  useEffect(() => {
    summary.current?.focus();
    // At each attempt, not at each keystroke.
  }, [attempt, serverFaults]);

  const change = (key: string, value: unknown) => {
    const next = { ...typed, [key]: value };
    setTyped(next);
    setChosen(null);
    keep(account, name, next, now().toISOString());
    const before = rowsIn(values[key]);
    const after = rowsIn(value);
    // Of a list, what is wrong stays with the rows that are as they were.
    const stands = (fault: Fault) =>
      fault.key !== key ||
      (fault.row !== undefined && after.some((row) => row.id === fault.row && before.includes(row)));
    setOwnFaults(ownFaults.filter(stands));
    setEarly(early.filter(stands));
  };

  const collect = (): Collected => {
    const asks = lists.filter((list) => !list.readOnly && !hidden.has(list.id));
    const kept = asks.map((list) => ({ list, rows: keptRows(list, rowsIn(values[list.key])) }));
    return {
      sent: {
        ...sentValues(fields, values, hidden, variables),
        ...Object.fromEntries(
          kept.map(({ list, rows }) => [list.key, sentRows(rows, (row) => live.ofRow(list, row), variables)]),
        ),
      },
      ids: Object.fromEntries(kept.map(({ list, rows }) => [list.key, rows.map(({ id }) => id)])),
    };
  };

  /** In the order in which it is asked, rows among the fields. */
  const foundByUs = (): readonly Fault[] => {
    const order = asked.map(({ key }) => key);
    return [
      ...check(fields, values, hidden),
      ...lists
        .filter((list) => !hidden.has(list.id))
        .flatMap((list) => checkRows(list, rowsIn(values[list.key]), (row) => live.ofRow(list, row))),
    ].toSorted((one, other) => order.indexOf(one.key) - order.indexOf(other.key));
  };

  // Told while people type: large lists are gone through when there is time.
  const settled = useDeferredValue(values);
  const isWatched = props.beforeSending !== undefined;
  const filledIn = useMemo((): FilledIn => {
    if (!isWatched) return { values: {}, asked: [], missing: [] };
    const wanting = new Set(foundByUs().flatMap(({ key, rule }) => (needed.has(rule) ? [key] : [])));
    const now = asked.filter(({ id }) => !hidden.has(id)).map(({ key, label }) => ({ key, label }));
    return { values: collect().sent, asked: now, missing: now.filter(({ key }) => wanting.has(key)) };
  }, [settled, live, isWatched]); // eslint-disable-line react-hooks/exhaustive-deps -- all of it follows from the values

  /** What the server has against values; null: it cannot be asked. */
  const judge = async ({ sent, ids }: Collected): Promise<readonly Fault[] | null> => {
    if (props.check === undefined) return null;
    try {
      return faultsOf(await props.check(sent), pointerRoot, asked, ids);
    } catch {
      return null;
    }
  };

  /**
   * A date was left: those that are filled in are judged by the server, which knows the legal calendar. What is no date in
   * our own eyes is told when it is sent, in our words.
   */
  const leave = async () => {
    if (props.check === undefined || disabled || busy || checking) return;
    const turn = ++question.current;
    const found = (await judge(collect())) ?? [];
    await new Promise<void>(afterPress);
    if (turn !== question.current) return;
    const own = foundByUs();
    const isOwn = ({ key, row, field }: Fault) =>
      own.some((one) => one.key === key && one.row === row && one.field === field);
    setEarly(found.filter((fault) => isOfChecked(fault) && !isOwn(fault)));
  };

  const isOfChecked = (fault: Fault): boolean => {
    const one = asked.find(({ key }) => key === fault.key);
    if (one?.kind === 'field') return one.checked && !isBlank(values[one.key]);
    const field = one?.fields.find(({ key }) => key === fault.field);
    const row = rowsIn(values[fault.key]).find(({ id }) => id === fault.row);
    return field?.checked === true && row !== undefined && !isBlank(row.values[field.key]);
  };

  /** What the server has against rows, as if they were the list; null: it cannot be asked. */
  const judgeRows = (list: List, rows: readonly Row[]): Promise<readonly Fault[] | null> => {
    const { sent, ids } = collect();
    return judge({
      sent: { ...sent, [list.key]: sentRows(rows, (row) => live.ofRow(list, row), variables) },
      ids: { ...ids, [list.key]: rows.map(({ id }) => id) },
    });
  };

  const submit = async () => {
    if (busy || disabled || checking) return;
    question.current += 1;
    const found = foundByUs();
    props.ours?.sent();
    setEarly([]);
    setOwnFaults(found);
    setAttempt((n) => n + 1);
    if (found.length > 0 || (props.ours?.missing ?? []).length > 0) return;
    const { sent, ids } = collect();
    setChecking(true);
    const refused = (await judge({ sent, ids })) ?? [];
    setChecking(false);
    if (refused.length > 0) {
      setOwnFaults(refused);
      setAttempt((n) => n + 1);
      return;
    }
    setSentIds(ids);
    try {
      await onSubmit(sent);
      forget(account, name);
    } catch {
      // The refusal comes back as `problem`; what was typed stays.
    }
  };

  const rowAt = ({ key, row }: Fault): number => rowsIn(values[key]).findIndex(({ id }) => id === row);

  /** Leads to what is wrong, also on another page of a list. */
  const go = (fault: Fault) => {
    const one = asked.find(({ key }) => key === fault.key);
    const at = rowAt(fault);
    if (one?.kind === 'list' && at >= 0) {
      flushSync(() => setPages({ ...pages, [one.id]: Math.floor(at / pageSize) }));
      const field = one.fields.find(({ key }) => key === fault.field) ?? one.fields[0];
      if (field)
        return document
          .getElementById(controlId({ id: rowFieldId(one, { id: fault.row ?? '' }, field) }))
          ?.focus();
    }
    const id = one ? controlId(one) : props.ours?.named?.(fault.key)?.id;
    if (id !== undefined) document.getElementById(id)?.focus();
  };

  const startAfresh = () => {
    setTyped({});
    setOwnFaults([]);
    setEarly([]);
    forget(account, name);
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
      case 'list':
        return (
          <div key={part.id} className="col-12">
            <ListControl
              list={part}
              rows={rowsIn(values[part.key])}
              known={variables[part.key]}
              faults={shownFaults}
              live={live}
              variables={variables}
              disabled={disabled}
              upload={props.upload ?? null}
              page={pages[part.id] ?? 0}
              onPage={(page) => setPages((before) => ({ ...before, [part.id]: page }))}
              onChange={(rows) => change(part.key, rows)}
              onLeave={() => void leave()}
              judge={(rows) => judgeRows(part, rows)}
            />
          </div>
        );
      case 'field':
        return (
          <div key={part.id} className={column} onBlur={() => part.checked && void leave()}>
            <FieldControl
              field={part}
              value={(part.readOnly ? opening : values)[part.key]}
              fault={shownFaults.find((fault) => fault.key === part.key)}
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
      {faults.length + missing.length > 0 && (
        <FaultSummary
          {...{ missing, faults, asked }}
          ours={props.ours?.named}
          box={summary}
          placeOf={rowAt}
          onGo={go}
        />
      )}
      {draft !== null && later === null && !disabled && Object.keys(typed).length > 0 && (
        <div className="alert alert-info desk-note" role="status">
          {t('form.draftFound')}{' '}
          <button type="button" className="btn btn-link p-0 align-baseline" onClick={startAfresh}>
            {t('form.draftForget')}
          </button>
        </div>
      )}
      {later === null && chosen !== null && (
        <Note kind="success" focus>
          {t(`form.later.${chosen}`)}
        </Note>
      )}
      {later !== null && !disabled && (
        <LaterDraft
          at={later.at}
          onTake={() => {
            setTyped(later.values);
            setOwnFaults([]);
            setEarly([]);
            takeLater(account, name);
            setChosen('taken');
          }}
          onKeep={() => {
            keepOwn(account, name, typed, now().toISOString());
            setChosen('own');
          }}
        >
          <KeptText
            asked={asked}
            typed={later.values}
            values={{ ...opening, ...later.values }}
            sent={later.values}
            title={t('form.later.text')}
          />
        </LaterDraft>
      )}
      {disabled && Object.keys(typed).length > 0 && (
        <KeptText asked={asked} typed={typed} values={values} sent={collect().sent} />
      )}
      {props.before}
      <ChoicePlaceContext value={place}>
        <div className="row">{parts.map(draw)}</div>
      </ChoicePlaceContext>
      {parts.length === 0 && props.before === undefined && (
        <p className="text-secondary">{t('form.nothingAsked')}</p>
      )}
      {props.beforeSending?.(filledIn)}
      <div className="desk-form-foot">
        <button type="submit" className="btn btn-primary" disabled={busy || disabled || checking}>
          {busy || checking ? t('form.sending') : props.submitLabel}
        </button>
        {props.actions}
        {Object.keys(typed).length > 0 && (
          <span className="desk-draft">
            <Icon name="check" size="xs" /> {t(isKept ? 'form.draftKept' : 'form.draftInTab')}
          </span>
        )}
      </div>
    </form>
  );
}

const needed: ReadonlySet<Fault['rule']> = new Set(['required', 'minRows'] as const);

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
