import type { LogExperiment } from '../experiment.ts';
import { worsenNetwork } from './bad-weather.ts';
import { crashAtPoints } from './crashes.ts';
import { killServer } from './killed-server.ts';
import { contestTasks, sendTwice } from './races.ts';

/** Commands in several processes over PostgreSQL, disturbed; judged by an outside ledger. */
export const commandExperiments: readonly LogExperiment[] = [
  {
    id: 'F02',
    what: 'a process dies before, in and after an append, and after its answer',
    needsDatabase: true,
    trial: crashAtPoints,
  },
  {
    id: 'F05',
    what: 'sessions of PostgreSQL and the server itself are killed, and recover',
    needsDatabase: false,
    trial: killServer,
  },
  {
    id: 'F12',
    what: 'the network to PostgreSQL is slow, uneven, in pieces, resets, goes silent',
    needsDatabase: true,
    trial: worsenNetwork,
  },
  {
    id: 'F13',
    what: 'many complete the same task at once, in three processes',
    needsDatabase: true,
    trial: contestTasks,
  },
  {
    id: 'F14',
    what: 'commands are sent many times at once to three processes, also with another body',
    needsDatabase: true,
    trial: sendTwice,
  },
];
