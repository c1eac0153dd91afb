import type { AccountRejection } from '@iter/access/accounts';
import type { CommandRejectionCode } from '@iter/commands';
import type { DocumentRejection } from '@iter/documents';
import type { BodyRejection, WithdrawalRejection } from '@iter/registers';
import type { BoardRejection } from '@iter/registers/boards';
import type { OfficeRejection } from '@iter/registers/offices';
import type { LibraryRejection } from '@iter/registers/library';
import type { StaffRejection } from '@iter/registers/staff';
import type { NotSent } from '@iter/reactions';
import type { WebhookRejection } from '@iter/registers/webhooks';

/** Problems that the edge itself finds, before or beside any command. */
export type EdgeCode =
  | 'request-malformed'
  | 'request-invalid'
  | 'body-missing'
  | 'body-too-large'
  | 'media-type-unsupported'
  | 'method-not-allowed'
  | 'not-found'
  | 'view-not-found'
  | 'notice-not-found'
  | 'unauthenticated'
  | 'sign-in-refused'
  | 'too-many-attempts'
  | 'too-many-requests'
  | 'too-many-streams'
  | 'event-type-unknown'
  | 'fact-unknown'
  | 'fact-value-unknown'
  | 'too-many-filters'
  | 'too-many-drafts'
  | 'signed-in-as-another'
  | 'csrf-header-missing'
  | 'idempotency-key-missing'
  | 'idempotency-key-reused'
  | 'precondition-invalid'
  | 'revision-stale'
  | 'position-invalid'
  | 'cursor-invalid'
  | 'clock-goes-forward'
  | 'mail-not-set-up'
  | 'survey-code-unknown'
  | 'survey-answer-invalid'
  | 'survey-closed'
  | 'survey-codes-exceeded'
  | 'password-invalid'
  | 'package-invalid'
  | 'package-personal-data'
  | 'package-not-deployable'
  | 'overloaded'
  | 'not-ready'
  | 'outcome-unknown'
  | 'internal-error';

export type ProblemCode =
  | CommandRejectionCode
  | AccountRejection['code']
  | DocumentRejection['code']
  | BodyRejection['code']
  | StaffRejection['code']
  | BoardRejection['code']
  | LibraryRejection['code']
  | OfficeRejection['code']
  | WithdrawalRejection['code']
  | WebhookRejection['code']
  | NotSent['code']
  | EdgeCode;

export interface ProblemKind {
  readonly status: number;
  /** Fixed for the code; the case at hand is told by `detail`. */
  readonly it: string;
  readonly en: string;
}

const kind = (status: number, it: string, en: string): ProblemKind => ({ status, it, en });

/**
 * What each code answers: the only place that knows status codes. A code without a line does not compile.
 *
 * 403 not allowed, 404 not there (or not to be known), 409 refused in the present state, 412 stale revision,
 * 422 readable but invalid, 428 a required header is missing.
 * Source: RFC 9457, RFC 9110; style.md, Errors.
 */
