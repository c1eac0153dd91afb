import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formats, verifyBundle } from '@iter/documents/case-bundle';
import type { BrokenCheckpoint, LogVerdict } from '@iter/event-store';
import type { SignedCheckpoint } from '@iter/event-store/checkpoints';
import { fingerprintOf, isFingerprint } from '@iter/platform/signatures';
import { keptCheckpoints } from './kept-checkpoints.ts';
import { complain, print, printJson, WrongInput } from '../output.ts';
import type { ExitStatus } from '../output.ts';

export interface VerifyOptions {
  readonly all?: boolean;
  /** A file of signed checkpoints that somebody kept: with `all`. */
  readonly checkpoints?: string;
  /** Fingerprint of the key that must have signed. */
  readonly trust?: string;
  readonly views?: boolean;
  readonly json?: boolean;
}

/**
 * Checks the file of a case offline; with `all` every chain of the log in `EVENTSTORE_URL` or `DATABASE_URL`, of which nothing is
 * changed, and its signed checkpoints, against those in a file as well; with `views` every row of the views in `DATABASE_URL` against that log.
 */
export function verify(file: string | undefined, options: VerifyOptions): Promise<ExitStatus> {
  const { all = false, views = false } = options;
  if (file === undefined ? all === views : all || views)
    throw new WrongInput('give the file of a case, or --all, or --views');
  if (options.checkpoints !== undefined && !all) throw new WrongInput('--checkpoints goes with --all');
  if (options.trust !== undefined && views) throw new WrongInput('--trust goes with --all, or with a file');
  if (file === undefined) return all ? verifyAll(options) : verifyViews(options);
  if (!existsSync(file)) throw new WrongInput(`${file} does not exist`);
  return Promise.resolve(verifyFile(file, options));
}

function verifyFile(file: string, options: VerifyOptions): ExitStatus {
  const verdict = verifyBundle(readFileSync(file));
  const isKnown = !verdict.whole || isTrusted(verdict.proof?.signed ?? null, options.trust);
  if (options.json) printJson({ ...verdict, whole: verdict.whole && isKnown });
  else if (verdict.whole) {
    const { manifest, events, documents, withheld, proof } = verdict;
    const isCovered = manifest.format === formats.covered;
    print(
      `${file}: ${isCovered ? 'catena integra, in forma pseudonima' : 'integro'}. Pratica ${manifest.caseId}, ${events} eventi, ${documents} documenti`,
    );
    if (isCovered) {
      const known = proof
        ? `provati fino all’evento ${proof.revision + 1}`
        : 'coerenti tra loro; che siano quelli del registro lo dice solo headHash';
      print(`ordine, completezza, genere e istanti degli eventi sono ${known};`);
      print('il contenuto (chi, che cosa, quali documenti) non è verificabile: lo è nel fascicolo in chiaro');
    }
    print(isCovered ? unproven.covered : unproven.open);
    if (withheld > 0 && !isCovered)
      print(`${withheld} documenti non sono compresi: ne è provata solo l’impronta`);
    if (proof) {
      const { checkpoint } = proof.signed;
      print(
        `punto di controllo ${checkpoint.number} del ${checkpoint.madeAt}: comprende gli eventi fino al ${proof.revision + 1}`,
      );
      print(
        `firmato con la chiave ${fingerprintOf(proof.signed)}: confrontarla con quella che l’ente ha comunicato`,
      );
    }
    print(`ultimo evento ${manifest.headHash}: confrontarlo con quello pubblicato o conservato dall’ente,`);
    print('perché la catena da sola non prova che dopo di esso non ve ne siano altri.');
  } else {
    const { code, where, message } = verdict.fault;
    complain(`${file}: NON integro. ${where === '' ? '' : `${where}: `}${message} (${code})`);
  }
  if (!isKnown && !options.json) complain(strangeKey);
  return verdict.whole && isKnown ? 0 : 1;
}

/** What lies in the file and nothing vouches for: whoever changes it can make the manifest agree. */
const unproven = {
  open: 'non provano nulla LEGGIMI.txt, i nomi dei documenti, il disegno che il sistema dà a un processo che non ne ha, e ciò che clear.jsonl dice dei dati cifrati nel registro;',
  covered: 'nemmeno LEGGIMI.txt prova qualcosa: accompagna il fascicolo e chiunque può cambiarlo;',
} as const;

/** Whoever gives the address of something else must not read that all is well there. */
async function orWrong(error: unknown): Promise<never> {
  const { LogMissing } = await import('@iter/event-store');
  if (error instanceof LogMissing)
    throw new WrongInput('EVENTSTORE_URL, or else DATABASE_URL, names a server that holds no log');
  throw error;
}

async function verifyAll(options: VerifyOptions): Promise<ExitStatus> {
  const [{ openLog }, { readConfig }, { verifyLog }] = await Promise.all([
    import('../up/log.ts'),
    import('@iter/platform/config'),
    import('@iter/event-store'),
  ]);
  const kept = options.checkpoints === undefined ? [] : keptCheckpoints(options.checkpoints);
  const { databaseUrl, eventStore } = readConfig(process.env, process.cwd());
  if (!databaseUrl && !eventStore)
    throw new WrongInput('set DATABASE_URL, or EVENTSTORE_URL, to where the log is');
  const { log } = await openLog({ databaseUrl: databaseUrl ?? '', eventStore, onlyRead: true }).catch(
    orWrong,
  );
  try {
    const isShown = process.stderr.isTTY;
    const onPage = (seen: number): void => {
      if (isShown) process.stderr.write(`\r${seen} eventi`);
    };
    const { events, streams, broken, checkpoints } = await verifyLog(log, { onPage, kept });
    if (isShown) process.stderr.write('\r\u001b[K');
    const isKnown = isTrusted(checkpoints.last, options.trust);
    const isWhole = broken === null && checkpoints.broken === null && isKnown;
    if (options.json) printJson({ whole: isWhole, events, streams, broken, checkpoints });
    else tell({ events, streams, broken, checkpoints });
    if (!isKnown && !options.json) complain(strangeKey);
    return isWhole ? 0 : 1;
  } finally {
    await log.close();
  }
}

