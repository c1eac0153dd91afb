import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EscalationReport } from '../../api/model.ts';
import { useEscalationFigures } from '../../api/people.ts';
import { useToday } from '../../time/clock.tsx';
import { addDays } from '../../time/due.ts';
import { formatSpan } from '../../time/format.ts';
import { Choice } from '../../ui/choice.tsx';
import { Loaded } from '../../ui/feedback.tsx';
import { FigureList } from '../../ui/figures.tsx';
import { Table } from '../../ui/table.tsx';

const periods = [7, 30, 90, 365] as const;
type Spread = EscalationReport['total']['toAcknowledge'];

/** How quickly escalations are answered: in three numbers, and by Comune for whoever wants to know. */
export function Figures() {
  const { t, i18n } = useTranslation();
  const today = useToday();
  const [days, setDays] = useState<number>(30);
  const figures = useEscalationFigures(addDays(today, 1 - days), today);
  const span = (seconds: number | null) =>
    seconds === null
      ? t('escalations.figures.nothing')
      : seconds < 60
        ? t('escalations.figures.atOnce')
        : formatSpan(seconds * 1000, i18n.language);
  const spread = ({ p50, p90, max }: Spread) =>
    p50 === null
      ? t('escalations.figures.nothing')
      : t('escalations.figures.spread', { p50: span(p50), p90: span(p90), max: span(max) });

  return (
    <section className="desk-figures" aria-labelledby="figures">
      <div className="desk-figures-head">
        <h2 id="figures" className="h5 mb-0">
          {t('escalations.figures.title')}
        </h2>
        <Choice
          id="period"
          label={t('escalations.figures.period')}
          value={String(days)}
          always
          onChange={(value) => setDays(Number(value))}
        >
          {periods.map((count) => (
            <option key={count} value={count}>
              {t('escalations.figures.days', { count })}
            </option>
          ))}
        </Choice>
      </div>
      <Loaded query={figures} lines={2}>
        {({ total, items }) => (
          <>
            <FigureList
              figures={[
                { id: 'open', label: t('escalations.figures.openNow'), value: total.openNow },
                {
                  id: 'median',
                  label: t('escalations.figures.median'),
                  value: span(total.toAcknowledge.p50),
                },
                {
                  id: 'late',
                  label: t('escalations.figures.late'),
                  value: total.acknowledgedLate,
                  help: t('escalations.figures.lateHelp'),
                  isBad: total.acknowledgedLate > 0,
                },
              ]}
            />
            {items.length === 0 ? (
              <p className="mb-0">{t('escalations.figures.none')}</p>
            ) : (
              <details>
                <summary>{t('escalations.figures.show')}</summary>
                <Table
                  caption={t('escalations.figures.table')}
                  rows={items}
                  rowKey={(one) => `${one.comune} ${one.nature ?? ''}`}
                  columns={[
                    {
                      id: 'comune',
                      head: t('escalations.figures.comune'),
                      className: 'desk-col-main',
                      cell: (one) => one.comuneName,
                    },
                    {
                      id: 'nature',
                      head: t('escalations.figures.nature'),
                      cell: (one) =>
                        one.nature === null ? t('escalations.figures.noNature') : t(`nature.${one.nature}`),
                    },
                    { id: 'raised', head: t('escalations.figures.raised'), cell: (one) => one.raised },
                    {
                      id: 'acknowledged',
                      head: t('escalations.figures.acknowledged'),
                      cell: (one) => one.acknowledged,
                    },
                    {
                      id: 'late',
                      head: t('escalations.figures.lateHead'),
                      cell: (one) => one.acknowledgedLate,
                    },
                    {
                      id: 'answer',
                      head: t('escalations.figures.toAcknowledge'),
                      cell: (one) => spread(one.toAcknowledge),
                    },
                    {
                      id: 'close',
                      head: t('escalations.figures.toResolve'),
                      cell: (one) => spread(one.toResolve),
                    },
                    { id: 'open', head: t('escalations.figures.openHead'), cell: (one) => one.openNow },
                  ]}
                />
              </details>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}
