import { useTranslation } from 'react-i18next';
import { useSession } from '../../session/session.tsx';
import { useToday } from '../../time/clock.tsx';

/** The rest of a reference of protocol, beside its number; empty: a bare number. */
export interface Protocol {
  readonly protocolBody: string;
  readonly protocolRegister: string;
  readonly protocolDate: string;
}

export const noProtocol: Protocol = { protocolBody: '', protocolRegister: '', protocolDate: '' };

/** Gives the request what is filled in. */
export function setProtocol(parts: FormData, protocol: Protocol): void {
  for (const [name, value] of Object.entries(protocol))
    if (value.trim() !== '') parts.set(name, value.trim());
}

/** Body, register and day of a protocol number, copied by hand by whoever wants the whole reference. */
export function ProtocolFields({
  value,
  onChange,
}: {
  readonly value: Protocol;
  readonly onChange: (next: Protocol) => void;
}) {
  const { t } = useTranslation();
  const { bodies } = useSession();
  const today = useToday();
  const field = (name: keyof Protocol) => ({
    id: `protocol-${name}`,
    value: value[name],
    onChange: (event: { readonly target: { readonly value: string } }) =>
      onChange({ ...value, [name]: event.target.value }),
  });
  return (
    <details className="desk-field w-100">
      <summary>{t('protocol.whole')}</summary>
      <div className="row mt-2">
        <div className="col-12 col-md-4">
          <label htmlFor="protocol-protocolBody">{t('protocol.body')}</label>
          <select className="form-select" {...field('protocolBody')}>
            <option value="">–</option>
            {bodies.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div className="col-12 col-md-4">
          <label htmlFor="protocol-protocolRegister">{t('protocol.register')}</label>
          <input className="form-control" autoComplete="off" {...field('protocolRegister')} />
        </div>
        <div className="col-12 col-md-4">
          <label htmlFor="protocol-protocolDate">{t('protocol.date')}</label>
          <input type="date" max={today} className="form-control" {...field('protocolDate')} />
        </div>
      </div>
    </details>
  );
}