function tell({ events, streams, broken, checkpoints }: LogVerdict): void {
  const { count, last, kept, broken: unsound } = checkpoints;
  if (broken) {
    const { stream, revision, problem, position } = broken;
    complain(
      `NON integro: ${stream}, evento ${revision} (${problem}), posizione ${position}; visti ${events} eventi`,
    );
  }
  if (unsound) {
    const { number, problem, after } = unsound;
    const where = after === null ? '' : `, dopo la posizione ${after}`;
    complain(
      `NON integro: punto di controllo ${number}${where}: ${checkpointProblems[problem]} (${problem})`,
    );
  }
  if (broken || unsound) return;
  print(`integro: ${events} eventi in ${streams} sequenze`);
  if (!last)
    return print(
      'nessun punto di controllo firmato: la catena da sola non prova che la fine non sia stata tolta',
    );
  const { number, events: covered, madeAt } = last.checkpoint;
  print(`${count} punti di controllo firmati, l’ultimo (${number}) del ${madeAt} su ${covered} eventi`);
  print(`chiave ${fingerprintOf(last)}: confrontarla con quella che l’ente ha comunicato`);
  print(
    kept > 0
      ? `i ${kept} punti di controllo conservati altrove sono quelli del registro`
      : 'nessun punto di controllo conservato altrove è stato dato (--checkpoints FILE): chi tiene registro e chiave potrebbe averli rifatti tutti',
  );
}

const strangeKey = 'NON firmato con la chiave indicata (--trust)';

const checkpointProblems: Readonly<Record<BrokenCheckpoint['problem'], string>> = {
  'checkpoint-unreadable': 'non si legge',
  'checkpoint-unsigned': 'la firma non è valida',
  'checkpoint-key': 'è firmato con un’altra chiave',
  'checkpoint-chain': 'non segue quello prima',
  'checkpoint-root': 'gli eventi non sono quelli firmati',
  'checkpoint-missing': 'conservato altrove, manca nel registro, che è stato accorciato o riscritto',
  'checkpoint-differs': 'quello conservato altrove è un altro: il registro è stato riscritto',
};

/** Whether the key is the one that is expected; without an expectation any is. */
const isTrusted = (signed: SignedCheckpoint | null, trust: string | undefined): boolean =>
  trust === undefined || (signed !== null && isFingerprint(fingerprintOf(signed), trust));

/** Rows that somebody altered by hand are right again after `iter rebuild`. */
async function verifyViews(options: VerifyOptions): Promise<ExitStatus> {
  const [{ openLog }, { readConfig }, { createPool }, sealing, { viewsProjector }] = await Promise.all([
    import('../up/log.ts'),
    import('@iter/platform/config'),
    import('@iter/platform/postgres'),
    import('@iter/platform/sealing'),
    import('@iter/read-models'),
  ]);
  const { databaseUrl, eventStore, masterKey, home } = readConfig(process.env, process.cwd());
  if (!databaseUrl) throw new WrongInput('set DATABASE_URL to where the views are');
  // A key that is made now opens nothing.
  if (masterKey === null && !existsSync(join(home, 'keys', 'master.key')))
    throw new WrongInput('set ITER_MASTER_KEY, or ITER_HOME to the folder with the keys');
  const { log } = await openLog({ databaseUrl, eventStore, onlyRead: true }).catch(orWrong);
  const pool = createPool({ url: databaseUrl });
  // What is made for comparing is dropped before the process ends; a second signal ends it at once.
  const stopped = new AbortController();
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const stop = (): void => stopped.abort();
  for (const signal of signals) process.once(signal, stop);
  try {
    const master = sealing.loadMasterKey(masterKey, home);
    const sealer = sealing.createSealer({ store: sealing.createPostgresDataKeys(pool, master) });
    const views = viewsProjector({
      ...{ log, pool, clock: { now: () => new Date().toISOString() } },
      logger: { info: () => undefined, error: () => undefined },
      unseal: async ({ id, data }) => (await sealer.unseal(id, data)).data,
    });
    const { position, differences, parked } = await views.compare(stopped.signal);
    if (options.json) printJson({ whole: differences.length === 0, position, differences, parked });
    else if (differences.length === 0)
      print(`viste conformi al registro fino alla posizione ${position ?? '–'}`);
    else {
      for (const { table, id, problem } of differences) complain(`${table} ${id}: ${problems[problem]}`);
      complain('viste NON conformi al registro: iter rebuild le rifà');
    }
    if (!options.json)
      for (const caseId of parked) complain(`${caseId}: accantonata, le sue righe non sono confrontate`);
    return differences.length === 0 ? 0 : 1;
  } catch (error) {
    if (!stopped.signal.aborted) throw error;
    throw new WrongInput('interrupted: nothing was compared');
  } finally {
    for (const signal of signals) process.off(signal, stop);
    await pool.end();
    await log.close();
  }
}

const problems = { missing: 'manca', extra: 'di troppo', altered: 'alterata' } as const;
