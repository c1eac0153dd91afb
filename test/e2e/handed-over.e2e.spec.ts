import { describe, expect, it } from '@jest/globals';
import { DisciplinaryCase, disciplinaryHouse } from '../support/disciplinary.ts';
import type { List, Task } from '../support/disciplinary.ts';
import { eventually } from '../support/system.ts';
import type { Person } from '../support/system.ts';

// A file that another case goes on with: of the Comune to which the employee goes, of the head to whom it is given back, after the
// criminal trial.

interface Filed {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
}

interface Begun extends Task {
  readonly process: string;
}

describe('a disciplinary file that is handed over', () => {
  const [today, hearingDay] = ['2032-03-01', '2032-03-30'] as const;
  const house = disciplinaryHouse(`${today}T09:00:00+01:00`);

  const filesOf = async (caseId: string) =>
    (await house.cast.operatore.get<List<Filed>>(`/cases/${caseId}/documents`)).items;

  const arrived = async (caseId: string, receivedOn: string, message: string, variables: object) => {
    const parts = new FormData();
    const cover = { message, protocolNo: '77/2032', receivedOn, sender: 'Ente' };
    for (const [name, value] of Object.entries(cover)) parts.set(name, value);
    parts.set('variables', JSON.stringify(variables));
    await house.cast.operatore.post(`/cases/${caseId}/incoming`, parts);
  };

  /** The case that goes on with a file, once the task is open in it that follows what was taken. */
  const next = (who: Person, process: string, element: string) =>
    eventually(`${element} of ${process}`, async () => {
      const { items } = await who.get<List<Begun>>('/tasks?assigned=all&comune=c_borgo');
      return items.find((task) => task.process === process && task.element === element)?.caseId;
    });
  const namesOf = (files: readonly Filed[]) => files.map(({ name, sha256 }) => [name, sha256]);
  // What is there to be edited stays where it was drafted.
  const toRead = (files: readonly Filed[]) => namesOf(files.filter(({ name }) => name.endsWith('.pdf')));

  it('brings its documents to the new office, the same bytes, before the desk registers it', async () => {
    const { operatore, upd } = house.cast;
    const file = await DisciplinaryCase.report(house.cast, today, 'PD-PASSA');
    await file.charge(today, '2032-03-23T10:00:00+01:00');
    await arrived(file.id, today, 'employeeTransferred', { effectiveAt: today, newPaBody: 'c_valle' });
    await file.complete(upd, 't_assessTransfer', {
      ...{ transferredOn: today, newPaBody: 'c_valle', transferOutcome: 'HAND_OVER' },
    });
    await file.task(operatore, 't_handOverFile');
    await eventually('the letter', async () =>
      (await filesOf(file.id)).some(({ name }) => name.startsWith('Trasmissione del fascicolo')),
    );
    await file.complete(operatore, 't_handOverFile', {
      ...{ fileSentAt: today, newPaBody: 'c_valle', newPaServed: true },
    });
    const there = await eventually('the case there', async () => {
      const { items } = await operatore.get<List<{ readonly id: string }>>('/cases?comune=c_valle');
      const { items: tasks } = await operatore.get<List<{ readonly element: string }>>(
        `/tasks?assigned=all&caseId=${items[0]?.id ?? 'none'}`,
      );
      return tasks.some(({ element }) => element === 't_registerReport') ? items[0] : undefined;
    });
    const [here, taken] = [await filesOf(file.id), await filesOf(there.id)];
    expect(toRead(here).length).toBeGreaterThan(3);
    expect(namesOf(taken)).toEqual(toRead(here));
    const office = await house.system.signIn('updvalle');
    expect(await office.get(`/cases/${there.id}/documents`)).toMatchObject({ items: taken });
    // Neither office reads what is the other's.
    await expect(office.get(`/cases/${file.id}/documents`)).rejects.toThrow('404');
    await expect(upd.get(`/cases/${there.id}/documents`)).rejects.toThrow('404');
  });

  it('goes back to the head of structure with its documents, and to the UPD again with the head’s', async () => {
    const { struttura, operatore, upd } = house.cast;
    const file = await DisciplinaryCase.report(house.cast, today, 'PD-VERBALE');
    await file.complete(upd, 't_classify', { route: 'VERBAL', maxSanction: 'VERBAL_REPRIMAND' });
    const verbal = await next(struttura, 'disciplinary-verbal-reprimand', 't_hearInformally');
    const given = toRead(await filesOf(file.id));
    expect(given.length).toBeGreaterThan(0);
    const heard = await struttura.get<List<Task>>(`/tasks?assigned=all&caseId=${verbal}`);
    // The case is closed to the head, but for what the task is done on.
    const { items } = await struttura.get<List<Filed>>(
      `/cases/${verbal}/documents?task=${heard.items[0]?.id}`,
    );
    expect(namesOf(items)).toEqual(given);
    await struttura.post(`/tasks/${heard.items[0]?.id}/complete`, {
      variables: {
        ...{ heardAt: today, verbalOutcome: 'HEAVIER_FACTS', heavierFactsNote: 'Recidiva accertata.' },
      },
    });
    const again = await next(operatore, 'disciplinary-ordinary', 't_registerReport');
    expect(again).not.toBe(file.id);
    expect(namesOf(await filesOf(again))).toEqual(given);
  });

  it('is resumed after the criminal trial with the documents of what was suspended', async () => {
    const { operatore, upd } = house.cast;
    const file = await DisciplinaryCase.report(house.cast, today, 'PD-PENALE');
    const hearingAt = `${hearingDay}T10:00:00+02:00`;
    await file.charge(today, hearingAt, 'SUSPENSION_11D_6M');
    await house.cast.gestore.post('/operations/clock', { to: hearingAt });
    await file.complete(upd, 't_holdHearing', {
      ...{ hearingOutcome: 'HELD', hearingHeldAt: hearingAt, assistantType: 'NONE' },
      hearingMinutes: 'Il dipendente è stato ascoltato.',
    });
    await file.complete(upd, 't_investigate', { investigationOutcome: 'PENAL' });
    await file.complete(upd, 't_suspendForPenal', {
      ...{ penalComplex: true, penalEvidenceInsufficient: true, penalSuspendedAt: hearingDay },
      ...{ penalProceedings: 'R.G.N.R. 1/2032', penalMotivation: 'Accertamento complesso.' },
    });
    await eventually('the waiting', async () => {
      const { items } = await operatore.get<List<{ readonly message: string }>>(`/cases/${file.id}/incoming`);
      return items.some(({ message }) => message === 'newElements');
    });
    await arrived(file.id, hearingDay, 'newElements', { elementsReceivedAt: hearingDay });
    await file.complete(upd, 't_assessPenal', { resumeNow: true, motivation: 'Elementi sufficienti.' });
    const resumed = await next(operatore, 'disciplinary-penal-resumption', 't_registerCommunication');
    const given = toRead(await filesOf(file.id));
    expect(given.length).toBeGreaterThan(3);
    expect(namesOf(await filesOf(resumed))).toEqual(given);
  });
});
