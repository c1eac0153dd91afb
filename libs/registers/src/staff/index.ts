import { createSealedRegister } from '../sealed-register.ts';
import type { RegisterPorts, SealedRegister } from '../sealed-register.ts';
import { decideStaff, evolveStaff, inService, staffClearFields, withdrawStaff } from './entries.ts';
import type { Staff, StaffEntry, StaffEvent, StaffRejection } from './entries.ts';

export * from './demo.ts';
export * from './entries.ts';

/** Who works for which body, by reference. */
export interface StaffRegister extends SealedRegister<Staff, StaffEntry, StaffRejection> {
  /** In service on a day, by reference: `limit` of them behind `after`. */
  page(body: string, on: string, after: string | null, limit: number): readonly StaffEntry[];
  /** Of any body; null: nobody has this reference. */
  find(employeeRef: string): (StaffEntry & { readonly comune: string }) | null;
}

/** The register as streams `staff-<ipa>`: some 10,000 entries a Province. */
export function createStaffRegister(ports: RegisterPorts): StaffRegister {
  const employers = new Map<string, string>();
  const register = createSealedRegister<Staff, StaffEvent, StaffEntry, StaffRejection>(
    ports,
    {
      ...{ prefix: 'staff-', act: 'RecordStaff', initial: new Map(), clear: staffClearFields },
      ...{ evolve: evolveStaff, decide: decideStaff, withdraw: withdrawStaff },
      sealed: { StaffRecorded: 'entries', StaffWithdrawn: 'employeeRef' },
      keyOf: ({ employeeRef }) => employeeRef,
      entriesOf: ({ type, data }) => (type === 'StaffRecorded' ? data.entries : []),
      takenBackBy: ({ type, data }) => (type === 'StaffWithdrawn' ? data.employeeRef : null),
    },
    (body, entries) => {
      for (const { employeeRef } of entries) employers.set(employeeRef, body);
    },
  );
  return {
    ...register,
    page: (body, on, after, limit) =>
      [...register.of(body).values()]
        .filter((entry) => inService(entry, on) && (after === null || entry.employeeRef > after))
        .sort((a, b) => (a.employeeRef < b.employeeRef ? -1 : 1))
        .slice(0, limit),
    find(employeeRef) {
      const comune = employers.get(employeeRef);
      const entry = comune === undefined ? undefined : register.of(comune).get(employeeRef);
      return entry && comune !== undefined ? { ...entry, comune } : null;
    },
  };
}
