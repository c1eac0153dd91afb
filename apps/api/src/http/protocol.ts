import type { Label } from '@iter/process-model';
import type { ProtocolReference, ProtocolSystem } from '@iter/channels/protocol';
import { Problem } from '../problems/problem.ts';

interface Given {
  readonly protocolNo?: string;
  readonly protocolBody?: string;
  readonly protocolRegister?: string;
  readonly protocolDate?: string;
}

/** The fields of a request, by the members of the reference that they give. */
const fields = {
  body: 'protocolBody',
  register: 'protocolRegister',
  number: 'protocolNo',
  date: 'protocolDate',
} as const;

/**
 * The whole reference that people give with a document.
 * @returns undefined when there is a bare number or nothing
 * @throws Problem when it is given in part, or cannot be
 */
export async function protocolOf(
  system: ProtocolSystem,
  given: Given,
): Promise<ProtocolReference | undefined> {
  const { protocolBody, protocolRegister, protocolDate, protocolNo } = given;
  if (protocolBody === undefined && protocolRegister === undefined && protocolDate === undefined)
    return undefined;
  const wrong = (member: keyof ProtocolReference, message: Label): Problem =>
    new Problem('request-invalid', {
      errors: [{ pointer: `/${fields[member]}`, code: 'protocol-reference', message }],
    });
  if (protocolBody === undefined)
    throw wrong('body', {
      it: 'Un estremo di protocollo ha ente, registro, numero e data.',
      en: 'A protocol reference has body, register, number and date.',
    });
  if (protocolRegister === undefined)
    throw wrong('register', {
      it: 'Manca il registro di protocollo.',
      en: 'The protocol register is missing.',
    });
  if (protocolNo === undefined)
    throw wrong('number', { it: 'Manca il numero di protocollo.', en: 'The protocol number is missing.' });
  if (protocolDate === undefined)
    throw wrong('date', { it: 'Manca la data di protocollo.', en: 'The protocol date is missing.' });
  const confirmed = await system.confirm({
    ...{ body: protocolBody, register: protocolRegister, number: protocolNo, date: protocolDate },
  });
  if (confirmed.outcome === 'refused') throw wrong(confirmed.field, confirmed.message);
  return confirmed.reference;
}
