import type { TrialOutcome, TrialPorts } from '../experiment.ts';
import { fair } from '../../support/proxy.ts';
import { workBehindProxy } from './behind-proxy.ts';

/**
 * F03: of what PostgreSQL answers a tenth is lost, and the connection with it: whoever asked for a commit does not know whether
 * it is there. People ask again, with the same key.
 */
export async function loseAnswers(ports: TrialPorts): Promise<TrialOutcome> {
  let lost = 0;
  const { faults, figures } = await workBehindProxy(
    ports,
    { timeoutMs: 2_000 },
    async (proxy, office) => {
      await office.progress(10);
      proxy.weather = { name: 'answers are lost', losesAnswer: () => office.random() < 0.1 };
      await office.progress(150);
      proxy.weather = fair;
      lost = proxy.lost;
      await office.progress(20);
    },
    100,
  );
  if (lost === 0) return { faults: [...faults, 'no answer was lost'], figures: {} };
  return { faults, figures: { ...figures, lost } };
}
