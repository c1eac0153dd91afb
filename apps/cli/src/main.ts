import { Command, CommanderError } from 'commander';
import { beginYoung } from '@iter/platform/heap';
import { complain, printJson, WrongInput } from './output.ts';
import type { ExitStatus } from './output.ts';
import { productVersion } from './version.ts';

beginYoung();

// Each command loads its code when it is called: the offline ones never load a driver or a framework.

const program = new Command('iter')
  .description('Event-sourced workflow engine with BPMN, and the HR services of a Province for its Comuni')
  .version(productVersion)
  .showHelpAfterError('(iter --help lists the commands)')
  .configureOutput({ writeErr: (text) => complain(text.trimEnd()) })
  .exitOverride();

// Whoever reads along may have had enough (`| head`): then there is nobody left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const finish = async (status: Promise<ExitStatus>): Promise<void> => {
  process.exitCode = await status;
};

program
  .command('up')
  .description('runs everything in one process, or some roles of it')
  .option('--roles <roles>', 'api,projector,worker', 'api,projector,worker')
  .option('--programme', 'plays the seed programme in the demo, once: its clock goes forward by five months')
  .action(async (options: { roles: string; programme?: boolean }) =>
    finish((await import('./up.ts')).upCommand(options.roles.split(','), options.programme ?? false)),
  );

program
  .command('check')
  .description('parses and validates diagrams, decisions, forms, terms and ladders')
  .argument('<files...>', 'files, or folders of which all is checked')
  .option('--json', 'print JSON')
  .action(async (files: string[], options) =>
    finish((await import('./commands/check.ts')).check(files, options)),
  );

program
  .command('layout')
  .description('draws the diagram of a file anew, with lanes, and leaves all else as it is')
  .argument('<files...>')
  .option('--write', 'keeps the drawing in the file instead of printing it')
  .option('--check', 'judges the diagram that is there: overlaps, labels on things or far away, crossings')
  .option(
    '--tries <n>',
    'tries so many other arrangements where lines cross or words stand far; thousands take minutes',
  )
  .option('--seed <n>', 'another one finds other arrangements (with --tries)')
  .option('--json', 'print JSON (with --check)')
  .action(async (files: string[], options) =>
    finish((await import('./commands/layout.ts')).layout(files, options)),
  );

program
  .command('run')
  .description('executes definitions in memory on a virtual clock and prints what happened')
  .argument('<files...>')
  .option('--process <id>', 'the process to start, when there are several')
  .option('--variables <json>', 'variables of the case')
  .option('--scenario <file>', 'plays a scenario file')
  .option('--auto', 'tasks and jobs complete by themselves, timers fire in order')
  .option('--json', 'the output is always JSON')
  .action(async (files: string[], options) =>
    finish((await import('./commands/run.ts')).run(files, options)),
  );

program
  .command('test')
  .description('runs the scenario files below folders and says what they covered')
  .argument('[dirs...]')
  .option('--json', 'print JSON')
  .action(async (dirs: string[], options) =>
    finish((await import('./commands/test.ts')).test(dirs, options)),
  );

program
  .command('simulate')
  .description(
    'plays years of a Province in memory on a virtual clock or into a running demo, prints what was due, met, missed and escalated, and checks that folds, recounts, views and chains agree',
  )
  .option('--years <n>', 'how many years', '1')
  .option('--seed <text>', 'the same seed plays the same years', '1')
  .option('--scale <factor>', 'of the volumes of a Province with 60 Comuni', '1')
  .option(
    '--only <services...>',
    'only these services: desk, disciplinary, selection, training, onboarding, programme',
  )
  .option(
    '--views',
    'also make the views across cases and compare them: in a database of their own on the server of DATABASE_URL, else on an embedded one',
  )
  .option(
    '--into <address>',
    'plays into a running demo, over HTTP as its people; its clock goes forward by these years, and Comuni, staff and accounts are added as the scale asks',
  )
  .option('--at-once <n>', 'so many people act at the same time (with --into)', '32')
  .option('--password <text>', 'of the demo accounts (with --into); ITER_DEMO_PASSWORD by default')
  .option('--json', 'print JSON')
  .addHelpText('after', '\nWithout --into all of it happens in memory and is gone afterwards.')
  .action(async (options) => finish((await import('./commands/simulate.ts')).simulate(options)));

program
  .command('term')
  .description('computes a legal term, and says why')
  .argument('[term]', 'an amount and a unit: 30d, 6m, 3y, 48h')
  .option('--from <date>', 'the day (or, for hours, the instant with offset) it starts from')
  .option('--backward', 'count back from that day')
  .option('--free-days', 'giorni liberi: both ends excluded')
  .option('--comune <code>', 'IPA code: local holidays')
  .option('--term <key>', 'a term of the catalogue, instead of amount and unit')
  .option('--until <date>', 'the end that an act has set, of a term that lets it')
  .option('--batch <file>', 'JSON Lines from a file, or - for standard input')
  .option('--json', 'print JSON')
  .action(async (spec: string | undefined, options) =>
    finish((await import('./commands/term.ts')).term(spec, options)),
  );

const packages = program
  .command('package')
  .description('gives a process away with all that belongs to it, takes one in, says what differs');
