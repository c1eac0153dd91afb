import { useTranslation } from 'react-i18next';
import { useClock } from '../time/clock.tsx';
import { formatInstant } from '../time/format.ts';

interface AsOfProps {
  readonly query: {
    /** When its first page was read, by the browser's clock; undefined: nothing has come yet. */
    readonly readAt: number | undefined;
    readonly isFetching: boolean;
    readonly isRefetchError: boolean;
    readonly refetch: () => unknown;
  };
}

/** Of what is not asked again by itself, since each reading is recorded: as of when it is, and how to ask again. */
export function AsOf({ query: { readAt, isFetching, isRefetchError, refetch } }: AsOfProps) {
  const { t, i18n } = useTranslation();
  const clock = useClock();
  if (readAt === undefined) return null;
  const when = formatInstant(clock(readAt).toISOString(), i18n.language);
  return (
    <p className="desk-as-of">
      <span role="status">
        {isFetching ? t('common.loading') : t('audit.asOf', { when })}
        {isRefetchError && !isFetching && ` ${t('audit.notAsked')}`}
      </span>
      <button
        type="button"
        className="btn btn-sm btn-outline-primary"
        disabled={isFetching}
        onClick={() => void refetch()}
      >
        {t('audit.askAgain')}
      </button>
    </p>
  );
}
