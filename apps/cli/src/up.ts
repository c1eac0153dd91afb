import { ConfigError, readConfig } from '@iter/platform/config';
import { createLogger } from '@iter/platform/logging';
import { complain, print, WrongInput } from './output.ts';
import type { ExitStatus } from './output.ts';
import { startRoles } from './up/start-roles.ts';
import type { Running } from './up/start-roles.ts';
import { whyNotStarted } from './up/why-not-started.ts';

export const roles = ['api', 'projector', 'worker'] as const;
export type RoleOfProcess = (typeof roles)[number];

/** How long a clean shutdown may take before the process ends anyway. */
const shutdownMs = 20_000;

/**
 * `iter up`: runs the roles in this process until a signal ends it. Everything that was answered is on disk by then, so
 * that an unclean end loses nothing either.
 */
export async function upCommand(asked: readonly string[], programme: boolean): Promise<ExitStatus> {
  const wanted = asked.map((name) => name.trim()).filter((name) => name !== '');
  const unknown = wanted.find((name) => !(roles as readonly string[]).includes(name));
  if (unknown !== undefined || wanted.length === 0) {
    throw new WrongInput(`--roles takes ${roles.join(', ')}, separated by commas; not "${unknown ?? ''}".`);
  }
  let config;
  try {
    config = readConfig(process.env, process.cwd());
  } catch (error) {
    if (error instanceof ConfigError) throw new WrongInput(error.message);
    throw error;
  }
  if (programme && !(config.demo && ['projector', 'worker'].every((role) => wanted.includes(role)))) {
    throw new WrongInput('--programme needs the demo, its projector and its worker.');
  }
  const logger = createLogger({ name: 'iter', level: config.logLevel });
  const started = performance.now();
  const stopping = untilSignal();
  const stop = new AbortController();
  void stopping.then(() => stop.abort());
  let running: Running;
  try {
    running = await startRoles({
      roles: new Set(wanted as RoleOfProcess[]),
      ...{ config, logger, programme },
      onProgress: complain,
      signal: stop.signal,
    });
  } catch (error) {
    complain(`Iter non è partito (did not start): ${whyNotStarted(error, config)}`);
    logger.error({ err: error }, 'the start failed');
    return 1;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (running.address !== null) {
    print(`Iter è pronto in ${seconds} s (ready): ${running.address}`);
    if (running.demoPassword !== null) {
      print(
        `Accesso dimostrativo (demo sign-in): operatore, responsabile, upd, struttura, personale, gestore …`,
      );
      print(`Password di tutti (password of all): ${running.demoPassword}`);
    }
    if (running.firstOperator !== null) {
      print(
        `Primo accesso (first sign-in): ${running.firstOperator.username} ${running.firstOperator.password}`,
      );
    }
    print('Ctrl-C per fermare (to stop).');
  } else complain(`Iter runs ${wanted.join(', ')}.`);

  await stopping;
  complain('Arresto in corso … (stopping)');
  const tooLong = setTimeout(() => {
    logger.error('the shutdown took too long');
    process.exit(1);
  }, shutdownMs).unref();
  await running.close();
  clearTimeout(tooLong);
  return 0;
}

/** The first of these signals ends the process cleanly, a second one at once. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(1);
        asked = true;
        resolve();
      });
    }
  });
}