packages
  .command('export')
  .description('packs the process of a folder as one signed archive')
  .argument('<folder>', 'processes/<key>, with a package.yaml')
  .option('-o, --out <file>', 'the archive; <key>-<version>.zip by default')
  .option('--key <file>', 'a private Ed25519 key (PEM); by default the one of this house')
  .option('--unsigned', 'without a signature')
  .option('--json', 'print JSON')
  .action(async (folder: string, options) =>
    finish((await import('./commands/package.ts')).exportPackage(folder, options)),
  );
packages
  .command('import')
  .description('checks an archive and puts it among the processes of a folder')
  .argument('<archive>')
  .option('--into <folder>', 'where the processes lie', 'processes')
  .option('--trust <fingerprint>', 'only when this key has signed it')
  .option('--replace', 'replaces files that differ instead of leaving them')
  .option('--json', 'print JSON')
  .action(async (archive: string, options) =>
    finish((await import('./commands/package.ts')).importPackage(archive, options)),
  );
packages
  .command('diff')
  .description('says what differs between two packages, each an archive or a folder')
  .argument('<before>')
  .argument('<after>')
  .option('--base <package>', 'their common origin: says whose change each is')
  .option('--json', 'print JSON')
  .action(async (before: string, after: string, options) =>
    finish((await import('./commands/package.ts')).diffPackages(before, after, options)),
  );

const remote = (command: Command): Command =>
  command
    .option('--url <address>', 'the running system', process.env['ITER_URL'] ?? 'http://127.0.0.1:3000')
    .option('--user <name>', 'account', process.env['ITER_USER'] ?? 'gestore')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nThe password is read from ITER_PASSWORD (or ITER_DEMO_PASSWORD).');

remote(program.command('deploy').description('deploys to a running system').argument('<files...>')).action(
  async (files: string[], options) => finish((await import('./commands/deploy.ts')).deploy(files, options)),
);

const cases = program.command('case').description('reads cases of a running system, also as they stood');
remote(
  cases
    .command('list')
    .option('--state <state>', 'open (active or suspended; the default), a single state, or all')
    .option('--process <key>'),
).action(async (options) => finish((await import('./commands/case.ts')).listCases(options)));
for (const what of ['show', 'history', 'state'] as const) {
  const command = remote(
    cases.command(what).argument('<id>').option('--reason <text>', 'why it is read, where that is asked'),
  );
  if (what === 'state') command.option('--at <instant>').option('--revision <n>');
  command.action(async (id: string, options) =>
    finish((await import('./commands/case.ts')).readCase(what, id, options)),
  );
}

remote(
  program
    .command('replay')
    .description('folds histories of a running system again; says what another definition would change')
    .argument('[id]', 'a case')
    .option('--all', 'every case that the account may read')
    .option('--against <file>', 'a BPMN file: what would happen to each case if it followed it')
    .option('--elements <json>', 'elements that have another id there, by the id that they have now')
    .option('--flows <json>', 'sequence flows that have another id there')
    .option('--reason <text>', 'why the cases are read, where that is asked'),
).action(async (id: string | undefined, options) =>
  finish((await import('./commands/replay.ts')).replay(id, options)),
);

remote(
  program
    .command('export')
    .description('fetches a case of a running system as a file')
    .argument('<id>', 'a case')
    .requiredOption('--format <format>', 'bundle, jsonl, csv or pdf')
    .option('-o, --out <file>', 'where to; fascicolo-<id> by default')
    .option('--reason <text>', 'why it is read, where that is asked'),
).action(async (id: string, options) =>
  finish((await import('./commands/export.ts')).exportCase(id, options)),
);

remote(
  program
    .command('rebuild')
    .description('makes views of a running system anew beside the live ones, which then take their place')
    .argument('[views...]', 'followers (views, reactions) or single views; all by default'),
).action(async (views: string[], options) =>
  finish((await import('./commands/rebuild.ts')).rebuild(views, options)),
);

program
  .command('verify')
  .description(
    'checks the file of a case offline, the whole log in DATABASE_URL, or the views there against it; names what is wrong',
  )
  .argument('[bundle]', 'what iter export --format bundle has written')
  .option('--all', 'every chain of the log')
  .option('--trust <fingerprint>', 'with a file or --all: the key that must have signed')
  .option('--checkpoints <file>', 'with --all: also against signed checkpoints that were kept elsewhere')
  .option('--views', 'every row of the views, made once more from the log')
  .option('--json', 'print JSON')
  .action(async (bundle: string | undefined, options) =>
    finish((await import('./commands/verify.ts')).verify(bundle, options)),
  );

try {
  await program.parseAsync();
} catch (error) {
  const isParser = error instanceof CommanderError;
  if (!isParser && !(error instanceof WrongInput)) throw error;
  // The parser of the command line has said by itself what is wrong, or shown the help that was asked for.
  const isHelp = isParser && error.exitCode === 0;
  const wrong = isParser ? new WrongInput(error.message.replace(/^error: /, '')) : error;
  if (!isParser) complain(wrong.message);
  if (!isHelp && process.argv.includes('--json')) printJson({ error: wrong.told() });
  process.exitCode = isHelp ? 0 : 2;
}
