import { describe, expect, it } from '@jest/globals';
import { actSight, documentsWith, newestVersion } from './acts.ts';
import type { CaseCommand } from './commands.ts';
import type { CaseEvent, EventOf } from './events.ts';
import { end, feel, multi, plain, processModel, send, start, sub, user } from './testing/model.ts';
import { Play } from './testing/play.ts';

const named = { template: 'letter', out: 'letterDoc' };
const letter = { acts: [{ ...named, on: 'activation', when: null }] } as const;
const letterOf = (on: 'activation' | 'completion', when: string | null = null) => ({
  acts: [{ ...named, on, when: when === null ? null : feel(when) }],
});

const begun = (): Play => {
  const play = new Play(
    processModel('p', [start('s'), user('a', letter), user('b'), end('e')], ['s -> a -> b -> e']),
  );
  play.start({ name: 'X' });
  return play;
};

type Draft = Extract<CaseCommand, { type: 'DraftAct' }>;

const file = (letter: string, name: string) => ({
  ...{ name, mediaType: 'application/pdf', sizeBytes: 1, sha256: letter.repeat(64) },
});

/** As the house drafts for the task that is open. */
function draft(play: Play, more: Partial<Draft> = {}): Draft {
  const { key: task } = play.task('a');
  const sight = actSight(play.state, task)!;
  return {
    ...{ type: 'DraftAct', task, element: sight.element, scope: sight.scope, series: sight.series('letter') },
    ...{ template: 'letter', templateVersion: 1, templateHash: 'h', name: 'Lettera' },
    ...{ revision: play.state.revision, out: 'letterDoc', blanks: 2 },
    files: { document: file('a', 'Lettera.pdf'), editable: file('b', 'Lettera.docx') },
    ...more,
  };
}

const of = <T extends CaseEvent['type']>(
  events: readonly CaseEvent[],
  type: T,
): readonly EventOf<T>['data'][] =>
  events
    .filter((event): event is EventOf<T> => event.type === type)
    .map(({ data }) => data as EventOf<T>['data']);

describe('an act that a task drafts', () => {
  it('is announced when the task opens, and by no other task', () => {
    const play = begun();
    play.complete('a');
    expect(of(play.history, 'UserTaskCreated').map(({ acts }) => acts)).toEqual([[named], undefined]);
  });

  it('is filed to read and to edit, and the flow gets its reference', () => {
    const play = begun();
    const events = play.do(draft(play));
    const [document, editable] = of(events, 'DocumentAttached');
    expect(document).toMatchObject({ name: 'Lettera.pdf', draft: { series: 'letter@a' } });
    expect(editable).toMatchObject({ name: 'Lettera.docx', formOf: document!.key });
    expect(of(events, 'ActDrafted')).toEqual([
      expect.objectContaining({
        document: document!.key,
        editable: editable!.key,
        out: 'letterDoc',
        blanks: 2,
      }),
    ]);
    expect(play.state.root.variables).toEqual({ name: 'X', letterDoc: `case-1.${document!.key}` });
  });

  it('sent twice, or from an older state than the last, changes nothing', () => {
    const play = begun();
    const first = draft(play);
    play.do(first);
    expect(play.do(first)).toEqual([]);
    expect(play.do({ ...first, revision: first.revision - 1 })).toEqual([]);
    expect(play.do({ ...first, revision: first.revision + 1 })).toHaveLength(4);
  });

  it('drafted again is the next version, also of what people made of it', () => {
    const play = begun();
    const [document, editable] = of(play.do(draft(play)), 'DocumentAttached');
    const [edited] = of(
      play.do({
        ...{ type: 'AttachDocument', ...file('c', 'Lettera 2.docx'), protocolNo: null, task: null },
        replaces: editable!.key,
      }),
      'DocumentAttached',
    );
    expect(edited?.replaces).toBe(document!.key);
    expect(newestVersion(play.state, document!.key)).toBe(edited!.key);
    const [again] = of(play.do(draft(play)), 'DocumentAttached');
    expect(again?.replaces).toBe(edited!.key);
  });

  it('of a task done meanwhile is filed all the same; of a case that has ended no more', () => {
    const play = begun();
    const first = draft(play);
    play.complete('a');
    expect(of(play.do(first), 'ActDrafted')).toHaveLength(1);
    expect(play.state.root.variables).toHaveProperty('letterDoc');
    play.complete('b');
    expect(play.refused({ ...first, revision: 99 })).toBe('case-not-active');
  });

  it('is another act in each instance of what is repeated', () => {
    const each = sub('each', [start('i'), user('a', letter)], ['i -> a'], {
      loop: multi({ cardinality: plain(2) }),
    });
    const play = new Play(processModel('p', [start('s'), each], ['s -> each']));
    play.start();
    const series = [...play.state.tasks.keys()].map((task) => actSight(play.state, task)!.series('letter'));
    expect(series).toEqual(['letter@each#1/a', 'letter@each#2/a']);
  });

  it('that cannot be drafted is an incident that says for which task', () => {
    const play = begun();
    const { key: task } = play.task('a');
    const events = play.do({ type: 'FailDraft', task, element: 'a', out: 'letterDoc', message: 'why' });
    expect(of(events, 'IncidentRaised')).toEqual([
      expect.objectContaining({ code: 'act-not-drafted', host: null, draft: { task, out: 'letterDoc' } }),
    ]);
    play.resolve();
    expect(play.state.incidents.size).toBe(0);
  });

  it('has files with hashes, and a variable of a proper name', () => {
    const play = begun();
    const files = { document: { ...file('a', 'x'), sha256: 'A'.repeat(64) }, editable: file('b', 'x') };
    expect(play.refused(draft(play, { files }))).toBe('variables-invalid');
    expect(play.refused(draft(play, { out: 'deadlines' }))).toBe('variables-invalid');
  });
});

