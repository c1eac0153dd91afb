import { useTranslation } from 'react-i18next';
import type { Sheet } from '../xlsx/read-workbook.ts';

/** Which sheet of a workbook was read, and that others were not. */
export function WhichSheet({ name, others }: Pick<Sheet, 'name' | 'others'>) {
  const { t } = useTranslation();
  return (
    <p className="mb-1">
      {t('csv.sheet', { name })}
      {others > 0 && ` ${t('csv.otherSheets', { count: others })}`}
    </p>
  );
}
