import { useEffect, useState } from 'react';

interface SearchProps {
  readonly label: string;
  readonly help: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A filter by words: asks when the person has stopped typing for a moment. */
export function Search({ label, help, value, onChange }: SearchProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => onChange(typed.trim()), 300);
    return () => clearTimeout(timer);
  }, [typed]); // eslint-disable-line react-hooks/exhaustive-deps -- only what is typed asks anew
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
        onChange={(event) => setTyped(event.target.value)}
      />
    </div>
  );
}
