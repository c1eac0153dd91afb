import type { ClerkConfig } from '../commands/clerk.ts';
import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { deployWork, Office } from '../commands/office.ts';

const processes = 3;
const cases = 40;

/**
 * F21: what processes hold of cases in memory is old or gone. Each command goes to another process than the one before, so
 * that it is decided on a state of some commands ago, or on none where the process has just begun; all must be done as on the
 * latest, and whatever is held at the end must be what the log folds to.
 */
export const askTheStale = (ports: TrialPorts): Promise<TrialOutcome> => askAround(ports, {});

/** Each command of a case is asked of another process than the one before; now and then a process is replaced. */
export async function askAround(
  ports: TrialPorts,
  keeps: NonNullable<ClerkConfig['keeps']>,
): Promise<TrialOutcome> {
  const { databaseUrl } = ports;
  const config: ClerkConfig = { databaseUrl, keeps };
  await deployWork(databaseUrl);
  const office = new Office(ports);
  let [stale, emptied] = [0, 0];
  try {
    await Promise.all(Array.from({ length: processes }, () => office.hire(config)));
    await Promise.all(
      Array.from({ length: cases }, async (_, n) => {
        const process = n % 2 === 0 ? 'forked' : 'work';
        const started = await office.insist(office.key(), { what: 'start', process, note: '' });
        const open = started.outcome === 'done' ? [...started.tasks] : [];
        for (let turn = n; open.length > 0 && started.outcome === 'done'; turn++) {
          const [task] = open.splice(office.below(open.length), 1);
          const asked = { what: 'complete', caseId: started.caseId, task: task!, note: '' } as const;
          const key = office.key();
          const clerk = office.present[turn % office.present.length];
          const first = await office.ask(key, asked, clerk);
          // One whose process has gone meanwhile is asked elsewhere.
          const answer = first.outcome === 'unknown' ? await office.insist(key, asked) : first;
          stale++;
          if (answer.outcome === 'done') open.push(...answer.tasks);
          else office.faults.push(`${started.caseId} ${task}: ${JSON.stringify(answer)}`);
          if (office.below(40) === 0) {
            emptied++;
            await office.hire(config);
            await office.present[0]?.kill();
          }
        }
      }),
    );
    await office.repeat(30);
    return { faults: await office.judge(databaseUrl), figures: { commands: stale, emptied } };
  } finally {
    await office.close();
  }
}
