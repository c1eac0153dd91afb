import type { ProcessLine, ServiceLine, SimulationReport, TermLine } from './report.ts';

/** Natures of terms that somebody can keep or miss, as people call them; of the others the date only passes. */
const natures: Readonly<Record<string, string>> = {
  PEREMPTORY: 'perentori',
  DIRECTORY: 'ordinatori',
  CONTRACTUAL: 'contrattuali',
  SERVICE_LEVEL: 'livelli di servizio',
};

const deeds: Readonly<Record<string, string>> = {
  commands: 'comandi dati al sistema',
  starts: 'pratiche avviate da persone',
  waiting: 'pratiche non ancora avviate, in attesa di un fabbisogno o di un elenco di idonei',
  tasks: 'attività completate',
  jobs: 'lavori automatici eseguiti',
  messages: 'comunicazioni arrivate da fuori',
  bells: 'timer scattati, avvisi raggiunti e termini mancati',
  slips: 'moduli compilati con un errore',
  slipsTaken: 'errori che il sistema non ha respinto',
  absences: 'assenze senza sostituto',
  acknowledged: 'richiami presi in carico',
  incidentsResolved: 'incidenti esaminati',
};

/** Missed terms that are named at the top. */
const mostNamed = 10;

/** The report as those read it who judge the system for a Province: first what was lost, then service by service. */
export function shownReport(report: SimulationReport): string {
  const { refusals, stuck, violations, into } = report;
  return [
    ...heading(report),
    '',
    ...summary(report),
    ...report.services.flatMap((service) => ['', ...ofService(service)]),
    '',
    'CHE COSA HANNO FATTO LE PERSONE',
    ...Object.entries(report.people).map(([what, n]) => `  ${pad(n)}  ${deeds[what] ?? what}`),
    ...listed('RESPINTO DAL SISTEMA, BENCHÉ INTESO COME GIUSTO', entriesOf(refusals)),
    ...listed(
      'BLOCCATO: NESSUNO È RIUSCITO A COMPLETARLO',
      Object.entries(stuck).map(([what, { count, message }]) => `  ${pad(count)}  ${what}: ${message}`),
    ),
    '',
    violations.length > 0
      ? 'CHE COSA NON TORNA'
      : into === undefined
        ? 'RISCONTRI: stati, riconteggi, viste e catene concordano.'
        : 'RISCONTRI: storie, elenchi, stati, date e catene dei fascicoli concordano.',
    ...violations.map((it) => `  ${it}`),
  ].join('\n');
}

function heading({
  seed,
  years,
  scale,
  from,
  to,
  into,
  events,
  history,
}: SimulationReport): readonly string[] {
  const how = into === undefined ? 'giocata in memoria' : `giocata su ${into}`;
  return [
    `PROVINCIA SIMULATA, ${years === 1 ? 'un anno' : `${years} anni`} dal ${day(from)} al ${day(to)}`,
    `${number(scale)} × (60 Comuni, 10.000 dipendenti), seme «${seed}», ${how}; persone ed enti inventati`,
    `${number(events)} eventi, impronta della storia ${history.slice(0, 16)}`,
  ];
}

function summary({ cases, services, load, people }: SimulationReport): readonly string[] {
  const active = services.reduce((sum, it) => sum + it.active, 0);
  const terms = services.flatMap((it) => it.terms).filter(({ nature }) => Object.hasOwn(natures, nature));
  const own = terms.filter(({ isOurs }) => isOurs);
  const missed = own
    .filter((it) => it.missed > 0)
    .sort((a, b) => rankOf(a) - rankOf(b) || b.missed - a.missed);
  const all = services.flatMap((it) => it.terms);
  return [
    'IN SINTESI',
    `  ${pad(cases)}  pratiche: ${number(cases - active)} concluse, ${number(active)} in corso`,
    `  ${pad(load.bodies)}  enti, con da ${load.least} a ${load.most} pratiche ciascuno (mediana ${load.median})`,
    `  ${pad(total(all, 'told'))}  avvisi su scadenze, e ${number(total(all, 'escalated'))} richiami a chi risponde: ${number(people['acknowledged'] ?? 0)} presi in carico`,
    '',
    `  ${'termini degli uffici'.padEnd(22)}${['decisi', 'rispettati', 'mancati', 'in tempo'].map((it) => it.padStart(12)).join('')}`,
    ...Object.entries(natures).map(([nature, name]) =>
      shares(
        name,
        own.filter((it) => it.nature === nature),
      ),
    ),
    shares(
      'di altri soggetti',
      terms.filter(({ isOurs }) => !isOurs),
    ),
    ...listed(
      'DA GUARDARE PER PRIMI: TERMINI MANCATI DAGLI UFFICI',
      missed
        .slice(0, mostNamed)
        .map((it) => `  ${pad(it.missed)} su ${it.due}  ${it.label} (${natures[it.nature]}; ${it.process})`),
    ),
  ];
}

