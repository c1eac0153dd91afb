import type { LogExperiment } from '../experiment.ts';
import { worsenNetwork } from './bad-weather.ts';
import { crashAtPoints, killAtRandom } from './crashes.ts';
import { hangServer } from './hung-server.ts';
import { killServer } from './killed-server.ts';
import { loseAnswers } from './lost-answers.ts';
import { cutPower } from './power-cut.ts';
import { contestTasks, sendTwice } from './races.ts';

/** Commands in several processes over PostgreSQL, disturbed; judged by an outside ledger. */
export const commandExperiments: readonly LogExperiment[] = [
  {
    id: 'F01',
    what: 'processes of the write side are killed at any moment, and people ask again',
    needsDatabase: true,
    trial: killAtRandom,
  },
  {
    id: 'F02',
    what: 'a process dies before, in and after an append, and after its answer',
    needsDatabase: true,
    trial: crashAtPoints,
  },
  {
    id: 'F03',
    what: 'answers of PostgreSQL are lost, and the connections with them',
    needsDatabase: true,
    trial: loseAnswers,
  },
  {
    id: 'F04',
    what: 'sessions of PostgreSQL and the server itself stand still for seconds, and go on',
    needsDatabase: false,
    trial: hangServer,
  },
  {
    id: 'F05',
    what: 'sessions of PostgreSQL and the server itself are killed, and recover',
    needsDatabase: false,
    trial: killServer,
  },
  {
    id: 'F06',
    what: 'the power goes: the disk as it was at that moment is recovered',
    needsDatabase: false,
    trial: cutPower,
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
