import { useTranslation } from 'react-i18next';
import { useClock } from '../time/clock.tsx';
import { formatInstant } from '../time/format.ts';

interface AsOfProps {
  readonly query: {
    /** By the browser's clock; 0: nothing has come yet. */
    readonly dataUpdatedAt: number;
    readonly isFetching: boolean;
    readonly refetch: () => unknown;
  };
}

/** Of what is not asked again by itself, since each reading is recorded: as of when it is, and how to ask again. */
export function AsOf({ query: { dataUpdatedAt, isFetching, refetch } }: AsOfProps) {
  const { t, i18n } = useTranslation();
  const clock = useClock();
  if (dataUpdatedAt === 0) return null;
  const when = formatInstant(clock(dataUpdatedAt).toISOString(), i18n.language);
  return (
    <p className="desk-as-of">
      <span role="status">{isFetching ? t('common.loading') : t('audit.asOf', { when })}</span>
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
