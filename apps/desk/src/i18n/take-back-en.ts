import type { takeBackIt } from './take-back-it.ts';

/** Reopening tasks and rectifying values. */
export const takeBackEn: typeof takeBackIt = {
  takeBack: {
    reopen: 'Reopen the task',
    rectify: 'Rectify a value',
    reopenTitle: 'Reopen the task',
    reopenText:
      '{{what}}. The task is to be done again, with the values already entered; what waits because of it ends, and terms are as they were before. If an act has been sent, reopening is refused.',
    rectifyTitle: 'Rectify what was entered',
    rectifyText:
      'Correct only what is wrong. The former value stays in the history with the reason; terms that depend on it are computed again and acts are drafted anew, except where another version was attached. If an act has been sent, rectifying is refused.',
    noField: 'These values are not rectified here: no form had asked for them.',
    nothing: 'No value was changed.',
  },
};
