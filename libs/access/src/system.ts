import type { Principal } from './types.ts';

/** The house itself: bells, workers, messages between cases, deployment at the start. Never somebody signed in. */
export const systemPrincipal: Principal = {
  account: 'system',
  displayName: 'Sistema',
  grants: [{ role: 'SYSTEM', body: 'iter' }],
  serves: {},
};
