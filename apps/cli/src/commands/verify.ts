import { existsSync, readFileSync } from 'node:fs';
import { verifyBundle } from '@iter/documents/case-bundle';
import { complain, print, printJson, WrongInput } from '../output.ts';
import type { ExitStatus } from '../output.ts';

export interface VerifyOptions {
  readonly all?: boolean;
  readonly json?: boolean;
}

/** Checks the file of a case offline, or with `all` every chain of the log in `EVENTSTORE_URL` or `DATABASE_URL`. */
export function verify(file: string | undefined, options: VerifyOptions): Promise<ExitStatus> {
  if (options.all) {
    if (file !== undefined) throw new WrongInput('verify takes a file or --all, not both');
    return verifyAll(options);
  }
  if (file === undefined) throw new WrongInput('name the file of a case, or give --all');
  if (!existsSync(file)) throw new WrongInput(`${file} does not exist`);
  return Promise.resolve(verifyFile(file, options));
}

function verifyFile(file: string, options: VerifyOptions): ExitStatus {
  const verdict = verifyBundle(readFileSync(file));
  if (options.json) printJson(verdict);
  else if (verdict.whole) {
    const { manifest, events, documents, withheld } = verdict;
    print(`${file}: integro. Pratica ${manifest.caseId}, ${events} eventi, ${documents} documenti`);
    if (withheld > 0) print(`${withheld} documenti non sono compresi: ne è provata solo l’impronta`);
    print(`ultimo evento ${manifest.headHash}: confrontarlo con quello pubblicato o conservato dall’ente,`);
    print('perché la catena da sola non prova che dopo di esso non ve ne siano altri.');
  } else {
    const { code, where, message } = verdict.fault;
    complain(`${file}: NON integro. ${where === '' ? '' : `${where}: `}${message} (${code})`);
  }
  return verdict.whole ? 0 : 1;
}

async function verifyAll(options: VerifyOptions): Promise<ExitStatus> {
  const [{ openLog }, { readConfig }, { verifyLog }] = await Promise.all([
    import('../up/log.ts'),
    import('@iter/platform/config'),
    import('@iter/event-store'),
  ]);
  const { databaseUrl, eventStore } = readConfig(process.env, process.cwd());
  if (!databaseUrl && !eventStore)
    throw new WrongInput('set DATABASE_URL, or EVENTSTORE_URL, to where the log is');
  const { log } = await openLog({ databaseUrl: databaseUrl ?? '', eventStore });
  try {
    const isShown = process.stderr.isTTY;
    const { events, streams, broken } = await verifyLog(log, (seen) => {
      if (isShown) process.stderr.write(`\r${seen} eventi`);
    });
    if (isShown) process.stderr.write('\r\u001b[K');
    if (options.json) printJson({ whole: broken === null, events, streams, broken });
    else if (broken) {
      const { stream, revision, problem, position } = broken;
      complain(
        `NON integro: ${stream}, evento ${revision} (${problem}), posizione ${position}; visti ${events} eventi`,
      );
    } else print(`integro: ${events} eventi in ${streams} sequenze`);
    return broken ? 1 : 0;
  } finally {
    await log.close();
  }
}
