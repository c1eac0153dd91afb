import { ahead, always, mostly, replies } from './habit.ts';
import type { Habit, Habits } from './habit.ts';

const comuneOrgan = mostly(['COUNCIL', 0.95], ['COMMISSIONER', 0.04], ['COMMISSION', 0.01]);
const provinceOrgan = mostly(['COUNCIL', 0.95], ['COMMISSIONER', 0.05]);

/** With the model that the Comune is registered with in the end. */
const services: Habit = ({ registers, comune }) => {
  const serviceModel = registers.ground.comuni[comune] ?? 'FULL_UPD';
  return ['DISCIPLINARY', 'TRAINING'].map((service) => ({ service, serviceModel }));
};

export const onboarding: Habits = {
  // Onboarding. The agreement is of 2022: the terms of its code are over for whoever joins now.
  start_request: { services, openCases: always(0), mergedFrom: always(null) },
  t_answerInvite: { services, openCases: always(0), mergedFrom: always(null) },
  t_feasibility: { feasible: replies(0.95) },
  t_comuneDeliberation: {
    ...{ comuneOrgan, comuneResolution: mostly(['APPROVED', 0.9], ['AMEND', 0.07], ['REFUSED', 0.03]) },
  },
  t_provinceDeliberation: { provinceOrgan, provinceResolution: mostly(['APPROVED', 0.95], ['AMEND', 0.05]) },
  t_draftConvention: {
    comuneOrgan,
    provinceOrgan,
    validFrom: ahead(60),
    validUntil: ahead(800),
    ccnlSignedAt: always('2022-11-16'),
  },
  t_dpoCheck: { dpoOutcome: mostly(['OK', 0.9], ['CHANGES', 0.1]) },
  // As the councils approved it.
  t_sign: {
    signOutcome: mostly(['SIGNED', 0.97], ['GIVEN_UP', 0.03]),
    validUntil: ({ seen }) => seen['approvedUntil'],
  },
  t_trial: { trialOk: replies(0.9) },
  t_goLive: { goLive: always('LIVE'), openCasesNow: always(0) },
  // Life of a convention
  t_amend: { services, amendedFrom: ahead(20) },
  t_decideRenewal: { renewal: mostly(['RENEW', 0.9], ['END', 0.1]) },
  // What is played goes on with the Province: a case continues, and for it the convention stays on the register, for no new ones.
  t_exitPlan: { exitPlan: always([{ caseRef: 'PD-1', decision: 'CONTINUE' }]) },
  t_handOver: { handOverReceipts: always([]) },
  t_handleAnnulment: { exitReason: always('ANNULMENT'), runningCases: always([]) },
};
