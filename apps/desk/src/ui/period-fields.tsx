import { Note } from './feedback.tsx';

const ends = ['from', 'to'] as const;
const wrongId = 'period-wrong';

interface PeriodFieldsProps {
  readonly period: Readonly<Record<'from' | 'to', string>>;
  readonly labels: Readonly<Record<'from' | 'to', string>>;
  /** It cannot be asked for: a `PeriodWrong` says so. */
  readonly wrong: boolean;
  readonly onChange: (end: 'from' | 'to', day: string) => void;
}

/** The first and the last day of a period. */
export function PeriodFields({ period, labels, wrong, onChange }: PeriodFieldsProps) {
  return ends.map((end) => (
    <div key={end} className="desk-field">
      <label htmlFor={end}>{labels[end]}</label>
      <input
        id={end}
        type="date"
        className="form-control"
        value={period[end]}
        aria-invalid={wrong}
        aria-describedby={wrong ? wrongId : undefined}
        onChange={(event) => onChange(end, event.target.value)}
      />
    </div>
  ));
}

/** Why the period beside it cannot be asked for. */
export function PeriodWrong({ title }: { readonly title: string }) {
  return (
    <div id={wrongId}>
      <Note kind="warning" title={title} />
    </div>
  );
}