const rankOf = ({ nature }: TermLine): number => Object.keys(natures).indexOf(nature);

function shares(name: string, terms: readonly TermLine[]): string {
  const [met, missed] = [total(terms, 'met'), total(terms, 'missed')];
  const share = met + missed === 0 ? '–' : `${((met / (met + missed)) * 100).toFixed(1).replace('.', ',')} %`;
  const figures = [...[met + missed, met, missed].map(number), share];
  return `  ${name.padEnd(22)}${figures.map((it) => it.padStart(12)).join('')}`;
}

const total = (terms: readonly TermLine[], what: 'met' | 'missed' | 'told' | 'escalated'): number =>
  terms.reduce((sum, it) => sum + it[what], 0);

function ofService({ label, cases, active, processes, terms }: ServiceLine): readonly string[] {
  return [
    `${label.toUpperCase()} — pratiche: ${number(cases)}, in corso: ${number(active)}`,
    ...processes
      .filter((it) => it.cases > 0)
      .flatMap((it) =>
        ofProcess(
          it,
          terms.filter(({ process }) => process === it.process),
        ),
      ),
  ];
}

function ofProcess(
  { name, cases, active, medianDays, outcomes }: ProcessLine,
  terms: readonly TermLine[],
): readonly string[] {
  const time = medianDays === null ? '' : `; metà di quelle concluse entro ${medianDays} giorni`;
  const ends = Object.entries(outcomes).map(([outcome, count]) => `${outcome} ${count}`);
  return [
    '',
    `  ${name} — pratiche: ${number(cases)}, in corso: ${number(active)}${time}`,
    ...(ends.length > 0 ? [`  esiti: ${ends.join(', ')}`] : []),
    ...(terms.length > 0 ? termTable(terms) : []),
  ];
}

const columns = {
  due: 'aperti',
  met: 'rispettati',
  missed: 'mancati',
  ended: 'chiusi',
  running: 'in corso',
  told: 'avvisi',
  escalated: 'richiami',
} as const;
const labelWidth = 54;

function termTable(terms: readonly TermLine[]): readonly string[] {
  const names = Object.keys(columns) as (keyof typeof columns)[];
  return [
    `    ${'termine'.padEnd(labelWidth)}${names.map((name) => columns[name].padStart(11)).join('')}`,
    ...terms.map(
      (line) =>
        `    ${cut(line.label).padEnd(labelWidth)}${names.map((name) => String(line[name]).padStart(11)).join('')}`,
    ),
  ];
}

const cut = (text: string): string => (text.length < labelWidth ? text : `${text.slice(0, labelWidth - 2)}…`);

const entriesOf = (counts: Readonly<Record<string, number>>): readonly string[] =>
  Object.entries(counts).map(([what, n]) => `  ${pad(n)}  ${what}`);

/** Lines under a title; nothing when there are none. */
const listed = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length > 0 ? ['', title, ...lines] : [];

const pad = (value: number): string => number(value).padStart(7);
const number = (value: number): string => value.toLocaleString('it-IT', { maximumFractionDigits: 3 });
const day = (instant: string): string =>
  new Date(instant).toLocaleDateString('it-IT', { dateStyle: 'long', timeZone: 'Europe/Rome' });
