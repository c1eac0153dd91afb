export interface Figure {
  readonly id: string;
  readonly label: string;
  readonly value: string | number;
  readonly help?: string;
  /** Whether the number is one that should not be. */
  readonly isBad?: boolean;
}

/** A few numbers, large, each with what it counts. */
export function FigureList({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl className="desk-figures-numbers">
      {figures.map(({ id, label, value, help, isBad = false }) => (
        <div key={id} className={isBad ? 'is-bad' : undefined}>
          <dt>{label}</dt>
          <dd>{value}</dd>
          {help !== undefined && <dd className="desk-sub">{help}</dd>}
        </div>
      ))}
    </dl>
  );
}
