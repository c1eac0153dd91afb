/** What the desk says of its own accessibility: what was looked at, what is missing, what stands in its place. */
export const accessibilityIt = {
  accessibility: {
    title: 'Accessibilità',
    lead: 'Che cosa può fare chi usa la tastiera, un lettore di schermo o l’ingrandimento, che cosa il programma non sa ancora fare, e che cosa lo sostituisce.',
    official: 'Dichiarazione di accessibilità dell’ente',
    officialText:
      'La dichiarazione ufficiale, compilata sul modello di AgID, è pubblicata dall’ente che gestisce questo servizio:',
    officialMissing:
      'L’ente che gestisce questo servizio non ha ancora indicato l’indirizzo della sua dichiarazione (ITER_ACCESSIBILITY_STATEMENT_URL). Questa pagina descrive il programma e non la sostituisce.',
    state: 'Stato di conformità',
    stateText:
      'Il programma è parzialmente conforme alle WCAG 2.2, livello AA, e alla norma UNI CEI EN 301549: valgono le eccezioni elencate qui sotto.',
    how: 'Come è stato verificato',
    howText: [
      'Ogni pagina è controllata in automatico con axe-core, in Chromium, a 320 e a 1280 pixel, a ogni nuova versione: nessuna violazione.',
      'I percorsi principali sono provati con la sola tastiera. Le pagine si leggono a 320 pixel, che equivalgono a un ingrandimento del 400 %, senza scorrimento orizzontale.',
      'Non è ancora stata fatta una prova con persone che usano tecnologie assistive, né una verifica da parte di terzi: perciò questa pagina non dice «pienamente conforme».',
    ],
    diagram: 'Il diagramma del procedimento',
    diagramText:
      'Il disegno è un’immagine interattiva di una libreria esterna (bpmn.io). Ecco che cosa non sa fare e che cosa si usa al suo posto:',
    gaps: [
      {
        gap: 'Un lettore di schermo non legge le figure e le frecce, e con la tastiera non ci si sposta dall’una all’altra.',
        instead:
          'Accanto al disegno c’è l’elenco dei passi: le stesse informazioni, nell’ordine del procedimento, con lo stato di ciascuno, il numero delle volte in cui è stato percorso e ciò che viene dopo.',
      },
      {
        gap: 'Lo stato dei passi nel disegno è dato anche da colori e spessori.',
        instead:
          'Nell’elenco lo stato è scritto in parole: fatto, in corso, interrotto, non ancora raggiunto.',
      },
      {
        gap: 'Il disegno non si dispone di nuovo su schermi stretti: si sposta e si ingrandisce.',
        instead: 'L’elenco dei passi si adatta a ogni larghezza e a ogni ingrandimento.',
      },
      {
        gap: 'I testi dentro il disegno non seguono la spaziatura scelta nel browser.',
        instead: 'Nell’elenco sì.',
      },
      {
        gap: 'Spostare e ingrandire il disegno si fa con il mouse o con le dita.',
        instead: 'Per ogni azione del procedimento c’è un pulsante fuori dal disegno.',
      },
    ],
    others: 'Altri limiti noti',
    othersText: [
      'I documenti caricati dalle persone (PDF, fotografie, messaggi) sono accessibili quanto lo erano in origine.',
      'Gli atti che il programma redige sono PDF/A-2a con la struttura contrassegnata, e hanno accanto la versione DOCX; la conformità a PDF/UA non è stata verificata.',
      'La documentazione per programmatori (/api/docs) è generata da una libreria esterna ed è in inglese.',
    ],
    feedback: 'Segnalare un ostacolo',
    feedbackText:
      'Scrivi a questo indirizzo dicendo la pagina e che cosa non riesci a fare; la legge dà all’ente trenta giorni per rispondere (art. 3-quinquies L. 4/2004):',
    feedbackMissing:
      'L’ente non ha ancora indicato un indirizzo (ITER_ACCESSIBILITY_FEEDBACK_EMAIL): rivolgiti allo sportello.',
    enforcement: 'Se la risposta manca o non basta',
    enforcementText:
      'Ci si può rivolgere al Difensore civico per il digitale, presso AgID, secondo la procedura di attuazione della legge 9 gennaio 2004, n. 4.',
    keyboard: 'Scorciatoie da tastiera',
    keyboardText:
      'Il punto interrogativo apre l’aiuto, dove le scorciatoie di un solo tasto si possono spegnere. Con il movimento ridotto del sistema operativo le animazioni si fermano.',
    prepared: 'Pagina preparata il {{date}} per la versione {{version}}, sulla base di un’autovalutazione.',
  },
};
