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
  const wrong = (member: keyof ProtocolReference, message: string): Problem =>
    new Problem('request-invalid', {
      errors: [{ pointer: `/${fields[member]}`, code: 'protocol-reference', message }],
    });
  if (protocolBody === undefined)
    throw wrong('body', 'Un estremo di protocollo ha ente, registro, numero e data.');
  if (protocolRegister === undefined) throw wrong('register', 'Manca il registro di protocollo.');
  if (protocolNo === undefined) throw wrong('number', 'Manca il numero di protocollo.');
  if (protocolDate === undefined) throw wrong('date', 'Manca la data di protocollo.');
  const confirmed = await system.confirm({
    ...{ body: protocolBody, register: protocolRegister, number: protocolNo, date: protocolDate },
  });
  if (confirmed.outcome === 'refused') throw wrong(confirmed.field, confirmed.message);
  return confirmed.reference;
}
