import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultWords } from './fields.tsx';
import type { Asked } from './schema.ts';
import type { Fault } from './values.ts';
import { Mixed } from '../ui/mixed.tsx';

/** Faults told one by one; the others are counted. */
const mostTold = 20;

/** A field by the id of its control. */
export interface Control {
  readonly id: string;
  readonly label: string;
}

interface SummaryProps {
  readonly box: RefObject<HTMLDivElement | null>;
  /** Fields beside those of the form's schema that are empty and must not be. */
  readonly missing: readonly Control[];
  readonly faults: readonly Fault[];
  /** A field beside those of the schema that a fault speaks of. */
  readonly ours?: ((key: string) => Control | undefined) | undefined;
  readonly asked: readonly Asked[];
  /** Place of a row in its list, from 0; -1 when it is gone. */
  readonly placeOf: (fault: Fault) => number;
  readonly onGo: (fault: Fault) => void;
}

/** All that is wrong with a form, each leading to its place. */
export function FaultSummary({ box, missing, faults, ours, asked, placeOf, onGo }: SummaryProps) {
  const { t } = useTranslation();
  const words = useFaultWords();
  const told = faults.slice(0, mostTold);
  const lineOf = (fault: Fault): { text: string; leads: boolean } => {
    const one = asked.find(({ key }) => key === fault.key);
    const named = one ?? ours?.(fault.key);
    const inner = one?.kind === 'list' ? one.fields.find(({ key }) => key === fault.field) : undefined;
    const said = words(fault, inner ?? (one?.kind === 'field' ? one : undefined));
    const names = [
      named?.label ?? fault.key,
      ...(fault.row === undefined ? [] : [t('list.rowIn', { number: placeOf(fault) + 1 })]),
      ...(inner ? [inner.label] : []),
    ];
    const isWhole = fault.key === '';
    return { text: isWhole ? said : `${names.join(', ')}: ${said}`, leads: named !== undefined };
  };
  // A rule of the process speaks of no field: to count it among them sends people looking for one.
  const isOfFields = faults.every(({ key }) => key !== '');
  const title = isOfFields
    ? t('form.summary', { count: missing.length + faults.length })
    : t('form.summaryOfRules');
  return (
    <div ref={box} className="alert alert-danger desk-note" role="alert" tabIndex={-1}>
      <p className="fw-semibold mb-1">{title}</p>
      <ul className="mb-0">
        {missing.map(({ id, label }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(id)?.focus();
              }}
            >
              {label}: {t('form.faults.required')}
            </a>
          </li>
        ))}
        {told.map((fault, at) => {
          const { text, leads } = lineOf(fault);
          return (
            <li key={at}>
              {leads ? (
                <a
                  href={`#${fault.key}`}
                  onClick={(event) => {
                    event.preventDefault();
                    onGo(fault);
                  }}
                >
                  <Mixed text={text} />
                </a>
              ) : (
                <Mixed text={text} />
              )}
            </li>
          );
        })}
        {faults.length > told.length && (
          <li>{t('list.moreFaults', { count: faults.length - told.length })}</li>
        )}
      </ul>
    </div>
  );
}
