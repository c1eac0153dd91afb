import { useEffect, useRef, useState } from 'react';

interface SearchProps {
  readonly label: string;
  /** What may be looked for, where the label does not say it. */
  readonly help?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A filter by words: asks when the person has stopped typing for a moment. */
export function Search({ label, help, value, onChange }: SearchProps) {
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(value);
  // Other filters may be chosen while it waits: it is told to the page as it is then.
  const tell = useRef(onChange);
  useEffect(() => {
    tell.current = onChange;
  }, [onChange]);
  useEffect(() => () => clearTimeout(timer.current), []);
  // Somebody else set it, as a filter that is chosen; what was asked here is on its way back only.
  useEffect(() => {
    if (value === asked.current) return;
    clearTimeout(timer.current);
    asked.current = value;
    setTyped(value);
  }, [value]);
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      if (text.trim() === asked.current) return;
      asked.current = text.trim();
      tell.current(text.trim());
    }, 300);
  };
  return (
    <div className="desk-field">
      <label htmlFor="text">{label}</label>
      <input
        id="text"
        type="search"
        className="form-control"
        placeholder={help}
        maxLength={100}
        value={typed}
        onChange={(event) => type(event.target.value)}
      />
    </div>
  );
}
