import { expect, it } from '@jest/globals';
import { asText } from '../../form/csv/open-file.ts';
import { parseCsv } from '../../form/csv/parse.ts';
import { narrowed } from './ipa.ts';

const of = (...lines: readonly string[]) =>
  narrowed(
    parseCsv(lines.join('\n'), () => 0),
    (ipa) => ipa === 'c_borgo',
  );

it('open data of IPA is sent as the addresses of the bodies that are wanted, by the numbers of their lines', () => {
  const found = of(
    'Codice_IPA,Denominazione_ente,Mail1,Tipo_Mail1,Telefono',
    'c_altro,"Altro, ente",a@pec.it,Pec,1',
    'C_BORGO,"Comune\ndi Borgo",b@pec.it,Pec,2',
    'c_borgo,Borgo,c@pec.it,Pec',
  );
  expect(found?.left).toBe(1);
  expect(asText(found!)).toBe(
    'Codice_IPA;Mail1;Tipo_Mail1\r\n\r\nC_BORGO;b@pec.it;Pec\r\n\r\nc_borgo;c@pec.it;Pec\r\n',
  );
});

it('other files are left as they are', () => {
  expect(of('codice IPA;indirizzo;tipo;uso', 'c_borgo;a@pec.it;PEC;protocollo')).toBeNull();
  expect(of('')).toBeNull();
});
