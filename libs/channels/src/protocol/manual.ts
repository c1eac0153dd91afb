import type { Confirmed, ProtocolReference, ProtocolSystem } from './port.ts';

/**
 * No system: people copy references by hand, and only what cannot be is refused. That the number was given out, nobody
 * here can know.
 * @param today in Rome
 */
export function manualProtocol(ports: { isBody(ipa: string): boolean; today(): string }): ProtocolSystem {
  const refused = (field: keyof ProtocolReference, message: string): Confirmed => ({
    outcome: 'refused',
    field,
    message,
  });
  return {
    name: 'manual',
    async confirm({ body, register, number, date }) {
      const [by, which, no] = [body.trim(), register.trim(), number.trim()];
      if (!ports.isBody(by)) return refused('body', 'L’ente non è nei registri.');
      if (which === '') return refused('register', 'Manca il registro.');
      if (no === '') return refused('number', 'Manca il numero di protocollo.');
      if (date > ports.today()) return refused('date', 'La data di protocollo è dopo oggi.');
      return { outcome: 'confirmed', reference: { body: by, register: which, number: no, date } };
    },
  };
}
