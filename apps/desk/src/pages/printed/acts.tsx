import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RegisteredAct } from '../../api/model.ts';
import { formatInstant, formatSize } from '../../time/format.ts';
import { inItalian } from '../../ui/italian.ts';
import { Mixed } from '../../ui/mixed.tsx';
import { Register } from './register.tsx';
import type { SheetProps } from './printed.tsx';

/** What was filed in a period: where, when, under which number and with which hash. */
export function ActRegister({ rows, ...sheet }: SheetProps<RegisteredAct>) {
  const { t, i18n } = useTranslation();
  const count = (is: (row: RegisteredAct) => boolean): number => rows.filter(is).length;
  const bytes = rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const name = ({ act, isNewVersion }: RegisteredAct, marked = (text: string) => text): string =>
    `${act === null ? t('printed.brought') : marked(act)}${isNewVersion ? ` (${t('printed.newVersion')})` : ''}`;
  return (
    <Register
      {...sheet}
      rows={rows}
      rowKey={({ id }) => id}
      note={t('printed.actsRule')}
      totals={[
        { id: 'acts', label: t('printed.acts'), value: rows.length },
        { id: 'drafted', label: t('printed.drafted'), value: count(({ act }) => act !== null) },
        {
          id: 'protocolled',
          label: t('printed.protocolled'),
          value: count(({ protocolNo }) => protocolNo !== null),
        },
        { id: 'bytes', label: t('printed.bytes'), value: formatSize(bytes, i18n.language) },
      ]}
      columns={[
        {
          id: 'filed',
          head: t('printed.filed'),
          cell: ({ at }) => formatInstant(at, i18n.language),
          inFile: [[t('printed.filed'), ({ at }) => at]],
        },
        {
          id: 'act',
          head: t('printed.act'),
          className: 'desk-col-main',
          cell: (row) => (
            <>
              <Mixed text={name(row, inItalian)} />
              {row.task !== null && (
                <span className="desk-sub">
                  <Mixed text={t('printed.inTask', { task: inItalian(row.task) })} />
                </span>
              )}
              <span className="desk-sub desk-hash">
                {t('printed.hash')}: <code>{row.sha256}</code>
              </span>
            </>
          ),
          inFile: [
            [t('printed.act'), (row) => name(row)],
            [t('printed.task'), ({ task }) => task ?? ''],
            [t('printed.hash'), ({ sha256 }) => sha256],
          ],
        },
        {
          id: 'case',
          head: t('common.case'),
          cell: ({ caseId, caseCode, comuneName }) => (
            <>
              <Link to={`/cases/${caseId}?section=documents`}>{caseCode}</Link>
              <span className="desk-sub">{comuneName}</span>
            </>
          ),
          inFile: [
            [t('common.case'), ({ caseCode }) => caseCode],
            [t('common.comune'), ({ comuneName }) => comuneName],
          ],
        },
        {
          id: 'protocol',
          head: t('printed.protocol'),
          cell: ({ protocolNo }) => protocolNo ?? t('printed.noProtocol'),
          inFile: [[t('printed.protocol'), ({ protocolNo }) => protocolNo ?? '']],
        },
        {
          id: 'size',
          head: t('printed.size'),
          cell: ({ sizeBytes, mediaType }) => (
            <>
              {formatSize(sizeBytes, i18n.language)}
              <span className="desk-sub">{mediaType}</span>
            </>
          ),
          inFile: [
            [t('printed.size'), ({ sizeBytes }) => String(sizeBytes)],
            [t('printed.type'), ({ mediaType }) => mediaType],
          ],
        },
      ]}
    />
  );
}
