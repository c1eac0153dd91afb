import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import type { CheckLine, TaskDetail } from '../../api/model.ts';
import { keys, useDocuments } from '../../api/queries.ts';
import type { FilledIn } from '../../form/form.tsx';
import type { Values } from '../../form/values.ts';
import { useMay } from '../../session/session.tsx';
import { formatDayOrInstant } from '../../time/format.ts';
import { Icon } from '../../ui/icon.tsx';

/** A line as it is read. */
interface Told {
  readonly holds: boolean | null;
  readonly text: string;
  readonly norm: string | null;
}

const restMs = 600;

/**
 * What must be true before the task is completed, told anew as the form is filled in. Its line is there from the
 * beginning and keeps its height: the button below it never moves away under a pointer.
 */
export function CheckList({ task, filledIn }: { readonly task: TaskDetail; readonly filledIn: FilledIn }) {
  const { t } = useTranslation();
  const lines = useCheckList(task.id, filledIn.values).data ?? [];
  const tell = useTell(task.caseId, lines);
  const tellMissing = (missing: readonly string[]): Told =>
    missing.length === 0
      ? { holds: true, text: t('checklist.filledIn'), norm: null }
      : { holds: null, text: t('checklist.missing', { list: missing.join(', ') }), norm: null };
  const told = [tellMissing(filledIn.missing), ...lines.flatMap((line) => tell(line) ?? [])].toSorted(
    (a, b) => rank(a) - rank(b),
  );
  const count = (state: Told['holds']) => told.filter(({ holds }) => holds === state).length;
  const [look, icon] = looks[String(told[0]?.holds ?? null) as 'true'];
  return (
    <section className="desk-checklist" aria-labelledby="checklist">
      <h2 id="checklist" className="h5">
        {t('checklist.title')}
      </h2>
      <details>
        <summary className={`desk-check-${look}`}>
          <Icon name={icon} size="xs" />{' '}
          <span aria-live="polite">
            {count(true) === told.length
              ? t('checklist.allGood')
              : t('checklist.summary', { wrong: count(false), unknown: count(null), good: count(true) })}
          </span>
        </summary>
        <Lines lines={told} />
      </details>
    </section>
  );
}

/** What is wrong comes first, then what is not known. */
const rank = ({ holds }: Told): number => (holds === false ? 0 : holds === null ? 1 : 2);

/** As the form stands when nobody has typed for a moment; the answer before it stays until the next is there. */
function useCheckList(id: string, values: Values) {
  const [settled, setSettled] = useState(values);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(values), restMs);
    return () => clearTimeout(timer);
  }, [values]);
  return useQuery({
    queryKey: [...keys.tasks, id, 'check-list', settled],
    queryFn: () =>
      body(
        api.POST('/api/v1/tasks/{id}/check-list', { params: { path: { id } }, body: { variables: settled } }),
      ),
    select: (answer) => answer.items,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
}

/** Puts a line into words; null: the process says nothing that people could read. */
function useTell(caseId: string, lines: readonly CheckLine[]): (line: CheckLine) => Told | null {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const language = i18n.language === 'en' ? 'en' : 'it';
  const hasActs = lines.some(({ kind }) => kind === 'act');
  const documents = useDocuments(caseId, hasActs && may('ReadCase')).data ?? [];
  const date = (at: string) => formatDayOrInstant(at, language);

  const rule = ({ holds, label, message }: CheckLine): string | null => {
    if (holds === false) return message;
    if (label !== null) return label[language];
    return message && t(holds === true ? 'checklist.doesNotApply' : 'checklist.notYet', { message });
  };
  const term = ({ kind, holds, label, code, at }: CheckLine): string => {
    const [kept, broken] = kind === 'wait' ? (['over', 'early'] as const) : (['inTime', 'late'] as const);
    return t(`checklist.${holds === true ? kept : broken}`, {
      term: label?.[language] ?? code,
      date: at === null ? '' : date(at),
    });
  };
  const act = ({ holds, id }: CheckLine): Pick<Told, 'holds' | 'text'> => {
    if (holds !== true) return { holds, text: t('checklist.act.waiting') };
    const document = documents.find((one) => one.id === id);
    // Of those who may not read the documents nobody asks more than that it is there.
    if (!document) return { holds, text: t('checklist.act.drafted') };
    const { name, draft, signature } = document;
    const blanks = draft?.blanks ?? 0;
    if (blanks > 0) return { holds: false, text: t('checklist.act.blanks', { name, count: blanks }) };
    return { holds, text: t(signature ? 'checklist.act.signed' : 'checklist.act.ready', { name }) };
  };

  return (line) => {
    const { kind, holds, norm, at } = line;
    switch (kind) {
      case 'act':
        return { ...act(line), norm };
      case 'term':
      case 'wait':
        return { holds, text: term(line), norm };
      case 'receipt':
        return { holds, text: t('checklist.receipt', { date: at === null ? '' : date(at) }), norm };
      default: {
        const text = rule(line);
        return text === null ? null : { holds, text, norm };
      }
    }
  };
}

function Lines({ lines }: { readonly lines: readonly Told[] }) {
  const { t } = useTranslation();
  return (
    <ul className="desk-plain-list">
      {lines.map(({ holds, text, norm }, at) => {
        const [look, icon] = looks[String(holds) as 'true'];
        return (
          <li key={at} className={`desk-check desk-check-${look}`}>
            <Icon name={icon} size="xs" />
            <div>
              <span className="desk-check-state">{t(`checklist.state.${look}`)}</span> · {text}
              {norm !== null && <span className="desk-sub">{norm}</span>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

const looks = {
  true: ['good', 'check-circle'],
  false: ['bad', 'close-circle'],
  null: ['open', 'help-circle'],
} as const;
