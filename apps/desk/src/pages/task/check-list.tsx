import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { placeOf } from '../../api/problem.ts';
import type { CheckLine, TaskDetail } from '../../api/model.ts';
import { keys, useDocuments } from '../../api/queries.ts';
import type { FilledIn } from '../../form/form.tsx';
import type { Values } from '../../form/values.ts';
import { formatDayOrInstant } from '../../time/format.ts';
import { CheckLines, useFilledInLines } from '../../ui/check-lines.tsx';
import type { Told } from '../../ui/check-lines.tsx';
import { useSettled } from '../../ui/settled.ts';
import { Mixed } from '../../ui/mixed.tsx';
import { inItalian } from '../../ui/italian.ts';

interface CheckListProps {
  readonly task: TaskDetail;
  readonly filledIn: FilledIn;
  /** It is being completed: a task that is done is asked nothing more. */
  readonly isSent: boolean;
}

/** What must be true before the task is completed, told anew as the form is filled in. */
export function CheckList({ task, filledIn, isSent }: CheckListProps) {
  const { t } = useTranslation();
  const settled = useSettled(filledIn.values);
  const { items: lines, errors } = useCheckList(task.id, settled, !isSent).data ?? nothing;
  const tell = useTell(task, lines, !isSent);
  const filledInLines = useFilledInLines(filledIn.missing);
  return (
    <CheckLines
      title={t('checklist.title')}
      lines={[
        ...filledInLines,
        ...unfitLines(filledIn, errors),
        ...lines.flatMap((line) => tell(line) ?? []),
      ]}
    />
  );
}

const nothing = { items: [], errors: [] };

/** As the form stands when nobody has typed for a moment; the answer before it stays until the next is there. */
function useCheckList(id: string, variables: Values, on: boolean) {
  return useQuery({
    queryKey: [...keys.tasks, id, 'check-list', variables],
    queryFn: () =>
      body(api.POST('/api/v1/tasks/{id}/check-list', { params: { path: { id } }, body: { variables } })),
    enabled: on,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
}

/** What is filled in and the form would refuse, once for each field: what is missing is told apart, and rules are lines of their own. */
function unfitLines(
  { asked, missing }: FilledIn,
  errors: readonly { readonly pointer: string; readonly message: string; readonly language?: string }[],
): readonly Told[] {
  const told = new Set(missing.map(({ key }) => key));
  return errors.flatMap(({ pointer, message, language }) => {
    const [key = ''] = placeOf(pointer, 'variables');
    const field = asked.find((one) => one.key === key);
    if (!field || told.has(key)) return [];
    told.add(key);
    const text = (
      <>
        {field.label}: <span lang={language}>{message}</span>
      </>
    );
    return [{ holds: false, text, norm: null }];
  });
}

/** Puts a line into words; null: the process says nothing that people could read. */
function useTell(
  task: TaskDetail,
  lines: readonly CheckLine[],
  on: boolean,
): (line: CheckLine) => Told | null {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'it';
  const hasActs = lines.some(({ kind }) => kind === 'act');
  const documents = useDocuments(task.caseId, hasActs && on, task.readsCase ? undefined : task.id).data ?? [];
  const date = (at: string) => formatDayOrInstant(at, language);

  const rule = ({ holds, label, message, language: of }: CheckLine): string | null => {
    const told = message && (of === 'it' ? inItalian(message) : message);
    if (holds === false) return told;
    if (label !== null) return inItalian(label.it);
    return told && t(holds === true ? 'checklist.doesNotApply' : 'checklist.notYet', { message: told });
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
        return text === null ? null : { holds, text: <Mixed text={text} />, norm };
      }
    }
  };
}
