import type { Difference } from './differences.ts';
import type { FileReport } from './report.ts';

const shown = 20;

/** The report for people: a line per file, and below it what differs. */
export function table(reports: readonly FileReport[]): string {
  const width = Math.max(4, ...reports.map(({ file }) => file.length));
  const head = `${'file'.padEnd(width)}  differences  processes (executable)  accepted  rules`;
  return [head, ...reports.flatMap((it) => linesOf(it, width)), '', summary(reports)].join('\n');
}

function linesOf(
  { file, differences, leftOut, processes, accepted, rules }: FileReport,
  width: number,
): readonly string[] {
  const executable = processes.filter((it) => it.executable).length;
  const found = rules.map(
    ({ severity, rule, count }) => `${rule}${severity === 'warning' ? ' (w)' : ''} ${count}`,
  );
  const line = [
    file.padEnd(width),
    String(differences.length).padStart(11),
    `${processes.length} (${executable})`.padStart(22),
    (accepted ? 'yes' : 'no').padStart(8),
    found.join(', '),
  ];
  const more = differences.length - shown;
  return [
    line.join('  ').trimEnd(),
    ...differences.slice(0, shown).map((it) => `  ${sentence(it)}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...(differences.length > 0 ? leftOut.map((it) => `  left out: ${it}`) : []),
  ];
}

function sentence({ kind, path, name, before, after }: Difference): string {
  const change = [before, after]
    .map((it) => (it === undefined ? '' : JSON.stringify(it)))
    .filter((it) => it !== '');
  return `${kind} ${name} in ${path}${change.length > 0 ? `: ${change.join(' → ')}` : ''}`;
}

function summary(reports: readonly FileReport[]): string {
  const count = (test: (it: FileReport) => boolean): number => reports.filter(test).length;
  const differing = reports.reduce((sum, { differences }) => sum + differences.length, 0);
  return [
    `${reports.length} files: ${count((it) => it.differences.length === 0)} written back without a difference`,
    `${differing} differences`,
    `${count(({ accepted }) => accepted)} accepted`,
    `${count(({ processes }) => processes.some((it) => it.executable))} with an executable process`,
  ].join(', ');
}
