/** Italian texts of the page on which people say how the house reaches them. */
export const contactIt = {
  preferences: {
    title: 'Notifiche e calendario',
    lead: 'Come ti arrivano i promemoria delle scadenze, oltre che qui sullo sportello.',
    mail: 'Posta elettronica',
    noMail: 'Questa installazione non invia posta',
    noMailText:
      'Gli avvisi restano sullo sportello. Puoi già indicare il tuo indirizzo: servirà quando il gestore configurerà la posta.',
    email: 'Indirizzo di posta elettronica',
    emailHelp:
      'Quello del lavoro. Nei messaggi ci sono solo il codice della pratica, l’ente, le date e un collegamento: mai nomi. Vuoto: nessun messaggio.',
    delivery: 'Quando inviare gli avvisi',
    deliveries: {
      immediate: 'Appena arrivano',
      digest: 'Una volta al giorno',
      off: 'Mai per posta',
    },
    deliveriesText: {
      immediate: 'In orario d’ufficio: giorni lavorativi dalle 8 alle 18. Il resto aspetta l’apertura.',
      digest:
        'Un riepilogo alle 8 dei giorni lavorativi, dalla pratica più urgente. I solleciti a intervenire arrivano comunque subito, in orario d’ufficio.',
      off: 'Gli avvisi restano solo sullo sportello.',
    },
    peremptory: 'I termini perentori avvisano sempre',
    peremptoryText:
      'Quando scade un termine perentorio si perde il potere di agire: l’avviso parte subito, a qualunque ora, qualunque sia la scelta qui sopra. Se sei assente lo riceve chi ti sostituisce.',
    save: 'Salva',
    saved: 'Salvato',
    noAddress: 'Non hai indicato un indirizzo',
    noAddressText: 'Anche gli avvisi dei termini perentori restano solo sullo sportello.',
    test: 'Prova',
    testText: 'Invia un messaggio di prova a {{email}} per vedere se arriva.',
    sendTest: 'Invia un messaggio di prova',
    tested: {
      accepted: 'Il server di posta ha accettato il messaggio: controlla la tua casella',
      refused: 'Il server di posta rifiuta questo indirizzo o questo messaggio',
      later: 'Il server di posta ora non lo accetta: riprova più tardi o avvisa il gestore',
    },
  },
  feeds: {
    title: 'Calendari',
    text: 'Un indirizzo segreto da dare al tuo programma di calendario: mostra le scadenze in corso che puoi vedere, con la data utile e quella di legge, per i prossimi 18 mesi.',
    none: 'Nessun calendario',
    name: 'Nome',
    defaultName: 'Le mie scadenze',
    scope: 'Scadenze di',
    mine: 'Le pratiche a cui lavoro',
    ofBody: 'Tutte quelle che vedo: {{body}}',
    created: 'Creato',
    new: 'Nuovo calendario',
    create: 'Crea l’indirizzo',
    made: 'Calendario «{{name}}» creato',
    once: 'Copia ora l’indirizzo: per sicurezza non viene conservato e non si potrà più rivedere. Chi lo conosce legge le scadenze senza accedere: non inoltrarlo.',
    address: 'Indirizzo del calendario',
    copy: 'Copia',
    copied: 'Copiato',
    revoke: 'Revoca',
    revokeTitle: 'Revocare «{{name}}»?',
    revokeText:
      'L’indirizzo smette subito di funzionare in tutti i programmi che lo usano. Non si può riattivare: se ne può creare un altro.',
  },
};
