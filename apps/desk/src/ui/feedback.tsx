import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf, wantsReason } from '../api/problem.ts';
import type { ApiProblem } from '../api/problem.ts';
import { useGiveReason } from '../session/reading.tsx';
import { Icon } from './icon.tsx';
import { Mixed } from './mixed.tsx';

/** Grey bars of about the size of what is to come, so that nothing jumps. */
export function Skeleton({ lines = 4 }: { readonly lines?: number }) {
  const { t } = useTranslation();
  return (
    <div className="desk-skeleton" role="status">
      <span className="visually-hidden">{t('common.loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} aria-hidden="true" />
      ))}
    </div>
  );
}

/** Nothing to show, and what that means. */
export function Empty({
  icon = 'check-circle',
  title,
  children,
}: {
  icon?: string;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div className="desk-empty">
      <Icon name={icon} size="md" />
      <p className="fw-semibold mb-1">{title}</p>
      {children !== undefined && <div className="text-secondary">{children}</div>}
    </div>
  );
}

interface NoteProps {
  readonly kind: 'info' | 'success' | 'warning' | 'danger';
  readonly title?: string;
  readonly children?: ReactNode;
  /** Takes the focus when it appears: after something the person did. */
  readonly focus?: boolean;
}

/** A message in the page; troubles are announced at once. */
export function Note({ kind, title, children, focus = false }: NoteProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus) box.current?.focus();
  }, [focus]);
  const role = kind === 'danger' || kind === 'warning' ? 'alert' : 'status';
  return (
    <div ref={box} className={`alert alert-${kind} desk-note`} role={role} tabIndex={focus ? -1 : undefined}>
      {title !== undefined && (
        <p className="fw-semibold mb-1">
          <Mixed text={title} />
        </p>
      )}
      {children}
    </div>
  );
}

/** A refusal or failure in plain words, in the language of the reader; of what was only read, nothing is said of doing it twice. */
export function useProblemWords(): (problem: ApiProblem, wasRead?: boolean) => string {
  const { t, i18n } = useTranslation();
  return ({ code, status }, wasRead = false) => {
    const known = `problem.${code}`;
    const isFault = code === 'internal-error' || (status >= 500 && !i18n.exists(known));
    if (isFault && wasRead) return t('problem.reading');
    if (i18n.exists(known)) return i18n.t(known as 'problem.refused');
    if (status === 0) return t('problem.unreachable');
    if (status === 403) return t('problem.forbidden');
    if (status === 404) return t('problem.missing');
    if (status === 429) return t('problem.tooMany');
    return t(status >= 500 ? 'problem.fault' : 'problem.refused');
  };
}

/** What the server says of the case at hand; null: without anything to say it repeats the title. */
export function saidOf({ detail, title, status }: ApiProblem): string | null {
  return detail !== '' && detail !== title && status < 500 ? detail : null;
}

/** The server answers in the page's language, save where a process says it in Italian alone. */
const languageOf = ({ more }: ApiProblem): 'it' | undefined =>
  more['detailLanguage'] === 'it' ? 'it' : undefined;

/** A refusal in one line: in the reader's language, then what the server says of the case at hand. */
export function Refusal({ problem }: { readonly problem: ApiProblem }) {
  const said = saidOf(problem);
  return (
    <>
      {useProblemWords()(problem).replace(/\.$/, '')}
      {said !== null && (
        <>
          {'. '}
          <span lang={languageOf(problem)}>{said}</span>
        </>
      )}
    </>
  );
}

interface ProblemProps {
  readonly error: unknown;
  readonly retry?: () => void;
  readonly focus?: boolean;
  /** What else is known of it. */
  readonly children?: ReactNode;
}

/** A failure in plain words: what happened, what to do, and the number that helps whoever mends it. */
export function Problem({ error, retry, focus, children }: ProblemProps) {
  const { t } = useTranslation();
  const wordsOf = useProblemWords();
  const problem = problemOf(error);
  const said = saidOf(problem);
  return (
    <Note kind="danger" title={wordsOf(problem, retry !== undefined)} focus={focus}>
      {said !== null && (
        <p className="mb-1" lang={languageOf(problem)}>
          {said}
        </p>
      )}
      {children}
      {problem.traceId !== null && problem.status >= 500 && (
        <p className="small mb-1">{t('problem.trace', { id: problem.traceId })}</p>
      )}
      {retry !== undefined && (problem.outcomeUnknown || problem.status === 429) && (
        <button type="button" className="btn btn-sm btn-outline-danger mt-2" onClick={retry}>
          {t('common.retry')}
        </button>
      )}
    </Note>
  );
}

interface LoadedProps<T> {
  readonly query: { data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}

/** What a query brings, or its skeleton, or why it failed; data already there stays while a later try fails. */
export function Loaded<T>({ query, lines, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (wantsReason(query.error)) return <AskReason />;
  if (query.error && problemOf(query.error).status === 403) return <Reserved error={query.error} />;
  if (query.error) return <Problem error={query.error} retry={() => void query.refetch()} />;
  return <Skeleton lines={lines} />;
}

/** Of a case, what a role may not read: no failure, the law wants it so. */
function Reserved({ error }: { readonly error: unknown }) {
  const inCase = useGiveReason() !== null;
  return inCase ? <ReservedNote /> : <Problem error={error} />;
}

/** That the content of a case is not for whoever reads, and who may be asked. */
export function ReservedNote() {
  const { t } = useTranslation();
  return (
    <Note kind="info" title={t('reading.reserved')}>
      {t('reading.reservedText')}
    </Note>
  );
}

/** Asks why a case is read, where the role may read it only so. */
export function AskReason() {
  const { t } = useTranslation();
  const give = useGiveReason();
  const [reason, setReason] = useState('');
  const field = useId();
  if (give === null) return <Note kind="warning" title={t('problem.reason-required')} />;
  return (
    <form
      className="desk-panel"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') give(reason.trim());
      }}
    >
      <p>{t('reading.text')}</p>
      <div className="desk-field">
        <label htmlFor={field}>{t('reading.label')}</label>
        <input
          id={field}
          className="form-control"
          maxLength={500}
          required
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <button type="submit" className="btn btn-primary">
        {t('reading.read')}
      </button>
    </form>
  );
}
