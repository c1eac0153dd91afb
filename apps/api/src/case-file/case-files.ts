import type { Label } from '@iter/platform/words';
import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { CaseCommand, CaseState, EventOf } from '@iter/engine';
import { romeDate } from '@iter/legal-calendar';
import { stateAfter } from '@iter/commands/case';
import type { CaseReading, ReadAct, ReadRequest, Reel, TaskReading } from '@iter/commands/case';
import type { Done } from '../http/answers.ts';
import { succeeded } from '../http/answers.ts';
import type { Asked } from '../http/asked.ts';
import type { UploadedFile } from '../http/multipart.ts';
import { Problem, refused } from '../problems/problem.ts';
import { PORTS } from '../ports.ts';
import type { ApiPorts } from '../ports.ts';
import { CaseActs } from '../routes/case-acts.ts';
import type { Reader } from '../replay/chapter.ts';
import { threadsOf } from '../replay/threads.ts';
import { signatureOf } from './signature-of.ts';
import { masked, pseudonymise, pseudonymWith } from './pseudonymise.ts';
import type { Pseudonym } from './pseudonymise.ts';

type Attaching = Extract<CaseCommand, { type: 'AttachDocument' }>;

/** One case from its own stream: rights are checked and readings recorded by the handlers behind. */
@Injectable()
export class CaseFiles {
  readonly #pseudonym: Pseudonym;
  /** How those see a case who may see it only under pseudonyms. */
  readonly #auditor: Reader;

  constructor(
    @Inject(PORTS) private readonly ports: ApiPorts,
    private readonly acts: CaseActs,
  ) {
    const pseudonym = (this.#pseudonym = pseudonymWith(ports.pseudonymKey));
    this.#auditor = {
      person: pseudonym,
      value: (value) => (value === null ? null : masked),
      mark: (what) => pseudonym(`value ${what}`),
      event: (event) => pseudonymise(event, pseudonym),
    };
  }

  /** History and state; masked when the reader may see them only so. */
  async read(request: ReadRequest & { readonly task?: string }): Promise<TaskReading> {
    return this.#masked(await this.#reading(request));
  }

  /** The same, with the definition that each event's element is of, by revision, and where people stepped into the flow. */
  async history(request: Omit<ReadRequest, 'at' | 'revision'>): Promise<
    CaseReading & {
      readonly definitions: readonly string[];
      readonly interventions: ReadonlySet<number>;
    }
  > {
    const { reel, reader, pseudonymised } = await this.reel(request);
    const { events, definitions } = reel;
    const state = stateAfter(reel, events.length);
    const { interventions } = threadsOf(reel);
    const told = events.map((event) => reader.event(event));
    return { state, events: told, definitions, interventions, pseudonymised };
  }

  /** The history to be stepped through, in clear; nothing of it may be answered but as the reader sees it. */
  async reel(
    request: ReadRequest,
  ): Promise<{ readonly reel: Reel; readonly reader: Reader; readonly pseudonymised: boolean }> {
    const reading = await this.ports.cases.readReel(request);
    if (reading.outcome === 'rejected') throw refused(reading.rejection);
    const { reel, pseudonymised } = reading;
    return { reel, pseudonymised, reader: pseudonymised ? this.#auditor : plainly };
  }

  async #reading(request: ReadRequest & { readonly task?: string }): Promise<TaskReading> {
    const reading = await this.ports.cases.readCase(request);
    if (reading.outcome === 'rejected') throw refused(reading.rejection);
    return reading;
  }

