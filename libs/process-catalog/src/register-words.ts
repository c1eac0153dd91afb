import type { Label, LookupRegister } from '@iter/process-model';

/** What people call a part of an entry, and the codes that it holds. */
export interface PartWords {
  readonly label: Label;
  readonly codes?: Readonly<Record<string, Label>>;
}

/** What people call what a register is asked for: one entry, several, and the parts of each. */
export interface RegisterWords {
  readonly entry: Label;
  readonly entries: Label;
  readonly parts: Readonly<Record<string, PartWords>>;
}

const say = (it: string, en: string): Label => ({ it, en });
const part = (it: string, en: string, codes?: PartWords['codes']): PartWords => ({
  label: say(it, en),
  ...(codes && { codes }),
});

const profile = part('Profilo professionale', 'Profile');
const comune = part('Comune (codice IPA)', 'Comune (IPA code)');
const province = part('Provincia (codice IPA)', 'Province (IPA code)');
const person = part('Dipendente', 'Employee');
const areas = {
  OPERATORI: say('Operatori', 'Operatori'),
  OPERATORI_ESPERTI: say('Operatori esperti', 'Operatori esperti'),
  ISTRUTTORI: say('Istruttori', 'Istruttori'),
  FUNZIONARI: say('Funzionari ed elevata qualificazione', 'Funzionari'),
};
const area = part('Area', 'Area', areas);
const keeper = part('Ente che la tiene (codice IPA)', 'Body that keeps it (IPA code)');
const sharing = part('Enti di cui è (codici IPA)', 'Bodies whose it is (IPA codes)');

const employee = {
  employeeRef: person,
  office: part('Struttura', 'Office'),
  area,
  hiredOn: part('In servizio dal', 'In service since'),
};

const state = {
  OPEN: say('Aperto', 'Open'),
  WAITING_34BIS: say(
    'In attesa della mobilità obbligatoria (art. 34-bis)',
    'Awaiting mandatory mobility (art. 34-bis)',
  ),
  READY_INTERPELLO: say('Pronto per l’interpello', 'Ready for the call to the list'),
  READY_COMPETITION: say('Pronto per il concorso', 'Ready for a competition'),
  READY_RANKING: say('Pronto per lo scorrimento', 'Ready for drawing on a ranking'),
  COVERED: say('Coperto', 'Covered'),
  WITHDRAWN: say('Ritirato', 'Withdrawn'),
};