describe('an act that an element asks for', () => {
  const asked = (events: readonly CaseEvent[]) => of(events, 'ActsAsked');

  /** As the house drafts it: from the case as it stood when it was asked for. */
  const filed = (play: Play, events: readonly CaseEvent[]): readonly CaseEvent[] => {
    const task = asked(events)[0]!.key;
    const { element, scope, series } = actSight(play.state, task)!;
    return play.do({ ...draftOf(play), task, element, scope, series: series('letter') });
  };
  const draftOf = ({ state }: Play) => ({
    ...({
      type: 'DraftAct',
      template: 'letter',
      templateVersion: 1,
      templateHash: 'h',
      name: 'Lettera',
    } as const),
    ...{ revision: state.revision, out: 'letterDoc', blanks: 0 },
    files: { document: file('a', 'Lettera.pdf'), editable: file('b', 'Lettera.docx') },
  });

  it('when it is done sees what was handed in, also what mappings do not keep', () => {
    const outputs = [{ source: feel('answer'), target: 'reply' }];
    const play = new Play(
      processModel(
        'p',
        [start('s'), user('a', { ...letterOf('completion'), outputs }), user('b'), end('e')],
        ['s -> a -> b -> e'],
      ),
    );
    play.start({ name: 'X' });
    expect(of(play.history, 'UserTaskCreated')[0]).not.toHaveProperty('acts');
    const events = play.complete('a', { answer: 'sì', aside: 1 });
    const [ask] = asked(events);
    expect(ask).toMatchObject({ element: 'a', place: 'a', acts: [named] });
    expect(actSight(play.state, ask!.key)?.variables).toMatchObject({ name: 'X', reply: 'sì', aside: 1 });
    expect(of(filed(play, events), 'ActDrafted')).toHaveLength(1);
    expect(play.state.root.variables).toHaveProperty('letterDoc');
  });

  it('by the completion that ends the case is filed all the same, and changes nothing of the case', () => {
    const play = new Play(
      processModel('p', [start('s'), user('a', letterOf('completion')), end('e')], ['s -> a -> e']),
    );
    play.start();
    const events = play.complete('a', { answer: 'no' });
    expect(play.state.status).toBe('completed');
    expect(filed(play, events).map(({ type }) => type)).toEqual([
      ...['DocumentAttached', 'DocumentAttached', 'ActDrafted'],
    ]);
    expect(play.state.root.variables).toEqual({ answer: 'no' });
    expect(play.refused({ ...draftOf(play), task: 'other', element: 'a', scope: null, series: 's' })).toBe(
      'case-not-active',
    );
  });

  it('is asked for only where its condition holds', () => {
    const nodes = [start('s'), user('a', letterOf('completion', 'answer = "no"')), user('b'), end('e')];
    const answered = (answer: string): number => {
      const play = new Play(processModel('p', nodes, ['s -> a -> b -> e']));
      play.start();
      return asked(play.complete('a', { answer })).length;
    };
    expect([answered('no'), answered('sì')]).toEqual([1, 0]);
    const opening = new Play(
      processModel('p', [start('s'), user('a', letterOf('activation', 'wanted')), end('e')], ['s -> a -> e']),
    );
    opening.start({ wanted: false });
    expect(of(opening.history, 'UserTaskCreated')[0]).not.toHaveProperty('acts');
  });

  it('whose condition cannot be told stops the flow, and is asked for once when that is mended', () => {
    const play = new Play(
      processModel(
        'p',
        [start('s'), user('a', letterOf('completion', 'answer')), user('b')],
        ['s -> a -> b'],
      ),
    );
    play.start();
    const events = play.complete('a', { other: 1 });
    expect(of(events, 'IncidentRaised').map(({ code }) => code)).toEqual(['condition-not-boolean']);
    play.do({ type: 'SetVariables', variables: { answer: true }, reason: 'mended' });
    expect(asked(play.resolve())).toHaveLength(1);
    expect([...play.state.tasks.values()].map(({ element }) => element)).toEqual(['b']);
  });

  it('of a repeated task is asked for by each instance, and not by the whole', () => {
    const each = user('a', { ...letterOf('completion'), loop: multi({ cardinality: plain(2) }) });
    const play = new Play(processModel('p', [start('s'), each, user('b')], ['s -> a -> b']));
    play.start();
    const events = [...play.complete('a'), ...play.complete('a')];
    expect(asked(events).map(({ place }) => place)).toEqual(['a#1', 'a#2']);
  });

  it.each(['activation', 'completion'] as const)('of a send task is asked for on %s, once', (on) => {
    const message = { name: plain('m'), correlationKey: null };
    const play = new Play(
      processModel('p', [start('s'), send('a', { ...letterOf(on), message }), user('b')], ['s -> a -> b']),
    );
    play.start();
    expect(asked(play.history)).toHaveLength(1);
    expect(of(filed(play, play.history), 'ActDrafted')).toHaveLength(1);
  });
});

