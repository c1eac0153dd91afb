import { useTranslation } from 'react-i18next';
import { useSaid } from '../process/words-of.tsx';
import { decimal } from './decimal.ts';
import { Mixed } from './mixed.tsx';
import { nested } from './nested.ts';

interface ValueProps {
  readonly value: unknown;
  /** Of the variable or part that holds it: by it codes have words. */
  readonly name?: string | null;
  /** What that is a part of. */
  readonly of?: string | null;
  readonly depth?: number;
}

/** A value with all that it holds, as lists and tables, in the words of the process: nobody reads braces and codes. */
export function Value({ value, name = null, of = null, depth = 0 }: ValueProps) {
  const { t, i18n } = useTranslation();
  const said = useSaid();
  const it = nested(value, depth);
  const inner = (one: unknown, part: string | null, whole = name) => (
    <Value value={one} name={part} of={whole} depth={depth + 1} />
  );
  switch (it.kind) {
    case 'none':
      return t('replay.noValue');
    case 'flag':
      return t(it.is ? 'list.yes' : 'list.no');
    case 'text':
      return typeof value === 'number' ? (
        <Code name={name} of={of} code={it.text} shown={decimal(value, i18n.language)} />
      ) : (
        <Code name={name} of={of} code={it.text} />
      );
    case 'list':
      return (
        <ul className="desk-value">
          {it.items.map((one, at) => (
            <li key={at}>{inner(one, name, of)}</li>
          ))}
        </ul>
      );
    case 'parts':
      return (
        <dl className="desk-value">
          {it.parts.map(([part, one]) => (
            <div key={part}>
              <dt>
                <Mixed text={said.nameOf(part, name) ?? part} />
              </dt>
              <dd>{inner(one, part)}</dd>
            </div>
          ))}
        </dl>
      );
    case 'table':
      return (
        <div className="desk-value" role="group" aria-label={t('replay.rows')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {it.columns.map((column) => (
                  <th key={column} scope="col">
                    <Mixed text={said.nameOf(column, name) ?? column} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {it.rows.map((row, at) => (
                <tr key={at}>
                  {it.columns.map((column) => (
                    <td key={column}>{Object.hasOwn(row, column) && inner(row[column], column)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

/** A code by its word, where there is one; what stands in the log stays with it. */
function Code({
  name,
  of,
  code,
  shown = code,
}: Readonly<Record<'name' | 'of', string | null>> & { readonly code: string; readonly shown?: string }) {
  const word = useSaid().valueOf(name, code, of);
  if (word === null) return shown;
  return (
    <data value={code}>
      <Mixed text={word} />
    </data>
  );
}
