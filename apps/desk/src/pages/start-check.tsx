import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../api/client.ts';
import { problemOf } from '../api/problem.ts';
import type { FilledIn } from '../form/form.tsx';
import { CheckLines, useFilledInLines } from '../ui/check-lines.tsx';
import type { Told } from '../ui/check-lines.tsx';
import { Refusal } from '../ui/feedback.tsx';
import { useSettled } from '../ui/settled.ts';
import { TermEffects } from '../ui/term-effects.tsx';

interface StartCheckProps {
  readonly asked: { readonly process: string; readonly comune: string; readonly message?: string };
  readonly filledIn: FilledIn;
}

/** What must be true before a case is started, and which terms by law it sets running: the command itself is asked. */
export function StartCheck({ asked, filledIn }: StartCheckProps) {
  const { t } = useTranslation();
  const filledInLines = useFilledInLines(filledIn.missing);
  const { values, missing } = useSettled(filledIn);
  const isComplete = missing.length === 0 && filledIn.missing.length === 0;
  const {
    data: verdict,
    error,
    isPlaceholderData,
  } = useQuery({
    queryKey: ['cases', 'start-check', asked, values],
    queryFn: () => body(api.POST('/api/v1/cases/check', { body: { ...asked, variables: values } })),
    enabled: isComplete,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
  const refused = isComplete && error !== null ? problemOf(error) : null;
  const found = isComplete && verdict && error === null && !isPlaceholderData ? verdict : null;
  const errors = found?.errors ?? [];
  const lines: readonly Told[] = [
    ...filledInLines,
    ...errors.map(({ message, language }) => ({
      ...{ holds: false, norm: null },
      text: <span lang={language}>{message}</span>,
    })),
    ...(refused !== null
      ? [{ holds: false, text: <Refusal problem={refused} />, norm: null }]
      : errors.length === 0
        ? [{ holds: found === null ? null : true, text: t('start.allowed'), norm: null }]
        : []),
  ];
  return (
    <CheckLines title={t('start.before')} lines={lines}>
      {found && errors.length === 0 && (
        <div className="mt-3">
          <h3 className="h6">{t('start.terms')}</h3>
          <TermEffects terms={found.terms} />
        </div>
      )}
    </CheckLines>
  );
}
