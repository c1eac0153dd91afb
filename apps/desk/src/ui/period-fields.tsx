const ends = ['from', 'to'] as const;

interface PeriodFieldsProps {
  readonly period: Readonly<Record<'from' | 'to', string>>;
  readonly labels: Readonly<Record<'from' | 'to', string>>;
  /** Id of what says that the period cannot be asked for; null: it can. */
  readonly wrong: string | null;
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
        aria-invalid={wrong !== null}
        aria-describedby={wrong ?? undefined}
        onChange={(event) => onChange(end, event.target.value)}
      />
    </div>
  ));
}