describe('a version of a document', () => {
  const attach = { type: 'AttachDocument', ...file('d', 'x.pdf'), protocolNo: null, task: null } as const;

  it('takes the place of the newest only', () => {
    const play = begun();
    const [first] = of(play.do(attach), 'DocumentAttached');
    const next = { ...attach, replaces: first!.key };
    const [second] = of(play.do(next), 'DocumentAttached');
    expect(play.refused(next)).toBe('document-replaced');
    expect(play.refused({ ...attach, replaces: 'nothing' })).toBe('document-not-found');
    expect(of(play.do({ ...next, replaces: second!.key }), 'DocumentAttached')).toHaveLength(1);
  });
});

describe('what a task is there to read', () => {
  const attach = (play: Play, letter: string, task: string | null, replaces?: string) =>
    of(
      play.do({
        ...{ type: 'AttachDocument', ...file(letter, 'Atto.pdf'), protocolNo: null, task },
        ...(replaces !== undefined && { replaces }),
      }),
      'DocumentAttached',
    )[0]!.key;

  it('lies with it in its newest version, beside what was filed for it, and nothing else', () => {
    const reading = user('b', { reads: ['letterDoc', 'notHere'] });
    const play = new Play(
      processModel('p', [start('s'), user('a', letter), reading, end('e')], ['s -> a -> b -> e']),
    );
    play.start({});
    const [drafted] = of(play.do(draft(play)), 'DocumentAttached');
    const { key: first } = play.task('a');
    play.complete('a');
    const { key: task } = play.task('b');
    const documents = () => [...documentsWith(play.state, () => play.model, task)];
    expect(documents()).toEqual([drafted!.key]);
    const signed = attach(play, 'c', null, drafted!.key);
    attach(play, 'd', null);
    const own = attach(play, 'e', task);
    expect(documents()).toEqual([own, signed]);
    // The task that is done keeps what was filed for it.
    expect(documentsWith(play.state, () => play.model, first)).toContain(drafted!.key);
  });

  it('is several documents where the variable lists them, and none that the case does not have', () => {
    const play = new Play(
      processModel('p', [start('s'), user('b', { reads: ['both'] }), end('e')], ['s -> b -> e']),
    );
    play.start({});
    const [x, y] = [attach(play, 'a', null), attach(play, 'b', null)];
    play.do({
      type: 'SetVariables',
      variables: { both: [`case.${x}`, `case.${y}`, 'case.other', 7] },
      reason: 'r',
    });
    expect([...documentsWith(play.state, () => play.model, play.task('b').key)]).toEqual([x, y]);
  });
});

describe('the file that is handed over with a message', () => {
  const sending = (more: object): Play => {
    const piece = send('m', { message: { name: plain('file'), correlationKey: null }, ...more });
    const play = new Play(
      processModel('p', [start('s'), user('a', letter), piece, end('e')], ['s -> a -> m -> e']),
    );
    play.start({});
    return play;
  };

  it('is the newest version of each document, without what is there to be edited', () => {
    const play = sending({ handsOver: true });
    const attach = { type: 'AttachDocument', protocolNo: null, task: null } as const;
    const [report] = of(play.do({ ...attach, ...file('c', 'Relazione.pdf') }), 'DocumentAttached');
    const [act] = of(play.do(draft(play)), 'DocumentAttached');
    const signed = { ...attach, ...file('d', 'Lettera firmata.pdf'), replaces: act!.key };
    const [newest] = of(play.do(signed), 'DocumentAttached');
    const [thrown] = of(play.complete('a'), 'MessageThrown');
    expect(thrown?.documents).toEqual([report!.key, newest!.key]);
  });

  it('is nothing where the drawing does not say so, or there is nothing in it', () => {
    const silent = sending({});
    silent.do(draft(silent));
    expect(of(silent.complete('a'), 'MessageThrown')[0]).not.toHaveProperty('documents');
    expect(of(sending({ handsOver: true }).complete('a'), 'MessageThrown')[0]).not.toHaveProperty(
      'documents',
    );
  });
});
