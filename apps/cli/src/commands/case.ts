import { complain, print, printJson } from '../output.ts';
import type { ExitStatus } from '../output.ts';
import { Remote } from './http.ts';
import type { RemoteOptions } from './http.ts';
import { collect, pages, query } from './lists.ts';

interface Case {
  readonly id: string;
  readonly code: string;
  readonly process: string;
  readonly comuneName: string;
  readonly state: string;
  readonly startedAt: string;
  readonly nextDeadline: { readonly safeActionDate: string; readonly label: { readonly it: string } } | null;
}
interface Recorded {
  readonly revision: number;
  readonly recordedAt: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly actor: { readonly account: string; readonly role: string; readonly onBehalfOf?: string };
}

export async function listCases(
  options: RemoteOptions & { readonly state?: string; readonly process?: string },
): Promise<ExitStatus> {
  const remote = await Remote.signIn(options);
  if (options.state === undefined)
    complain('Open cases only; --state all lists those that are over as well.');
  const cases = await collect(
    pages<Case>(remote, '/cases', { state: options.state, process: options.process }),
  );
  if (options.json) printJson({ cases });
  else
    for (const it of cases)
      print(
        [it.id, it.code, it.process, it.comuneName, it.state, it.nextDeadline?.safeActionDate ?? '-'].join(
          '\t',
        ),
      );
  return 0;
}

export async function readCase(
  what: 'show' | 'history' | 'state',
  id: string,
  options: RemoteOptions & { readonly at?: string; readonly revision?: string; readonly reason?: string },
): Promise<ExitStatus> {
  const remote = await Remote.signIn(options);
  const path = `/cases/${encodeURIComponent(id)}`;
  const { at, revision, reason } = options;
  if (what === 'history') {
    const events = await collect(pages<Recorded>(remote, `${path}/history`, { reason }));
    if (options.json) printJson({ events });
    else for (const it of events) print([it.revision, it.recordedAt, it.type, about(it), by(it)].join('\t'));
    return 0;
  }
  printJson(
    await remote.get(
      what === 'show' ? `${path}${query({ reason })}` : `${path}/state${query({ at, revision, reason })}`,
    ),
  );
  return 0;
}

/** Who did it, in which role, and in whose place. */
const by = ({ actor: { account, role, onBehalfOf } }: Recorded): string =>
  `${account} (${role}${onBehalfOf === undefined ? '' : `, for ${onBehalfOf}`})`;

/** What an event is about, in a word or two: the element or flow, and what else its kind is told by. */
function about({ type, data }: Recorded): string {
  const word = (name: string): string => {
    const value = data[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const iteration = data['iteration'] === undefined ? '' : `#${word('iteration')}`;
  const element = word('element') && `${word('element')}${iteration}`;
  const by = ((): string => {
    switch (type) {
      case 'SequenceFlowTaken':
        return word('flow');
      case 'CaseMigrated':
        return `${word('process')} ${word('version')}`;
      case 'CaseModified':
        return instructionsOf(data['instructions']);
      case 'CaseLinked':
        return `${word('relation')} ${word('case')}`;
      case 'DecisionEvaluated':
        return `${word('decision')} = ${JSON.stringify(data['output'])}`;
      case 'ElementActivated':
        return data['called'] === undefined ? '' : `calls ${word('called').slice(0, 12)}`;
      default:
        return word('name') || word('code') || word('id');
    }
  })();
  return [element, by].filter((it) => it !== '').join(' ') || '-';
}

/** `move t_b, set`: what a person ordered. */
function instructionsOf(instructions: unknown): string {
  if (!Array.isArray(instructions)) return '';
  return (instructions as Readonly<Record<string, unknown>>[])
    .map(({ kind, element, flow }) => [kind, element ?? flow].filter((it) => it !== undefined).join(' '))
    .join(', ');
}
