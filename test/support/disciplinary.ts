import { afterAll, beforeAll } from '@jest/globals';
import { createTestDatabase } from './database.ts';
import type { TestDatabase } from './database.ts';
import { type Person, System, eventually } from './system.ts';

export interface Task {
  readonly id: string;
  readonly caseId: string;
  readonly element: string;
  readonly assignee: string | null;
}
export interface Deadline {
  readonly id: string;
  readonly deadline: string;
  readonly state: string;
  readonly nominalDate: string;
  readonly legalDueDate: string;
  readonly safeActionDate: string;
}
export interface List<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** The people of the first demo Comune and of its Province, signed in. */
export interface Cast {
  readonly struttura: Person;
  readonly operatore: Person;
  readonly responsabile: Person;
  readonly upd: Person;
  readonly personale: Person;
  readonly gestore: Person;
}

export async function signInAll(system: System): Promise<Cast> {
  const [struttura, operatore, responsabile, upd, personale, gestore] = await Promise.all(
    ['struttura', 'operatore', 'responsabile', 'upd', 'personale', 'gestore'].map((name) =>
      system.signIn(name),
    ),
  );
  return { struttura, operatore, responsabile, upd, personale, gestore } as Cast;
}

/** A system of its own for the tests of a file, and its people. */
export interface DisciplinaryHouse {
  readonly system: System;
  readonly cast: Cast;
}

/** Starts it before the tests of the file, or of the block, that calls this. @param now what its clock says */
export function disciplinaryHouse(now: string): DisciplinaryHouse {
  let database: TestDatabase;
  let system: System;
  let cast: Cast;
  beforeAll(async () => {
    database = await createTestDatabase();
    system = await System.start({ databaseUrl: database.url });
    cast = await signInAll(system);
    await cast.gestore.post('/operations/clock', { to: now });
  });
  afterAll(async () => {
    await system?.stop();
    await database?.drop();
  });
  return {
    get system() {
      return system;
    },
    get cast() {
      return cast;
    },
  };
}

/** One disciplinary case, moved by the people whose turn it is. */
export class DisciplinaryCase {
  readonly cast: Cast;
  readonly id: string;

  private constructor(cast: Cast, id: string) {
    this.cast = cast;
    this.id = id;
  }

  /** The head of structure reports facts known today and sends the report; the desk registers it today. */
  static async report(cast: Cast, today: string, caseCode: string): Promise<DisciplinaryCase> {
    const { caseId } = await cast.struttura.post<{ caseId: string }>('/cases', {
      process: 'disciplinary-ordinary',
      comune: 'c_borgo',
      variables: { employeeRef: 'M-0042', factsKnownAt: today, staffCategory: 'EMPLOYEE' },
    });
    const file = new DisciplinaryCase(cast, caseId);
    await file.complete(cast.struttura, 't_fileReport', {
      factsPeriod: 'la settimana passata',
      factsDescription: 'Assenza ingiustificata dal servizio.',
      dutiesAllegedlyBreached: 'Rispetto dell’orario di lavoro',
      proposedSeverity: 'MINOR',
    });
    await file.complete(cast.operatore, 't_registerReport', {
      reportReceivedAt: today,
      protocolNo: '1234/2026',
      caseCode,
      serviceModel: 'FULL_UPD',
      source: 'REPORT',
    });
    return file;
  }

  /** Waits until the task is open, as the desk sees it. */
  task(who: Person, element: string): Promise<Task> {
    return eventually(`${element} of ${this.id}`, async () => {
      const { items } = await who.get<List<Task>>(`/tasks?assigned=all&caseId=${this.id}`);
      return items.find((task) => task.element === element);
    });
  }

  async complete(who: Person, element: string, variables: Record<string, unknown>): Promise<void> {
    const task = await this.task(who, element);
    await who.post(`/tasks/${task.id}/complete`, { variables });
  }

  async deadline(who: Person, name: string): Promise<Deadline> {
    const { items } = await who.get<List<Deadline>>(`/cases/${this.id}/deadlines`);
    const found = items.find(({ deadline }) => deadline === name);
    if (!found) throw new Error(`${name} is not among ${items.map(({ deadline }) => deadline).join(', ')}`);
    return found;
  }

  /** From the registered report to the signed charge, delivered by hand. */
  async charge(today: string, hearingAt: string, maxSanction = 'SUSPENSION_1_10D'): Promise<void> {
    const { operatore, upd } = this.cast;
    await this.complete(upd, 't_classify', { route: 'ORDINARY', maxSanction });
    await this.complete(operatore, 't_preliminaryNote', {
      proposedReviewOutcome: 'PROCEED',
      preliminaryNote: 'Segnalazione completa.',
    });
    await this.complete(upd, 't_preliminaryReview', { reviewOutcome: 'PROCEED' });
    await this.complete(operatore, 't_draftContestation', {
      charges: 'Assenza ingiustificata.',
      expectedReceiptAt: today,
      hearingAt,
      hearingPlace: 'Sede della Provincia',
      channel: 'BY_HAND',
    });
    await this.complete(upd, 't_signContestation', { signOutcome: 'SIGNED', contestationAdoptedAt: today });
    await this.complete(operatore, 't_send', { channel: 'BY_HAND', sentAt: today });
    await this.complete(operatore, 't_recordDelivery', { deliveryOutcome: 'DELIVERED', receivedAt: today });
  }

  /** From the day of the hearing to the executed sanction. */
  async decide(today: string, hearingHeldAt: string): Promise<void> {
    const { operatore, upd, personale } = this.cast;
    await this.complete(upd, 't_holdHearing', {
      hearingOutcome: 'HELD',
      hearingHeldAt,
      assistantType: 'NONE',
      hearingMinutes: 'Il dipendente è stato ascoltato.',
    });
    await this.complete(upd, 't_investigate', { investigationOutcome: 'COMPLETE' });
    await this.complete(operatore, 't_draftDecision', {
      decisionKind: 'SANCTION',
      sanctionCode: 'WRITTEN_REPRIMAND',
      motivation: 'Fatto provato, di lieve entità.',
    });
    await this.complete(upd, 't_adoptDecision', { adoptOutcome: 'ADOPTED', decisionAdoptedAt: today });
    await this.complete(operatore, 't_notifyDecision', { channel: 'BY_HAND' });
    await this.complete(operatore, 't_send', { channel: 'BY_HAND', sentAt: today });
    await this.complete(operatore, 't_recordDelivery', { deliveryOutcome: 'DELIVERED', receivedAt: today });
    await this.complete(personale, 't_executeSanction', { executedAt: today });
  }
}