  #masked(reading: TaskReading): TaskReading {
    if (!reading.pseudonymised) return reading;
    return { ...reading, events: reading.events.map((event) => pseudonymise(event, this.#pseudonym)) };
  }

  /** The state as it stands, without history; what is `pseudonymised` must be masked before it is answered. */
  async state(
    request: Omit<ReadRequest, 'at' | 'revision'> & { readonly task?: string; readonly act?: ReadAct },
  ): Promise<{
    readonly state: CaseState;
    readonly pseudonymised: boolean;
    readonly whyNotMine: Label | null;
    readonly readsCase: boolean;
    readonly withTask: ReadonlySet<string>;
  }> {
    const reading = await this.ports.cases.readState(request);
    if (reading.outcome === 'rejected') throw refused(reading.rejection);
    return reading;
  }

  /** Lets the chain of a case be followed, also of one that is too damaged to be read. */
  async openChain(request: Omit<ReadRequest, 'at' | 'revision'>): Promise<void> {
    const known = async () => {
      const [row] = await this.ports.views.operator.find({ ids: [request.caseId] });
      return row ? { comune: row.comune, process: row.process, startedOn: romeDate(row.startedAt) } : null;
    };
    const reading = await this.ports.cases.openChain({ ...request, known });
    if (reading.outcome === 'rejected') throw refused(reading.rejection);
  }

  /**
   * What a document is; undefined when the case has none of this key. Reading it is recorded by its key.
   * @param task it lies with this open task: the task's lane may read it, whatever else of the file is closed to them
   */
  async document(
    request: ReadRequest & { readonly key: string; readonly task?: string },
  ): Promise<EventOf<'DocumentAttached'>['data'] | undefined> {
    const { key, ...reading } = request;
    const { state, pseudonymised, withTask } = await this.state({
      ...reading,
      ...(reading.task === undefined && { act: 'ReadDocument' as const }),
      what: `document ${key}`,
    });
    if (pseudonymised) {
      throw new Problem('not-authorised', {
        detail: {
          it: 'Il contenuto di un documento non si può leggere in forma pseudonima.',
          en: 'The content of a document cannot be read under pseudonyms.',
        },
      });
    }
    return reading.task === undefined || withTask.has(key) ? state.documents.get(key) : undefined;
  }

  /** Keeps a file and attaches it; content that the case refuses is forgotten again. */
  async attach(
    asked: Asked,
    caseId: string,
    file: UploadedFile,
    more: Pick<Attaching, 'protocolNo' | 'protocol' | 'task' | 'replaces'>,
  ): Promise<{ readonly key: string; readonly outcome: Done }> {
    // Whoever may not file anything must not fill its store. Who has a task files with it, also in a case of another body.
    const {
      state: before,
      readsCase,
      withTask,
    } = await this.state({
      ...{ caseId, principal: asked.principal, act: 'AttachDocument' as const },
      ...(more.task !== null && { task: more.task }),
    });
    const kept = await this.ports.documents.keep(caseId, file.name, file.content);
    if (kept.outcome === 'rejected') throw refused(kept.rejection);
    const { document } = kept;
    // Whether a file is the other of two says that it is there: that is for whoever may read it.
    const beside = [...before.documents.values()].filter(({ key }) => readsCase || withTask.has(key));
    const signature = await signatureOf(document, file.content, beside, (sha256) =>
      this.ports.documents.read(caseId, sha256),
    );
    const outcome = await this.acts.execute({
      ...asked,
      caseId,
      command: { type: 'AttachDocument', ...document, ...more, ...(signature && { signature }) },
    });
    if (outcome.outcome !== 'done') {
      const known = [...before.documents.values()].some(({ sha256 }) => sha256 === document.sha256);
      if (!known) await this.ports.documents.discard(caseId, document.sha256);
    }
    const done = succeeded(outcome) as Done;
    const attached = done.events.find((event) => event.type === 'DocumentAttached');
    if (!attached) throw new Error(`the document of ${caseId} left no event`);
    return { key: (attached.data as EventOf<'DocumentAttached'>['data']).key, outcome: done };
  }
}

const plainly: Reader = {
  person: (account) => account,
  value: (value) => value,
  mark: (what) => createHash('sha256').update(what).digest('hex').slice(0, 12),
  event: (event) => event,
};
