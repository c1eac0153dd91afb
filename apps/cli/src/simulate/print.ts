import type { SimulationReport, TermLine } from './report.ts';

/** The report as people read it: a table of terms per service, outcomes, what was refused, what does not agree. */
export function shownReport(report: SimulationReport): string {
  const { seed, years, scale, services, cases, events, people, refusals, stuck, violations, into } = report;
  const lines = [
    `Province of 60 Comuni × ${scale}, ${years} years from ${report.from.slice(0, 10)}, seed ${seed}${into === undefined ? '' : `, at ${into}`}`,
    `${cases} cases, ${events} events, history ${report.history.slice(0, 16)}`,
  ];
  for (const service of services) {
    lines.push('', `${service.label}: ${service.cases} cases, ${service.active} still active`);
    for (const [outcome, count] of Object.entries(service.outcomes))
      lines.push(`  ${pad(count, 7)}  ${outcome}`);
    if (service.terms.length > 0) lines.push('', ...termTable(service.terms));
  }
  lines.push('', 'What people did', ...Object.entries(people).map(([what, n]) => `  ${pad(n, 7)}  ${what}`));
  lines.push('', 'Refused although it was meant to be right');
  lines.push(...Object.entries(refusals).map(([what, n]) => `  ${pad(n, 7)}  ${what}`));
  for (const [what, { count, message }] of Object.entries(stuck))
    lines.push(`  STUCK ${what} ${count} times: ${message}`);
  const agreed =
    into === undefined ? 'Folds, recounts, views and chains' : 'Histories, lists, states and dates';
  lines.push('', violations.length === 0 ? `${agreed} agree.` : 'WHAT DOES NOT AGREE');
  return [...lines, ...violations.map((it) => `  ${it}`)].join('\n');
}

const columns = ['due', 'met', 'missed', 'ended', 'running', 'told', 'escalated'] as const;

function termTable(terms: readonly TermLine[]): readonly string[] {
  const names = terms.map(({ process, deadline }) => `${process} ${deadline}`);
  const width = Math.max(...names.map((name) => name.length));
  return [
    `  ${'term'.padEnd(width)}${columns.map((name) => name.padStart(10)).join('')}`,
    ...terms.map(
      (line, at) =>
        `  ${names[at]!.padEnd(width)}${columns.map((name) => String(line[name]).padStart(10)).join('')}`,
    ),
  ];
}

const pad = (value: number, width: number): string => String(value).padStart(width);
