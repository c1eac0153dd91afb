import { describe, expect, it } from '@jest/globals';
import { DisciplinaryCase, disciplinaryHouse } from '../support/disciplinary.ts';
import type { List } from '../support/disciplinary.ts';
import { eventually } from '../support/system.ts';

// The employee goes to another Comune that the Province serves: the case opens there, with its file.

interface Filed {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
}

describe('a disciplinary file that is handed over', () => {
  const today = '2032-03-01';
  const house = disciplinaryHouse(`${today}T09:00:00+01:00`);

  const filesOf = async (caseId: string) =>
    (await house.cast.operatore.get<List<Filed>>(`/cases/${caseId}/documents`)).items;

  it('brings its documents to the new office, the same bytes, before the desk registers it', async () => {
    const { operatore, upd } = house.cast;
    const file = await DisciplinaryCase.report(house.cast, today, 'PD-PASSA');
    await file.charge(today, '2032-03-23T10:00:00+01:00');
    const told = new FormData();
    const cover = {
      message: 'employeeTransferred',
      protocolNo: '77/2032',
      receivedOn: today,
      sender: 'Ente',
    };
    for (const [name, value] of Object.entries(cover)) told.set(name, value);
    told.set('variables', JSON.stringify({ effectiveAt: today, newPaBody: 'c_valle' }));
    await operatore.post(`/cases/${file.id}/incoming`, told);
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
    // What is there to be edited stays where it was drafted.
    const toRead = here.filter(({ name }) => name.endsWith('.pdf'));
    expect(toRead.length).toBeGreaterThan(3);
    expect(taken.map(({ name, sha256 }) => [name, sha256])).toEqual(
      toRead.map(({ name, sha256 }) => [name, sha256]),
    );
    const office = await house.system.signIn('updvalle');
    expect(await office.get(`/cases/${there.id}/documents`)).toMatchObject({ items: taken });
    // Neither office reads what is the other's.
    await expect(office.get(`/cases/${file.id}/documents`)).rejects.toThrow('404');
    await expect(upd.get(`/cases/${there.id}/documents`)).rejects.toThrow('404');
  });
});
