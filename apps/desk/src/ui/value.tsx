import { useTranslation } from 'react-i18next';
import { nested } from './nested.ts';

interface ValueProps {
  readonly value: unknown;
  readonly depth?: number;
}

/** A value with all that it holds, as lists and tables: nobody reads braces. */
export function Value({ value, depth = 0 }: ValueProps) {
  const { t } = useTranslation();
  const it = nested(value, depth);
  const inner = (one: unknown) => <Value value={one} depth={depth + 1} />;
  switch (it.kind) {
    case 'none':
      return t('replay.noValue');
    case 'flag':
      return t(it.is ? 'list.yes' : 'list.no');
    case 'text':
      return it.text;
    case 'list':
      return (
        <ul className="desk-value">
          {it.items.map((one, at) => (
            <li key={at}>{inner(one)}</li>
          ))}
        </ul>
      );
    case 'parts':
      return (
        <dl className="desk-value">
          {it.parts.map(([name, one]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{inner(one)}</dd>
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
                {it.columns.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {it.rows.map((row, at) => (
                <tr key={at}>
                  {it.columns.map((name) => (
                    <td key={name}>{Object.hasOwn(row, name) && inner(row[name])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}
