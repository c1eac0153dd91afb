import type { Clarity } from './bundle.ts';

const clarityTexts: Readonly<Record<Exclude<Clarity, 'pseudonyms'>, string>> = {
  whole: 'clear.jsonl: gli stessi eventi in chiaro.',
  none: 'Gli eventi in chiaro non sono compresi: chi ha esportato non poteva leggerli.',
};

/** What the file of a case holds, what it proves and what it does not: for whoever opens it years later. */
export const readMe = (clarity: Clarity): string =>
  clarity === 'pseudonyms' ? underPseudonyms : inClear(clarityTexts[clarity]);

const inClear = (copy: string): string =>
  `FASCICOLO INFORMATICO

Contenuto
  manifest.json: di quale pratica si tratta, fino a quale revisione, con l’impronta (SHA-256) di ogni file.
  events.jsonl: tutti gli eventi della pratica, uno per riga, come sono nel registro. I dati riservati sono cifrati.
  ${copy}
  checkpoint.json: il punto di controllo del registro, firmato dal sistema con la propria chiave tecnica, che comprende la pratica fino a una revisione; può mancare.
  definitions/: i processi che la pratica ha seguito, con diagramma BPMN, moduli e modelli di atti; il nome è la loro impronta.
  documents/: i documenti che chi ha esportato poteva leggere; il nome è la loro impronta.

Verifica, senza rete e senza il sistema che lo ha prodotto
  npx iter verify FILE.zip

Che cosa prova la verifica
  - nessun evento è stato modificato, tolto, aggiunto o spostato all’interno della sequenza: ciascuno porta l’impronta del precedente;
  - i documenti e i processi compresi sono quelli ai quali gli eventi si riferiscono;
  - le parti in chiaro che il registro non cifra sono quelle degli eventi, e clear.jsonl non ha campi che gli eventi non abbiano;
  - se c’è checkpoint.json: chi ha la chiave di firma ha attestato gli eventi fino a quella revisione, nell’istante che vi è scritto.
    Non è la firma elettronica di una persona. Di chi è la chiave lo dice la sua impronta, da confrontare con quella che l’ente comunica.

Che cosa non prova
  - che dopo l’ultimo evento compreso non ve ne siano altri: si confronti «headHash» con quello che l’ente ha pubblicato o conserva;
  - che il registro non sia stato riscritto e firmato di nuovo da chi ne ha anche la chiave: lo mostrano i punti di controllo conservati da altri;
  - che i dati cifrati dicano quanto è scritto in clear.jsonl: lo può provare solo chi ha le chiavi, cioè l’ente;
  - ciò che dice questo testo, i nomi che il manifesto dà ai documenti, il disegno che il sistema dà a un processo che non ne ha: nulla li attesta;
  - che quanto è stato registrato sia vero.
`;

const underPseudonyms = `FASCICOLO INFORMATICO IN FORMA PSEUDONIMA

Contenuto
  manifest.json: di quale pratica si tratta, fino a quale revisione, con l’impronta (SHA-256) di ogni file.
  covered.jsonl: la catena degli eventi. Di ciascuno si vede la fine (istanti, impronta del precedente, numero, genere); l’inizio,
    cioè chi ha agito e che cosa l’evento dice, è coperto: ve n’è solo lo stato intermedio dell’impronta, dal quale il calcolo prosegue.
  clear.jsonl: gli eventi come li legge chi controlla: le persone sotto pseudonimo, quanto è stato scritto coperto da «•••».
  checkpoint.json: il punto di controllo del registro, firmato dal sistema con la propria chiave tecnica; può mancare.
  definitions/: i processi che la pratica ha seguito, con diagramma BPMN, moduli e modelli di atti; il nome è la loro impronta.
  I documenti non sono compresi: il manifesto ne dice l’impronta.

Verifica, senza rete e senza il sistema che lo ha prodotto
  npx iter verify FILE.zip

Che cosa prova la verifica
  - nessun evento è stato modificato, tolto, aggiunto o spostato all’interno della sequenza: ciascuno porta l’impronta del precedente;
  - genere, numero e istanti di ogni evento sono quelli registrati;
  - «headHash» è la stessa del fascicolo in chiaro esportato allo stesso punto: i due riguardano la stessa storia;
  - se c’è checkpoint.json: chi ha la chiave di firma ha attestato gli eventi fino a quella revisione, nell’istante che vi è scritto.
    Non è la firma elettronica di una persona. Di chi è la chiave lo dice la sua impronta, da confrontare con quella che l’ente comunica.

Che cosa non prova
  - il contenuto: che clear.jsonl dica ciò che gli eventi dicono, chi ha agito, quali documenti e quali processi vi sono nominati. Lo prova
    il fascicolo in chiaro, che esporta chi può leggere la pratica in chiaro (per esempio il responsabile del servizio);
  - ciò che dice questo testo: accompagna il fascicolo e nulla lo attesta;
  - senza checkpoint.json, che la catena sia quella del registro, se non si confronta «headHash» con quello che l’ente conserva;
  - che dopo l’ultimo evento compreso non ve ne siano altri: si confronti «headHash» con quello che l’ente ha pubblicato o conserva;
  - che il registro non sia stato riscritto e firmato di nuovo da chi ne ha anche la chiave: lo mostrano i punti di controllo conservati da altri;
  - che quanto è stato registrato sia vero.
`;
