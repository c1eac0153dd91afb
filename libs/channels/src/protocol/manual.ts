import type { Label } from '@iter/platform/words';
import type { Confirmed, ProtocolReference, ProtocolSystem } from './port.ts';

/**
 * No system: people copy references by hand, and only what cannot be is refused. That the number was given out, nobody
 * here can know.
 * @param today in Rome
 */
export function manualProtocol(ports: { isBody(ipa: string): boolean; today(): string }): ProtocolSystem {
  const refused = (field: keyof ProtocolReference, message: Label): Confirmed => ({
    outcome: 'refused',
    field,
    message,
  });
  return {
    name: 'manual',
    async confirm({ body, register, number, date }) {
      const [by, which, no] = [body.trim(), register.trim(), number.trim()];
      if (!ports.isBody(by))
        return refused('body', { it: 'L’ente non è nei registri.', en: 'The body is not in the registers.' });
      if (which === '')
        return refused('register', { it: 'Manca il registro.', en: 'The register is missing.' });
      if (no === '')
        return refused('number', {
          it: 'Manca il numero di protocollo.',
          en: 'The protocol number is missing.',
        });
      if (date > ports.today())
        return refused('date', {
          it: 'La data di protocollo è dopo oggi.',
          en: 'The date of protocol is after today.',
        });
      return { outcome: 'confirmed', reference: { body: by, register: which, number: no, date } };
    },
  };
}
