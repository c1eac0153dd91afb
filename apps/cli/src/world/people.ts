import type { Principal, Role } from '@iter/access';
import { roles } from '@iter/access';

/** The bodies of a world in memory: one Comune, and the Province that serves it with a unified UPD. */
export const comune = 'c_comune';
export const province = 'p_provincia';

const ofComune = new Set<string>(['STRUCTURE_HEAD', 'COMUNE_HR', 'SEGRETARIO', 'PARTICIPANT']);

export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);

/** One person per role, so that who drafts is never who signs. */
export const personFor = (role: Role): Principal => ({
  account: role.toLowerCase(),
  displayName: role,
  grants: [{ role, body: ofComune.has(role) ? comune : province }],
  serves: { [province]: [comune] },
});
