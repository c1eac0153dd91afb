/** What the rest of an element's line says: XML attributes, XML children, and the content of its `extensionElements`. */
export interface Parts {
  readonly attributes: Record<string, string>;
  readonly children: string[];
  readonly extensions: string[];
}

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const expression = (name: string, content: string): string =>
  `<${name} xsi:type="tFormalExpression">${escapeXml(content)}</${name}>`;
const reference = (kind: string, to: string): string =>
  to === '' ? `<${kind}EventDefinition/>` : `<${kind}EventDefinition ${kind}Ref="${escapeXml(to)}"/>`;
const timer = (name: string, value: string): string =>
  `<timerEventDefinition>${expression(name, value)}</timerEventDefinition>`;

type Shorthand = (value: string, parts: Parts, type: string) => void;

const child =
  (make: (value: string) => string): Shorthand =>
  (value, { children }) =>
    void children.push(make(value));
const attribute =
  (name: string): Shorthand =>
  (value, { attributes }) =>
    void (attributes[name] = value);
const flag =
  (name: string, value: string): Shorthand =>
  (_, { attributes }) =>
    void (attributes[name] = value);

/** Loops are drawn together at the end of the line, because `until`, `max`, `as` and `out` belong to them. */
const loopWords = new Set([
  'loop',
  'loop-before',
  'max',
  'multi',
  'multi-seq',
  'each',
  'each-seq',
  'as',
  'until',
  'out',
]);

const shorthands: Readonly<Record<string, Shorthand>> = {
  on: attribute('attachedToRef'),
  event: flag('triggeredByEvent', 'true'),
  'non-interrupting': (_, { attributes }, type) =>
    void (attributes[type === 'boundaryEvent' ? 'cancelActivity' : 'isInterrupting'] = 'false'),
  timer: child((value) => timer('timeDuration', value)),
  cycle: child((value) => timer('timeCycle', value)),
  date: child((value) => timer('timeDate', value)),
  message: (value, { attributes, children }, type) => {
    if (type === 'sendTask' || type === 'receiveTask') attributes['messageRef'] = value;
    else children.push(reference('message', value));
  },
  signal: child((value) => reference('signal', value)),
  error: child((value) => reference('error', value)),
  escalation: child((value) => reference('escalation', value)),
  conditional: child(
    (value) => `<conditionalEventDefinition>${expression('condition', value)}</conditionalEventDefinition>`,
  ),
  compensate: child((value) =>
    value === '' ? '<compensateEventDefinition/>' : `<compensateEventDefinition activityRef="${value}"/>`,
  ),
  cancel: child(() => '<cancelEventDefinition/>'),
  terminate: child(() => '<terminateEventDefinition/>'),
  link: child((value) => `<linkEventDefinition name="${escapeXml(value)}"/>`),
  job: (value, { extensions }) => void extensions.push(`<zeebe:taskDefinition type="${escapeXml(value)}"/>`),
  calls: (value, { extensions }) =>
    void extensions.push(`<zeebe:calledElement processId="${escapeXml(value)}"/>`),
  activation: child((value) => expression('activationCondition', value)),
};

/**
 * Reads what follows type and id on an element's line.
 * @throws Error at a word that is no shorthand, so that a slip of the pen fails its model
 */
export function readParts(type: string, rest: string): Parts {
  const parts: Parts = { attributes: {}, children: [], extensions: [] };
  const loop: Record<string, string> = {};
  let script: { expression: string; result: string } | null = null;
  const word = /\s*(?:(<.*)|([\w-]+:?[\w-]*)="([^"]*)"|([\w-]+)(?::(?:"([^"]*)"|(\S+)))?)/y;
  for (let at = 0; rest.slice(at).trim() !== '';) {
    word.lastIndex = at;
    const match = word.exec(rest);
    if (!match) throw new Error(`Not understood: ${rest.slice(at)}`);
    at = word.lastIndex;
    const [, xml, attributeName, attributeValue = '', name = '', quoted, bare] = match;
    const value = quoted ?? bare ?? '';
    if (xml !== undefined) parts.children.push(xml);
    else if (attributeName !== undefined) parts.attributes[attributeName] = attributeValue;
    else if (name === 'script') {
      const [arrow = '', result = ''] = /^\s*->\s*(\S+)/.exec(rest.slice(at)) ?? [];
      at += arrow.length;
      script = { expression: value, result };
    } else if (loopWords.has(name)) loop[name] = value;
    else if (Object.hasOwn(shorthands, name)) shorthands[name]?.(value, parts, type);
    else throw new Error(`No shorthand ${name} in: ${rest}`);
  }
  if (script) parts.extensions.push(scriptXml(script.expression, script.result));
  if (Object.keys(loop).length > 0) parts.children.push(loopXml(loop));
  return parts;
}

function scriptXml(text: string, result: string): string {
  const to = result === '' ? '' : ` resultVariable="${result}"`;
  return `<zeebe:script expression="${escapeXml(withEquals(text))}"${to}/>`;
}

const withEquals = (text: string): string => (text.startsWith('=') ? text : `=${text}`);

function loopXml(loop: Readonly<Record<string, string>>): string {
  const condition = loop['loop'] ?? loop['loop-before'];
  if (condition !== undefined) {
    const before = loop['loop-before'] !== undefined ? ' testBefore="true"' : '';
    const most = loop['max'] !== undefined ? ` loopMaximum="${loop['max']}"` : '';
    const inside = condition === '' ? '' : expression('loopCondition', condition);
    return `<standardLoopCharacteristics${before}${most}>${inside}</standardLoopCharacteristics>`;
  }
  const sequential = loop['multi-seq'] !== undefined || loop['each-seq'] !== undefined;
  const cardinality = loop['multi'] ?? loop['multi-seq'];
  const collection = loop['each'] ?? loop['each-seq'];
  const inside = [
    ...(collection === undefined ? [] : [extensionElements(collectionXml(collection, loop))]),
    ...(cardinality === undefined ? [] : [expression('loopCardinality', cardinality)]),
    ...(loop['until'] === undefined ? [] : [expression('completionCondition', loop['until'])]),
  ];
  return `<multiInstanceLoopCharacteristics${sequential ? ' isSequential="true"' : ''}>${inside.join('')}</multiInstanceLoopCharacteristics>`;
}

/** `out:results=expression` collects what every instance gives. */
function collectionXml(collection: string, { as, out }: Readonly<Record<string, string>>): string {
  const [, name, element] = /^(\w+)=(.+)$/.exec(out ?? '') ?? [];
  const item = as === undefined ? '' : ` inputElement="${as}"`;
  const given =
    name === undefined || element === undefined
      ? ''
      : ` outputCollection="${name}" outputElement="${escapeXml(withEquals(element))}"`;
  return `<zeebe:loopCharacteristics inputCollection="${escapeXml(withEquals(collection))}"${item}${given}/>`;
}

export const extensionElements = (content: string): string =>
  content === '' ? '' : `<extensionElements>${content}</extensionElements>`;
