import { useTranslation } from 'react-i18next';
import { faultOf } from './fault.ts';

/** Why something failed and what is to be done, in words where there are any; beneath, what the server says, to look for. */
export function FaultWords({ text }: { readonly text: string }) {
  const { t, i18n } = useTranslation();
  const fault = faultOf(text);
  const said = (
    <span className="desk-typed" lang="en">
      {text}
    </span>
  );
  if (fault === null || !i18n.exists(`operations.fault.${fault}`)) return said;
  return (
    <>
      {t(`operations.fault.${fault as 'away'}`)}
      <span className="desk-sub">{said}</span>
    </>
  );
}