export const registerWords: Readonly<Record<LookupRegister, RegisterWords>> = {
  convention: {
    entry: say('Convenzione in vigore', 'Convention in force'),
    entries: say('Convenzioni in vigore', 'Conventions in force'),
    parts: {
      id: part('Numero', 'Number'),
      province,
      serviceModel: part('Modello di servizio', 'Service model', {
        FULL_UPD: say('Gestione associata (UPD unificato)', 'Associated (unified UPD)'),
        SUPPORT: say('Supporto', 'Support'),
      }),
      validFrom: part('In vigore dal', 'In force from'),
      validTo: part('In vigore fino al', 'In force until'),
      startsUntil: part('Avvii fino al', 'Cases begin until'),
      rulesAct: part('Atto che istituisce l’ufficio associato', 'Act that set up the associated office'),
      agreedSanction: part('Sanzione concordata ammessa', 'Agreed sanction allowed'),
      service: part('Servizio', 'Service', {
        discipline: say('Procedimenti disciplinari', 'Disciplinary proceedings'),
        selection: say('Reclutamento e selezione', 'Recruitment and selection'),
        training: say('Formazione', 'Training'),
        onboarding: say('Adesione', 'Joining'),
      }),
    },
  },
  body: {
    entry: say('Dati dell’ente', 'Data of the body'),
    entries: say('Dati degli enti', 'Data of the bodies'),
    parts: {
      ipa: part('Codice IPA', 'IPA code'),
      name: part('Nome', 'Name'),
      kind: part('Tipo di ente', 'Type of body', {
        programme: say('Programma', 'Programme'),
        province: say('Provincia', 'Province'),
        comune: say('Comune', 'Comune'),
        union: say('Unione di Comuni', 'Union of Comuni'),
        other: say('Altro ente', 'Other body'),
      }),
      province,
      mailbox: part('Casella di posta', 'Mailbox'),
      certifiedMail: part('La PEC parte da qui', 'Certified mail leaves from here'),
      served: part('Una Provincia ne segue i casi', 'A Province works on its cases'),
    },
  },
  staff: {
    entry: say('Personale dell’ente', 'Staff of the body'),
    entries: say('Personale degli enti', 'Staff of the bodies'),
    parts: employee,
  },
  employee: {
    entry: person.label,
    entries: say('Dipendenti', 'Employees'),
    parts: {
      ...employee,
      comune,
      headAccounts: part('Responsabile della struttura (utenza)', 'Head of the structure (account)'),
    },
  },
  needs: {
    entry: say('Fabbisogno', 'Need'),
    entries: say('Fabbisogni', 'Needs'),
    parts: {
      needRef: part('Riferimento del fabbisogno', 'Reference of the need'),
      comune,
      profile,
      area,
      contractType: part('Contratto', 'Contract', {
        PERMANENT: say('Tempo indeterminato', 'Permanent'),
        FIXED: say('Tempo determinato', 'Fixed term'),
      }),
      contractMonths: part('Durata in mesi', 'Months of the contract'),
      partTimePct: part('Percentuale dell’orario', 'Part time per cent'),
      seat: part('Sede di lavoro', 'Place of work'),
      posts: part('Posti', 'Posts'),
      postsLeft: part('Posti da coprire', 'Posts left'),
      channel: part('Come si coprono', 'How they are filled', {
        INTERPELLO: say('Interpello dell’elenco di idonei', 'Call to the list of eligible people'),
        COMPETITION: say('Concorso pubblico', 'Public competition'),
        OTHER_PA_RANKING: say('Graduatoria di un altro ente', 'Ranking of another body'),
        OWN_RANKING: say('Graduatoria propria', 'Own ranking'),
      }),
      state: part('Stato', 'State', state),
      publishSubjectTo34bis: part(
        'Il bando può uscire durante l’attesa dell’art. 34-bis',
        'The notice may go out during the wait of art. 34-bis',
      ),
      uses: part('Procedure in corso', 'Procedures under way'),
      // Of each of those procedures.
      case: part('Pratica', 'Case'),
      process: part('Procedimento', 'Process'),
      since: part('Dal', 'Since'),
    },
  },
  'eligibility-list': {
    entry: say('Elenco di idonei', 'List of eligible people'),
    entries: say('Elenchi di idonei', 'Lists of eligible people'),
    parts: {
      listRef: part('Riferimento dell’elenco', 'Reference of the list'),
      body: part('Ente che lo tiene (codice IPA)', 'Body that keeps it (IPA code)'),
      bodies: sharing,
      profiles: part('Profili professionali', 'Profiles'),
      members: part('Idonei iscritti', 'Eligible people on it'),
      // Of each of them.
      candidateRef: part('Codice della persona', 'Code of the person'),
      since: part('Dal', 'Since'),
      until: part('Fino al', 'Until'),
    },
  },
  ranking: {
    entry: say('Graduatoria', 'Ranking'),
    entries: say('Graduatorie', 'Rankings'),
    parts: {
      rankingRef: part('Riferimento della graduatoria', 'Reference of the ranking'),
      body: keeper,
      bodies: sharing,
      profile,
      validUntil: part('Valida fino al', 'Valid until'),
      ranked: part('In ordine di chiamata', 'In the order of calling'),
      drawn: part('Già chiamati', 'Called already'),
      forFixedTerm: part('Per i posti a tempo determinato', 'For posts of a fixed term'),
    },
  },
  edition: {
    entry: say('Edizione del corso', 'Edition of the course'),
    entries: say('Edizioni del corso', 'Editions of the course'),
    parts: {
      caseId: part('Pratica', 'Case'),
      courseRef: part('Codice dell’edizione', 'Code of the edition'),
      title: part('Titolo', 'Title'),
      subject: part('Materia', 'Subject'),
      mode: part('Modalità', 'Mode'),
      hours: part('Ore', 'Hours'),
      firstSessionOn: part('Primo incontro', 'First session'),
      lastSessionOn: part('Ultimo incontro', 'Last session'),
      sessions: part('Incontri', 'Sessions'),
      maxSeats: part('Posti', 'Seats'),
      waiting: part('In attesa di un posto', 'Waiting for a seat'),
      freeSeats: part('Posti liberi', 'Free seats'),
      state: part('Stato', 'State'),
      takesEnrolments: part('Accetta iscrizioni', 'Takes enrolments'),
    },
  },
  'training-path': {
    entry: say('Percorso formativo', 'Training path'),
    entries: say('Percorsi formativi', 'Training paths'),
    parts: {
      employeeRef: part('Persona', 'Person'),
      year: part('Anno', 'Year'),
      state: part('Stato', 'State'),
      credited: part('Attestati che contano', 'Certificates that count'),
    },
  },
  'training-year': {
    entry: say('Anno di formazione', 'Training year'),
    entries: say('Anni di formazione', 'Training years'),
    parts: {
      comune,
      year: part('Anno', 'Year'),
      staff: part('Dipendenti', 'Employees'),
      averageHours: part('Ore in media', 'Hours on average'),
      reachedPct: part('Quota che ha raggiunto le ore (%)', 'Share that has reached the hours (%)'),
      reached: part('Chi ha raggiunto le ore', 'Who has reached the hours'),
      subjectsCovered: part('Materie obbligatorie coperte', 'Compulsory subjects covered'),
      subjectsDue: part('Materie obbligatorie', 'Compulsory subjects'),
    },
  },
  case: {
    entry: say('Altra pratica', 'Other case'),
    entries: say('Altre pratiche', 'Other cases'),
    parts: {
      case: part('Pratica', 'Case'),
      process: part('Procedimento', 'Process'),
      comune,
      state: part('Stato', 'State', {
        active: say('In corso', 'Under way'),
        completed: say('Conclusa', 'Completed'),
        terminated: say('Annullata', 'Cancelled'),
        failed: say('Interrotta per un errore', 'Ended in an error'),
        suspended: say('Sospesa', 'Suspended'),
      }),
      outcome: part('Esito', 'Outcome'),
    },
  },
};
