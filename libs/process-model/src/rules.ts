import type { Findings } from './findings.ts';

/** What a rule says, where it comes from, and whether breaking it is always an error (`warning`: never). */
export interface RuleText {
  readonly severity: 'error' | 'warning' | 'either';
  readonly what: string;
  readonly source: string;
}

const rule = (severity: RuleText['severity'], what: string, source: string): RuleText => ({
  severity,
  what,
  source,
});
const error = (what: string, source = ''): RuleText => rule('error', what, source);
const warning = (what: string, source = ''): RuleText => rule('warning', what, source);
const either = (what: string, source = ''): RuleText => rule('either', what, source);

/** Every rule by its stable code, in the groups of the README. A code, once released, is never renamed. */
export const rulesByGroup = {
  'The file': {
    'file-too-large': error('at most 5 MB'),
    'file-too-complex': error(
      'at most 5,000 elements beside the drawing, 50 deep, 100 attributes of 100,000 characters',
    ),
    'xml-malformed': error('well-formed XML', 'XML 1.0'),
    'xml-encoding': error('UTF-8, without characters that XML forbids', 'XML 1.0 §2.2'),
    'xml-forbidden': error('no document type, entity or processing instruction'),
    'xml-content': error('no text between elements where none belongs', 'BPMN20.xsd'),
    'not-bpmn': error('a BPMN 2.0 file', 'BPMN20.xsd'),
    'process-missing': error('holds a process or a global task', '§8.2.1'),
    'process-empty': error('something is in an executable process', '§10.2'),
    'diagram-missing': warning('has a diagram, or gets one laid out when it is deployed', '§12.2'),
    'diagram-incomplete': error('a scope that is drawn is drawn whole', '§12.2'),
  },
  Names: {
    'id-missing': error('flow nodes, flows and processes have ids', 'BPMN20.xsd'),
    'id-invalid': error('ids of letters, digits, `_`, `-` and `.`, at most 200', 'BPMN20.xsd (xsd:ID)'),
    'id-duplicate': error('no id is given twice', 'BPMN20.xsd (xsd:ID)'),
    'dangling-reference': either(
      'what is referred to exists (in operations that nobody calls: a warning)',
      'BPMN20.xsd',
    ),
    'reference-type': error('what is referred to is of the type wanted', 'class diagrams of chapters 8–10'),
    'variable-name': error('variables have names that FEEL can read', 'DMN 1.3 §10.3.1.2'),
    'attribute-value': error('an attribute has one of its values', 'BPMN20.xsd'),
  },
  'What is not understood': {
    'unknown-element': error('no element that BPMN and the extensions do not know', 'BPMN20.xsd'),
    'unknown-attribute': error('no attribute that BPMN and the extensions do not know', 'BPMN20.xsd'),
    'unsupported-element': error(
      'nothing in an executable process that is not executed: choreography',
      '§2.1',
    ),
    'unsupported-attribute': either('nothing said of an element that would be ignored'),
    'unsupported-data': error('no data stores that move values, no alternative input sets', '§10.4'),
    'unsupported-extension': error(
      'no extension that would be ignored: listeners, linked resources',
      '§8.3.3',
    ),
    'unsupported-correlation': error('a message is found by one key', '§8.4.2'),
    'extension-misplaced': error('extension elements stand where they mean something', 'zeebe-bpmn-moddle'),
    'extension-duplicate': error('an extension element is given once', 'zeebe-bpmn-moddle'),
    'foreign-extension': warning('words of other engines are not obeyed'),
    'resource-ignored': warning('a resource that cannot be found is not obeyed', '§8.4.12'),
    'transaction-method': warning(
      'a transaction is undone by compensation, whatever its method says',
      '§10.3.5',
    ),
  },
  'Sequence flows': {
    'flow-end-missing': error('a flow has a source and a target', '§8.4.13'),
    'flow-end-kind': error(
      'a flow joins activities, events and gateways, not data, artifacts or lanes',
      '§7.6.1, table 7.3',
    ),
    'flow-crosses-pool': error('a flow stays within its process', '§7.6.1'),
    'flow-crosses-scope': error('a flow stays within its sub-process', '§7.6.1, §10.3.5'),
    'flow-inconsistent': error('`incoming` and `outgoing` name the flows that are there', '§8.4.7'),
    'condition-missing': error(
      'flows out of a choice have conditions; a conditional event has one',
      '§10.6.2, §10.6.3, §10.5.5',
    ),
    'condition-not-allowed': error('only flows out of activities and choices have conditions', '§8.4.13'),
    'default-not-outgoing': error('the default flow leaves the element', '§10.6.2'),
    'default-with-condition': error('the default flow has no condition', '§8.4.13'),
    'default-never-taken': warning('a default flow stands beside conditions', '§8.4.13'),
    'default-missing': warning('of an activity’s flows one is taken when no condition holds', '§13.3.1'),
    unreachable: error('a way leads to every element', '§10.5.2'),
    'infinite-loop': error('a circle in which nothing waits has a way out'),
    'loop-without-wait': warning('a circle in which nothing waits ends by its own conditions'),
  },
  'Message flows and lanes': {
    'message-flow-same-pool': error('a message flow joins two participants', '§7.6.2, §9.4'),
    'message-flow-end': error(
      'a message flow joins participants, activities and message events',
      '§7.6.2, table 7.4',
    ),
    'lane-node': error('a lane holds elements of its process, each in one lane', '§10.8'),
    'lane-role-missing': either(
      'where lanes have roles every task of a person has one (without roles: a warning)',
      'contracts.md',
    ),
    'role-code': error('a role is a code of capitals', 'contracts.md'),
  },
  Gateways: {
    'gateway-direction': error('the direction is that of the flows', '§8.4.9'),
    'gateway-without-flow': error('a flow leaves a gateway', '§10.6'),
    'gateway-useless': warning('a gateway joins or splits', '§10.6'),
    'activation-condition': error('a complex gateway that joins says when', '§10.6.5'),
    'event-gateway-targets': error(
      'an event-based gateway leads to two or more events or receive tasks of their own',
      '§10.6.6',
    ),
    'event-gateway-parallel': error('only an instantiating gateway waits for all its events', '§10.6.6'),
    'join-deadlock': warning('a parallel join does not wait for both ways of a choice', '§13.4.1'),
  },
  Starts: {
    'start-missing': error('where ends are drawn a start is; something begins', '§10.5.2'),
    'start-ambiguous': error(
      'one start without trigger; one per message or signal; one in an event sub-process',
      '§10.5.2, §13.3.4',
    ),
    'start-with-incoming': error('no flow leads into a start event', '§10.5.2'),
    'start-without-flow': error('a flow leaves a start event', '§10.5.2'),
    'start-expression': error('what starts a case reads no variable of it', '§10.5.2'),
    instantiate: error(
      'receive tasks and gateways that start the process stand at its top, without incoming flow',
      '§10.3.3, §10.6.6',
    ),
    'event-sub-process-flow': error('no flow leads to or from an event sub-process', '§10.3.5'),
    'sub-process-empty': warning('something is in a sub-process', '§10.3.5'),
  },
  Events: {
    'event-kind': error('an event is of a kind that its place allows', 'table 10.93'),
    'end-with-outgoing': error('no flow leads out of an end event', '§10.5.3'),
    'event-without-flow': warning('a flow leaves an intermediate event', '§10.5.4'),
    'boundary-not-attached': error('a boundary event sits on an activity beside it', '§10.5.4'),
    'boundary-with-incoming': error('no flow leads into a boundary event', '§10.5.4'),
    'boundary-without-flow': error('a flow leaves a boundary event', '§10.5.4'),
    'message-missing': error('a message event or task has a message with a name', '§10.5.5'),
    'signal-missing': error('a signal event has a signal with a name', '§10.5.5'),
    'error-code': error(
      'what is thrown has a code; what is caught has a fixed one, or none for all',
      '§10.5.5',
    ),
    'escalation-code': error('as for errors', '§10.5.5'),
    'error-duplicate': error('an error is caught once in one place', '§10.5.6'),
    'catch-duplicate': error('so are escalations, cancellation and compensation', '§10.5.6'),
    'error-not-interrupting': error('an error always interrupts', 'table 10.93'),
    'cancel-outside-transaction': error('only a transaction is cancelled', '§10.3.5'),
    'compensation-handler': error(
      'one association leads from a compensation boundary event to an activity for compensation beside it',
      '§10.7',
    ),
    'compensation-flow': error(
      'no flow leads from a compensation boundary event, or to and from what undoes',
      '§10.7',
    ),
    'compensation-scope': error('what is to be compensated can be seen from there, and undone', '§10.5.6'),
    'link-name': error('a link has a name', '§10.5.5'),
    'link-pair': error('a link is caught once, in the scope where it is thrown', '§10.5.5'),
    'link-flow': error('no flow leads into a catching link or out of a throwing one', '§10.5.4'),
    'timer-kind': either(
      'a process starts at a date or in a cycle; of a cycle where nothing repeats only the first time counts',
      '§10.5.5',
    ),
    'timer-value': error(
      'a timer is a date, a duration or a cycle of ISO 8601, with a pause and an end in sight',
      '§10.5.5; ISO 8601',
    ),
  },
  Activities: {
    quantity: error('startQuantity and completionQuantity are at least 1', 'table 10.3'),
    'loop-not-allowed': error('an event sub-process has no loop', '§10.3.5'),
    'loop-endless': error('a loop has a condition or a maximum', '§10.3.8'),
    'loop-maximum': error('loopMaximum is not negative', '§10.3.8'),
    'loop-cardinality': error('a number of instances, 0 to 100,000, or a collection', 'table 10.29'),
    'loop-collection': error('the collection is a list', 'table 10.29'),
    'loop-output': error(
      'an output collection and an output element belong together',
      'docs.camunda.io, multi-instance',
    ),
    'loop-ambiguous': error('items are given by zeebe:loopCharacteristics or by BPMN’s data', 'table 10.29'),
    'loop-behavior': either(
      'None, One and Complex say what is thrown: a message, signal, escalation or error',
      'tables 10.29, 10.30',
    ),
    'ad-hoc-content': error('an ad-hoc sub-process holds activities, no start and no end events', '§10.3.5'),
    'called-element-missing': error('a call activity names what it calls', '§10.3.6'),
    'decision-missing': error('a business rule task names a decision, or a job', '§10.3.3'),
    'decision-result': error(
      'the outcome of a decision goes into a variable',
      'docs.camunda.io, business rule tasks',
    ),
    'version-tag': error('a version tag is a fixed text', 'docs.camunda.io, version tag'),
    'job-type-missing': either(
      'a job has a type (a service task without one: a warning)',
      'docs.camunda.io, service tasks',
    ),
    'job-retries': error('1 to 999 retries', 'docs.camunda.io, service tasks'),
    'job-header': error('each header has a key of its own', 'docs.camunda.io, service tasks'),
    'script-missing': error('a script task has one script, or a job', '§10.3.3'),
    'script-result': warning('the result of a script goes somewhere'),
    'form-id': error('a form has an id, a task one form', 'docs.camunda.io, user tasks'),
    'form-missing': error('the form is in the file', 'docs.camunda.io, user tasks'),
    'form-elsewhere': warning('a form that lies outside is not shown', 'docs.camunda.io, user tasks'),
  },
  Law: {
    'act-incomplete': error('an act has a template and a variable', 'contracts.md'),
    'refusal-incomplete': error('a rule that refuses has a name, a condition and a message', 'contracts.md'),
    'refusal-unjudged': error('a rule that refuses stands where somebody is there to be refused', 'ADR 0016'),
    'lookup-incomplete': error('a lookup names a register, a key and a variable', 'contracts.md'),
    'reads-incomplete': error('what is read is named by a variable', 'ADR 0044'),
    'about-incomplete': error('what a task is about is said by a text', 'ADR 0016'),
    'body-incomplete': error('an office or a receiver is of a body', 'contracts.md'),
    'incoming-incomplete': error('an incoming document names a message', 'contracts.md'),
    'fact-incomplete': error('a fact and each of its values have a name and a label', 'ADR 0032'),
    'word-incomplete': error('a word has a label, and a code or a variable that it is of', 'ADR 0037'),
    'fact-personal': error('no personal variable is a fact', 'ADR 0032'),
    'deadline-id': error('a deadline has a name that conditions can read', 'contracts.md'),
    'deadline-term': error('one deadline, one term', 'contracts.md'),
    'deadline-base': error('it runs from bases with names and values', 'contracts.md'),
    'deadline-met-by': error(
      'it is met by an element of the process, or of one that it calls',
      'contracts.md',
    ),
    'deadline-change-ref': error(
      'what is changed is declared, here or by another process of the case',
      'contracts.md',
    ),
    'deadline-change-kind': error('a change is of a kind', 'contracts.md'),
    'deadline-change-by': error('an extension says by how much', 'contracts.md'),
    'deadline-unknown': error(
      'what an expression reads is declared, here or by another process of the case',
      'contracts.md',
    ),
  },
  Expressions: {
    'expression-empty': error('an expression says something'),
    'expression-too-long': error('at most 2,000 characters'),
    'expression-too-complex': error('at most 1,000 parts, 100 deep'),
    'expression-language': error('expressions are FEEL', 'DMN 1.3 §10.3'),
    'juel-expression': error('expressions of Camunda 7 are rewritten in FEEL, and how'),
    'feel-syntax': error('FEEL that can be read', 'DMN 1.3 §10.3.1.2'),
    'feel-unknown-function': error('functions that exist and give the same again', 'DMN 1.3 §10.3.4'),
    'constant-type': error('what is written out has the type that its place wants', '§8.4.6'),
  },
  Forms: {
    'form-invalid': error('a form is a JSON object of form-js', 'form-js schema'),
    'form-too-large': error('at most 512 KiB, 500 components, groups 10 deep'),
    'unsupported-component': error('components that the server can judge', 'form-js schema'),
    'field-key': error('the key of a field is the name of a variable', 'form-js schema'),
    'field-duplicate': error('no two fields hand in the same', 'form-js schema'),
    'options-missing': error('what is chosen from has options', 'form-js schema'),
    'pattern-unsafe': error('a pattern that cannot take for ever'),
  },
  Acts: {
    'act-name': error('the file of a template has a name of letters, digits, `_` and `-`'),
    'act-front-matter': error('a template begins with title and version, in YAML of its kind'),
    'act-key-unknown': error('no key that a template does not know'),
    'act-syntax': error(
      'holes end on their line; blocks stand alone on theirs, within one another, and are closed',
    ),
    'act-construct': error(
      'headings, paragraphs, bold, italics, lists, tables; no HTML, images, links or code',
      'CommonMark, GFM',
    ),
    'act-too-large': error('at most 64 Ki characters and 2,000 lines'),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, RuleText>>>>;

type Groups = typeof rulesByGroup;

/** The stable code of a rule. */
export type Rule = { [G in keyof Groups]: keyof Groups[G] }[keyof Groups] & string;

/** Every rule by its code. */
export const rules = Object.assign({}, ...Object.values(rulesByGroup)) as Readonly<Record<Rule, RuleText>>;

export function isRule(code: string): code is Rule {
  return Object.hasOwn(rules, code);
}

/** Where the readers and checks of processes report. */
export type RuleFindings = Findings<Rule>;
