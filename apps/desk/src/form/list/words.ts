import { useTranslation } from 'react-i18next';
import type { FileFault, LineFault } from '../csv/read-rows.ts';
import { useFaultWords } from '../fields.tsx';

/** Why a line is not taken, in words. */
export function useWhy(): (fault: LineFault) => string {
  const { t } = useTranslation();
  const words = useFaultWords();
  return ({ why }) =>
    why.rule === 'fault'
      ? why.fault.rule === 'notUnique'
        ? t('csv.why.alikeLine', { line: why.fault.limit })
        : words(why.fault, why.field ?? undefined)
      : t(`csv.why.${why.rule}`);
}

/** Why a file cannot be read, in words. */
export function useFileFault(): (fault: FileFault) => string {
  const { t } = useTranslation();
  return (fault) =>
    'columns' in fault
      ? t(`csv.file.${fault.rule}`, { columns: fault.columns.map((name) => `«${name}»`).join(', ') })
      : t(`csv.file.${fault.rule}`, { limit: 'limit' in fault ? fault.limit : undefined });
}
