import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { deployWork, Office } from './office.ts';
import type { Answer } from './ledger.ts';

const processes = 3;
const races = 100;

async function racing(
  ports: TrialPorts,
  race: (office: Office, caseId: string, task: string) => Promise<Answer | null>,
): Promise<TrialOutcome> {
  const { databaseUrl } = ports;
  await deployWork(databaseUrl);
  const office = new Office(ports);
  try {
    await Promise.all(Array.from({ length: processes }, () => office.hire({ databaseUrl })));
    for (let n = 0; n < races;) {
      let at = await office.insist(office.key(), { what: 'start', process: 'work', note: '' });
      while (at.outcome === 'done' && at.tasks.length > 0 && n < races) {
        at = (await race(office, at.caseId, at.tasks[0]!)) ?? { outcome: 'unknown', why: 'nobody won' };
        n++;
      }
      if (at.outcome !== 'done') break;
    }
    // Whoever asks again much later, also somebody who was not there, is answered as at first.
    await office.present[0]?.kill();
    await office.hire({ databaseUrl });
    await office.repeat(60);
    const faults = await office.judge(databaseUrl);
    const { entries, acknowledged } = office.ledger;
    const answers = entries.reduce((sum, entry) => sum + entry.answers.length, 0);
    return { faults, figures: { races, asked: answers, acknowledged } };
  } finally {
    await office.close();
  }
}

/** F13: 2 to 50 people, each with a command of their own, complete the same task. One does, the others are told that it is not open. */
export const contestTasks = (ports: TrialPorts): Promise<TrialOutcome> =>
  racing(ports, async (office, caseId, task) => {
    const many = 2 + office.below(49);
    const answers = await Promise.all(
      Array.from({ length: many }, (_, i) =>
        office.insist(office.key(), { what: 'complete', caseId, task, note: `${i}` }),
      ),
    );
    const winners = answers.filter(({ outcome }) => outcome === 'done');
    if (winners.length !== 1) office.faults.push(`${winners.length} of ${many} completed ${caseId} ${task}`);
    const codes = answers.flatMap((it) => (it.outcome === 'refused' ? [it.code] : []));
    const strange = codes.filter((code) => code !== 'task-not-found' && code !== 'case-not-active');
    if (strange.length > 0) office.faults.push(`${caseId} ${task} was refused as ${strange.join(', ')}`);
    return winners[0] ?? null;
  });

/**
 * F14: the same command 2 to 20 times at once, in several processes; in every second race some have its key and another body. One
 * body wins: all who sent it get one answer, the others are told that the key is used.
 */
export const sendTwice = (ports: TrialPorts): Promise<TrialOutcome> =>
  racing(ports, async (office, caseId, task) => {
    const many = 2 + office.below(19);
    const bodies = 1 + office.below(2);
    const key = office.key();
    const answers = await Promise.all(
      Array.from({ length: many }, async () => {
        const note = `${office.below(bodies)}`;
        return { note, answer: await office.insist(key, { what: 'complete', caseId, task, note }) };
      }),
    );
    const done = answers.filter(({ answer }) => answer.outcome === 'done');
    const winners = new Set(done.map(({ note }) => note));
    if (winners.size !== 1) office.faults.push(`${winners.size} bodies of ${key} were done`);
    for (const { note, answer } of answers) {
      const isRight = winners.has(note)
        ? answer.outcome === 'done'
        : answer.outcome === 'refused' && answer.code === 'key-reused';
      if (!isRight) office.faults.push(`${key} (${note}) was answered ${JSON.stringify(answer)}`);
    }
    return done[0]?.answer ?? null;
  });
