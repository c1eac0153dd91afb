import { createSealedRegister } from '../sealed-register.ts';
import type { RegisterPorts, SealedRegister } from '../sealed-register.ts';
import { decideOffices, evolveOffices, officeClearFields, withdrawOffice } from './office.ts';
import type { Office, OfficeEvent, OfficeRejection, Offices } from './office.ts';

export * from './demo.ts';
export * from './heads.ts';
export * from './office.ts';

/** What a body consists of, and who heads each part. */
export interface OfficeRegister extends SealedRegister<Offices, Office, OfficeRejection> {
  /** What people call the office that somebody works in; what no office has for a code is a name already. */
  nameOf(body: string, office: string): string;
}

/** The register as streams `office-<ipa>`: some dozens a body. */
export function createOfficeRegister(ports: RegisterPorts): OfficeRegister {
  const register = createSealedRegister<Offices, OfficeEvent, Office, OfficeRejection>(ports, {
    // Offices with their heads are of the staff: who keeps that keeps these.
    ...{ prefix: 'office-', act: 'RecordStaff', initial: new Map(), clear: officeClearFields },
    ...{ evolve: evolveOffices, decide: decideOffices, withdraw: withdrawOffice },
    sealed: { OfficesRecorded: 'offices', OfficeWithdrawn: 'code' },
    keyOf: ({ code }) => code,
    entriesOf: ({ type, data }) => (type === 'OfficesRecorded' ? data.offices : []),
    takenBackBy: ({ type, data }) => (type === 'OfficeWithdrawn' ? data.code : null),
  });
  return { ...register, nameOf: (body, office) => register.of(body).get(office)?.name ?? office };
}
