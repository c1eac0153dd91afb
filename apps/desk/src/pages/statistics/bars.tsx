/** A bar: what it is of, how long it is and what that says. */
export interface Bar {
  readonly id: string;
  readonly label: string;
  /** Null: not shown, for it would be about too few. */
  readonly value: number | null;
  readonly said: string;
}

interface BarsProps {
  /** What people who do not see the bars are told: the table beside them has all numbers. */
  readonly name: string;
  readonly bars: readonly Bar[];
  /** What a whole bar stands for; else the longest of them. */
  readonly whole?: number;
}

/** Lengths to compare at a glance. The picture is one thing to assistive technology; its numbers stand in the table. */
export function Bars({ name, bars, whole }: BarsProps) {
  const longest = whole ?? Math.max(0, ...bars.map(({ value }) => value ?? 0));
  return (
    <div className="desk-bars" role="img" aria-label={name}>
      {bars.map(({ id, label, value, said }) => (
        <div key={id} className="desk-bar">
          <span className="desk-bar-label">{label}</span>
          <svg viewBox="0 0 100 10" preserveAspectRatio="none" focusable="false">
            <rect className="desk-bar-ground" width="100" height="10" />
            {value !== null && longest > 0 && (
              <rect className="desk-bar-fill" width={(100 * value) / longest} height="10" />
            )}
          </svg>
          <span className="desk-bar-value">{said}</span>
        </div>
      ))}
    </div>
  );
}
