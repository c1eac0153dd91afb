/**
 * Runs of text among elements, as in `see <b>there</b> first`: bpmn-moddle gathers an element's text in one place, so
 * between reading and writing each run is an element of this namespace, which no file contains.
 */
export const runs = 'urn:iter:bpmn:runs';

const many = { isMany: true } as const;
const reference = { isReference: true } as const;

/**
 * What the schema of BPMN 2.0 has and bpmn-moddle's description of it has not, or has under another name.
 * Source: Semantic.xsd, the types of the same names (`t…`)
 */
export const complement = {
  name: 'Complement',
  prefix: 'complement',
  uri: 'urn:iter:bpmn:complement',
  types: [
    // Documentation is mixed, and holds markup of any namespace.
    {
      name: 'Documentation',
      extends: ['bpmn:Documentation'],
      properties: [{ name: 'markup', type: 'Element', ...many }],
    },
    {
      name: 'Extension',
      extends: ['bpmn:Extension'],
      properties: [{ name: 'bpmn:documentation', type: 'bpmn:Documentation', ...many }],
    },
    { name: 'InputOutputBinding', extends: ['bpmn:InputOutputBinding'], superClass: ['bpmn:BaseElement'] },
    {
      name: 'GlobalScriptTask',
      extends: ['bpmn:GlobalScriptTask'],
      properties: [{ name: 'bpmn:script', type: 'String', replaces: 'bpmn:GlobalScriptTask#script' }],
    },
    {
      name: 'Participant',
      extends: ['bpmn:Participant'],
      properties: [{ name: 'bpmn:endPointRef', type: 'bpmn:EndPoint', ...many, ...reference }],
    },
    {
      name: 'ConversationNode',
      extends: ['bpmn:ConversationNode'],
      properties: [{ name: 'bpmn:messageFlowRef', type: 'bpmn:MessageFlow', ...many, ...reference }],
    },
    {
      name: 'ParticipantAssociation',
      extends: ['bpmn:ParticipantAssociation'],
      properties: ['inner', 'outer'].map((which) => ({
        name: `bpmn:${which}ParticipantRef`,
        type: 'bpmn:Participant',
        ...reference,
        replaces: `bpmn:ParticipantAssociation#${which}ParticipantRef`,
      })),
    },
  ],
};

const before = ['documentation', 'extensionElements', 'supportedInterfaceRef'];
const after = ['dataState', 'inputSetRefs', 'target', 'participantMultiplicity', 'correlationKeys'];

/** Where the schema wants a child among others: bpmn-moddle's description has some in another order. */
export function rankOf(property: string): number {
  const place = before.indexOf(property);
  return place === -1 ? before.length + (after.includes(property) ? 1 : 0) : place;
}