export const problemKinds: Readonly<Record<ProblemCode, ProblemKind>> = {
  // Cases
  'case-already-started': kind(409, 'Il caso è già avviato', 'The case has already started'),
  'case-not-found': kind(404, 'Caso non trovato', 'Case not found'),
  'case-not-active': kind(409, 'Il caso non è più in corso', 'The case is no longer running'),
  'case-suspended': kind(409, 'Il caso è sospeso', 'The case is suspended'),
  'case-not-suspended': kind(409, 'Il caso non è sospeso', 'The case is not suspended'),
  'case-not-ended': kind(409, 'Il caso è ancora in corso', 'The case is still running'),
  'case-erased': kind(409, 'Il contenuto del caso è stato cancellato', 'The content of the case was erased'),
  'case-held': kind(409, 'La cancellazione è vietata', 'Erasing is forbidden'),
  'case-held-by-another': kind(409, 'L’ha vietata un altro ente', 'Another body has forbidden it'),
  'case-not-held': kind(409, 'La cancellazione non è vietata', 'Erasing is not forbidden'),
  'message-waiting': kind(409, 'Un messaggio attende ancora', 'A message is still waiting'),
  'case-unreadable': kind(409, 'Il fascicolo non è più leggibile', 'The case file can no longer be read'),
  'start-element-not-found': kind(
    422,
    'Il processo non si avvia così',
    'The process does not start this way',
  ),
  'element-not-found': kind(422, 'Elemento non trovato nel caso', 'Element not found in the case'),
  'activity-under-way': kind(409, 'Un’altra attività è in corso', 'Another activity is under way'),
  'task-not-done': kind(409, 'L’attività non è completata', 'The task is not completed'),
  'act-sent': kind(409, 'Un atto è già partito', 'An act has been sent already'),
  'later-task-done': kind(
    409,
    'È stata completata un’attività successiva',
    'A later task has been completed',
  ),
  'term-moved': kind(409, 'Si è spostato un termine di legge', 'A legal term was moved'),
  'flow-went-on': kind(409, 'Il procedimento è andato oltre', 'The process has gone on'),
  'entry-unknown': kind(422, 'Il dato non è stato inserito', 'The value was not entered'),
  'entry-changed': kind(409, 'Il dato è cambiato nel frattempo', 'The value has changed meanwhile'),
  'migration-invalid': kind(
    422,
    'Il caso non può seguire quella definizione',
    'The case cannot follow that definition',
  ),
  // Work
  'task-not-found': kind(404, 'Attività non trovata o già conclusa', 'Task not found or no longer open'),
  'task-claimed-by-another': kind(
    409,
    'L’attività è in carico a un’altra persona',
    'The task is claimed by another person',
  ),
  'task-not-claimed': kind(409, 'L’attività non è in carico a nessuno', 'Nobody has claimed the task'),
  'job-not-found': kind(404, 'Lavoro non trovato o già concluso', 'Job not found or no longer open'),
  'timer-not-armed': kind(409, 'Il timer non è attivo', 'The timer is not armed'),
  'message-not-awaited': kind(409, 'Nessun caso attende il messaggio', 'No case awaits the message'),
  // Law
  'deadline-not-found': kind(404, 'Termine non trovato', 'Deadline not found'),
  'deadline-not-open': kind(409, 'Il termine non è aperto', 'The deadline is not open'),
  'deadline-not-suspended': kind(409, 'Il termine non è sospeso', 'The deadline is not suspended'),
  'base-not-found': kind(422, 'La decorrenza non esiste', 'There is no such base date'),
  'date-invalid': kind(422, 'Data non valida', 'Invalid date'),
  'date-in-the-future': kind(422, 'Data futura', 'Date in the future'),
  'refused-by-process': kind(
    422,
    'Una regola del procedimento non lo permette',
    'A rule of the procedure does not allow it',
  ),
  'act-too-early': kind(409, 'È troppo presto per questo atto', 'It is too early for this act'),
  'term-too-short': kind(422, 'Il termine fissato è troppo breve', 'The term set is too short'),
  'term-too-long': kind(422, 'Il termine fissato è troppo lungo', 'The term set is too long'),
  'ladder-unknown': kind(409, 'La scala dei solleciti non esiste più', 'The ladder is not there any more'),
  'escalation-not-found': kind(404, 'Sollecito non trovato', 'Escalation not found'),
  'escalation-already-resolved': kind(409, 'Il sollecito è già chiuso', 'The escalation is already resolved'),
  'incident-not-found': kind(404, 'Incidente non trovato', 'Incident not found'),
  'incident-still-holds': kind(
    409,
    'La causa dell’incidente c’è ancora',
    'The cause of the incident still holds',
  ),
  // File and values
  'document-not-found': kind(404, 'Documento non trovato', 'Document not found'),
  'document-replaced': kind(
    409,
    'Il documento ha già una versione più recente',
    'The document has a newer version already',
  ),
  'delivery-not-found': kind(404, 'Spedizione non trovata', 'Delivery not found'),
  'document-empty': kind(422, 'Il documento è vuoto', 'The document is empty'),
  'document-too-large': kind(413, 'Il documento è troppo grande', 'The document is too large'),
  'document-type-not-allowed': kind(
    422,
    'Tipo di documento non ammesso',
    'This kind of document is not accepted',
  ),
  'form-invalid': kind(422, 'Alcuni campi non sono validi', 'Some fields are not valid'),
  'variables-invalid': kind(422, 'Alcuni dati non sono accettabili', 'Some data are not acceptable'),
  'limit-exceeded': kind(422, 'La richiesta supera un limite', 'The request exceeds a limit'),
  // Access
  'not-authorised': kind(403, 'Operazione non consentita', 'Not allowed'),
  'member-incompatible': kind(
    403,
    'Incompatibile con la persona interessata',
    'Incompatible with the person concerned',
  ),
  'reason-required': kind(422, 'Occorre un motivo', 'A reason is required'),
  // Registers and definitions
  'definition-not-found': kind(404, 'Processo non trovato', 'Process not found'),
  'deployment-refused': kind(422, 'Il processo non può essere installato', 'The process cannot be deployed'),
  'body-not-found': kind(422, 'Ente non registrato', 'Unknown body'),
  'body-invalid': kind(422, 'Ente non valido', 'Invalid body'),
  'board-invalid': kind(422, 'Organo non valido', 'Invalid board'),
  'office-invalid': kind(422, 'Registro degli uffici non valido', 'Invalid register of offices'),
  'entry-not-found': kind(404, 'Voce non trovata nel registro', 'No such entry on the register'),
  'register-changed': kind(412, 'La voce è cambiata nel frattempo', 'The entry has changed meanwhile'),
  'entry-in-use': kind(409, 'La voce è già stata usata', 'The entry has been used'),
  'staff-invalid': kind(422, 'Registro del personale non valido', 'Invalid staff register'),
  'convention-invalid': kind(422, 'Convenzione non valida', 'Invalid convention'),
  'convention-not-found': kind(404, 'Convenzione non trovata', 'Convention not found'),
  'mailbox-invalid': kind(422, 'Casella non valida', 'Invalid mailbox'),
  'calendar-invalid': kind(422, 'Calendario non valido', 'Invalid calendar'),
  'calendar-changed': kind(
    412,
    'Il calendario è cambiato nel frattempo',
    'The calendar has changed meanwhile',
  ),
  'account-not-found': kind(422, 'Utenza non trovata', 'Account not found'),
  'account-changed': kind(409, 'L’utenza è cambiata nel frattempo', 'The account has changed meanwhile'),
  'account-already-exists': kind(409, 'L’utenza esiste già', 'The account already exists'),
  'account-invalid': kind(422, 'Utenza non valida', 'Invalid account'),
  'substitution-not-found': kind(404, 'Sostituzione non trovata', 'Substitution not found'),
  'substitution-invalid': kind(422, 'Sostituzione non valida', 'Invalid substitution'),
  'substitution-overlaps': kind(
    409,
    'C’è già una sostituzione in quei giorni',
    'There is a substitution on those days already',
  ),
  'substitution-chained': kind(
    409,
    'Chi sostituisce non può essere sostituito',
    'Who stands in cannot be stood in for',
  ),
  'roles-incompatible': kind(422, 'Ruoli incompatibili', 'Incompatible roles'),
  'email-invalid': kind(422, 'Indirizzo di posta non valido', 'Invalid mail address'),
  'email-missing': kind(409, 'Manca l’indirizzo di posta', 'There is no mail address'),
  'mail-not-set-up': kind(409, 'La posta non è configurata', 'Mail is not set up'),
  'feed-not-found': kind(404, 'Calendario non trovato', 'Calendar feed not found'),
  'too-many-feeds': kind(409, 'Troppi calendari', 'Too many calendar feeds'),
  'password-invalid': kind(422, 'Password non valida', 'Invalid password'),
  // Webhooks
  'webhook-not-found': kind(404, 'Webhook non trovato', 'Webhook not found'),
  'webhook-invalid': kind(422, 'Webhook non valido', 'Invalid webhook'),
  'webhook-ended': kind(409, 'Il webhook è terminato', 'The webhook has ended'),
  'webhook-changed': kind(412, 'Il webhook è cambiato nel frattempo', 'The webhook has changed meanwhile'),
  'webhook-delivery-not-found': kind(404, 'Consegna non trovata', 'Delivery not found'),
  'webhook-delivery-being-sent': kind(409, 'La consegna è in corso', 'The delivery is under way'),
  'webhook-delivery-too-old': kind(
    409,
    'La consegna ha più di 30 giorni',
    'The delivery is older than 30 days',
  ),
  'webhook-paused': kind(409, 'Il webhook è in pausa', 'The webhook is paused'),
  'webhook-confidential-of-all': kind(
    422,
    'Le pratiche riservate si comunicano solo a un webhook di un ente',
    'Confidential cases are told only to a webhook of one body',
  ),
  'webhook-resting': kind(409, 'Il programma ha chiesto una pausa', 'The program has asked for a rest'),
  'too-many-webhooks': kind(409, 'Troppi webhook', 'Too many webhooks'),
  'too-many-secrets': kind(409, 'Troppi segreti in un giorno', 'Too many secrets in a day'),
  // Questionnaires
  'survey-code-unknown': kind(
    404,
    'Il codice non è valido, è già stato usato o il questionario è chiuso',
    'The code is not valid, was used already, or the questionnaire is closed',
  ),
  'survey-answer-invalid': kind(422, 'Risposta non valida', 'Invalid answer'),
  'survey-closed': kind(409, 'Il questionario non è aperto', 'The questionnaire is not open'),
  'survey-codes-exceeded': kind(
    409,
    'I codici sarebbero più dei partecipanti',
    'There would be more codes than participants',
  ),
  // The library
  'package-not-found': kind(404, 'Pacchetto non trovato', 'Package not found'),
  'package-version-taken': kind(
    409,
    'La versione è già pubblicata con un altro contenuto',
    'The version is published with other content',
  ),
  'package-withdrawn': kind(409, 'La versione è stata ritirata', 'The version was withdrawn'),
  'package-not-in-use': kind(409, 'L’ente non usa il pacchetto', 'The body does not use the package'),
  'package-invalid': kind(422, 'Il pacchetto non è integro', 'The package is not whole'),
  'package-personal-data': kind(
    422,
    'Il pacchetto sembra contenere dati personali',
    'The package seems to hold personal data',
  ),
  'package-not-deployable': kind(
    422,
    'Il processo del pacchetto non si potrebbe installare',
    'The process of the package could not be deployed',
  ),
  // The request
  'request-malformed': kind(400, 'La richiesta non è leggibile', 'The request cannot be read'),
  'request-invalid': kind(422, 'La richiesta non è valida', 'The request is not valid'),
  'body-missing': kind(400, 'Manca il corpo della richiesta', 'The request has no body'),
  'body-too-large': kind(413, 'La richiesta è troppo grande', 'The request is too large'),
  'media-type-unsupported': kind(415, 'Formato non accettato', 'Media type not supported'),
  'method-not-allowed': kind(405, 'Metodo non ammesso', 'Method not allowed'),
  'not-found': kind(404, 'Non trovato', 'Not found'),
  'view-not-found': kind(404, 'Vista non trovata', 'View not found'),
  'notice-not-found': kind(404, 'Avviso non trovato', 'Notice not found'),
  'cursor-invalid': kind(422, 'Cursore non valido', 'Invalid cursor'),
  'position-invalid': kind(400, 'Posizione non valida', 'Invalid position'),
  'precondition-invalid': kind(400, 'Precondizione non leggibile', 'The precondition cannot be read'),
  'revision-stale': kind(412, 'Il caso è cambiato nel frattempo', 'The case has changed meanwhile'),
  'idempotency-key-missing': kind(428, 'Manca la chiave di idempotenza', 'Idempotency key missing'),
  'idempotency-key-invalid': kind(422, 'Chiave di idempotenza non valida', 'Invalid idempotency key'),
  'idempotency-key-reused': kind(422, 'Chiave di idempotenza già usata', 'Idempotency key already used'),
  'clock-goes-forward': kind(422, 'L’orologio va solo avanti', 'The clock only goes forward'),
  // Who asks, and how often
  unauthenticated: kind(401, 'Occorre accedere', 'Sign in first'),
  'sign-in-refused': kind(401, 'Nome utente o password errati', 'Wrong username or password'),
  'csrf-header-missing': kind(403, 'Richiesta non riconosciuta', 'Request not recognised'),
  'too-many-attempts': kind(429, 'Troppi tentativi', 'Too many attempts'),
  'too-many-requests': kind(429, 'Troppe richieste', 'Too many requests'),
  'event-type-unknown': kind(422, 'Tipo di evento sconosciuto', 'Unknown type of event'),
  'fact-unknown': kind(422, 'Condizione sconosciuta', 'Unknown fact'),
  'fact-value-unknown': kind(422, 'Valore sconosciuto', 'Unknown value of a fact'),
  'too-many-filters': kind(409, 'Troppi filtri salvati', 'Too many saved filters'),
  'too-many-drafts': kind(409, 'Troppe bozze', 'Too many drafts'),
  'signed-in-as-another': kind(409, 'Ora è entrato qualcun altro', 'Somebody else is signed in now'),
  'too-many-streams': kind(429, 'Troppi collegamenti aperti', 'Too many open streams'),
  // Ours
  overloaded: kind(503, 'Il sistema è sovraccarico', 'The system is overloaded'),
  'not-ready': kind(503, 'Il servizio non è pronto', 'The service is not ready'),
  'outcome-unknown': kind(503, 'Esito non noto', 'Outcome unknown'),
  'internal-error': kind(500, 'Errore del sistema', 'System error'),
};
