const described = ['id', 'label', 'description', 'extensionElements'];
const named = [...described, 'name'];
const boxed = [...described, 'typeRef'];
const text = [...boxed, 'text', 'expressionLanguage'];
const drawn = ['width', 'annotationsWidth'];

/** For each type, what a file may say of it; all else has a meaning that an evaluation would ignore. DMN 1.3 §6–8, §10 */
export const understood: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    Definitions: [
      ...named,
      'namespace',
      'expressionLanguage',
      'typeLanguage',
      'exporter',
      'exporterVersion',
      'itemDefinition',
      'drgElement',
      'artifact',
      'elementCollection',
      'businessContextElement',
      'dmnDI',
    ],
    ItemDefinition: [...named, 'typeRef', 'typeLanguage', 'allowedValues', 'itemComponent', 'isCollection'],
    InputData: [...named, 'variable'],
    Decision: [
      ...named,
      'variable',
      'decisionLogic',
      'informationRequirement',
      'knowledgeRequirement',
      'authorityRequirement',
      'question',
      'allowedAnswers',
      'supportedObjective',
      'impactedPerformanceIndicator',
      'decisionMaker',
      'decisionOwner',
      'usingProcess',
      'usingTask',
    ],
    BusinessKnowledgeModel: [
      ...named,
      'variable',
      'encapsulatedLogic',
      'knowledgeRequirement',
      'authorityRequirement',
    ],
    DecisionService: [
      ...named,
      'variable',
      'outputDecision',
      'encapsulatedDecision',
      'inputDecision',
      'inputData',
    ],
    KnowledgeSource: [...named, 'authorityRequirement', 'type', 'owner', 'locationURI'],
    InformationRequirement: [...described, 'requiredDecision', 'requiredInput'],
    KnowledgeRequirement: [...described, 'requiredKnowledge'],
    AuthorityRequirement: [...described, 'requiredAuthority', 'requiredDecision', 'requiredInput'],
    DMNElementReference: ['href'],
    InformationItem: [...named, 'typeRef'],
    DecisionTable: [
      ...boxed,
      'input',
      'output',
      'annotation',
      'rule',
      'hitPolicy',
      'aggregation',
      'preferredOrientation',
      'outputLabel',
    ],
    InputClause: [...described, 'inputExpression', 'inputValues'],
    OutputClause: [...named, 'typeRef', 'outputValues', 'defaultOutputEntry'],
    DecisionRule: [...described, 'inputEntry', 'outputEntry', 'annotationEntry'],
    RuleAnnotationClause: ['name'],
    RuleAnnotation: ['text'],
    LiteralExpression: text,
    UnaryTests: text,
    Context: [...boxed, 'contextEntry'],
    ContextEntry: [...described, 'variable', 'value'],
    List: [...boxed, 'elements'],
    Relation: [...boxed, 'column', 'row'],
    Invocation: [...boxed, 'calledFunction', 'binding'],
    Binding: ['parameter', 'bindingFormula'],
    FunctionDefinition: [...boxed, 'kind', 'formalParameter', 'body'],
  }).map(([type, properties]) => [type, new Set([...properties, ...drawn])]),
);

/** What is refused by name, and what to do instead. */
export const instead: Readonly<Record<string, string>> = {
  import: 'Other files cannot be imported: copy what is needed into this one.',
  importedValues: 'Values cannot be imported: write them here.',
  functionItem: 'Types of functions are not supported: leave the item definition out.',
  extensionAttribute: 'Extension attributes are not supported: use extensionElements.',
};

/** FEEL, by all the names that versions and tools give it. */
export const isFeel = (language: string): boolean =>
  /^(?:feel|https?:\/\/www\.omg\.org\/spec\/(?:DMN\/\d+\/FEEL|FEEL\/\d+)\/?)$/i.test(language.trim());
