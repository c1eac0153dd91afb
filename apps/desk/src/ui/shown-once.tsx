import { useId, useState } from 'react';
import { Note } from './feedback.tsx';
import { Icon } from './icon.tsx';

interface ShownOnceProps {
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly value: string;
  readonly copy: string;
  readonly copied: string;
}

/** Something that is told once, to be copied: who leaves the page makes another. */
export function ShownOnce({ title, text, label, value, copy, copied }: ShownOnceProps) {
  const id = useId();
  /** What was copied: another one made meanwhile is not. */
  const [taken, setTaken] = useState<string | null>(null);
  const take = () =>
    void navigator.clipboard?.writeText(value).then(
      () => setTaken(value),
      () => undefined,
    );
  return (
    <Note key={value} kind="success" title={title} focus>
      <p>{text}</p>
      <div className="desk-field">
        <label htmlFor={id}>{label}</label>
        <input
          id={id}
          className="form-control"
          readOnly
          value={value}
          onFocus={(event) => event.target.select()}
        />
      </div>
      <div className="desk-form-foot">
        <button type="button" className="btn btn-outline-primary" onClick={take}>
          <Icon name="copy" size="sm" /> {copy}
        </button>
        <span aria-live="polite">{taken === value && copied}</span>
      </div>
    </Note>
  );
}
