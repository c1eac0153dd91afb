/** Riaprire attività e rettificare dati. */
export const takeBackIt = {
  takeBack: {
    reopen: 'Riapri l’attività',
    rectify: 'Rettifica un dato',
    reopenTitle: 'Riapri l’attività',
    reopenText:
      '{{what}}. L’attività torna da fare con i dati già inseriti; quello che attende per suo effetto si chiude, e i termini tornano com’erano. Se un atto è già partito, la riapertura viene rifiutata.',
    rectifyTitle: 'Rettifica un dato inserito',
    rectifyText:
      'Correggi solo quello che è sbagliato. Il dato di prima resta nella storia con il motivo; i termini che ne dipendono si ricalcolano e le bozze degli atti si rifanno, salvo dove ne è stata allegata un’altra versione. Se un atto è già partito, la rettifica viene rifiutata.',
    noField: 'Questi dati non si rettificano da qui: nessun modulo li aveva chiesti.',
    nothing: 'Nessun dato è stato cambiato.',
  },
};
