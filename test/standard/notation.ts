import { escapeXml, extensionElements, readParts } from './shorthand.ts';
import type { Parts } from './shorthand.ts';

interface Element {
  readonly type: string;
  readonly id: string;
  readonly parts: Parts;
  readonly inside: (Element | string)[];
  /** Set when a flow says so. */
  defaultFlow: string | null;
}

/** Written at top level, and not inside a process. */
const roots =
  /^(?:message|signal|error|escalation|itemDefinition|dataStore|global\w*Task|\w+EventDefinition)$/;
const codes: Readonly<Record<string, string>> = { error: 'errorCode', escalation: 'escalationCode' };

const element = (type: string, id: string, rest = ''): Element => ({
  type,
  id,
  parts: readParts(type, rest),
  inside: [],
  defaultFlow: null,
});

/**
 * Writes the BPMN XML of a model in the notation that `README.md` describes: one element per line, what lies inside
 * it indented, flows by arrows. The first process is `p`.
 * @throws Error naming the line that is not understood
 */
export function bpmnOf(model: string): string {
  const declared: Element[] = [];
  const processes: Element[] = [];
  const open: { indent: number; element: Element }[] = [];
  for (const line of model.split('\n')) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    const indent = line.length - line.trimStart().length;
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const [, type = '', id = '', rest = ''] = /^([A-Za-z]+)\s+(\S+)\s*(.*)$/.exec(text) ?? [];
    if (type === 'process') {
      processes.push(element(type, id, rest));
      continue;
    }
    const isRoot = indent === 0 && roots.test(type);
    if (!isRoot && processes.length === 0) processes.push(element('process', 'p'));
    const parent = open.at(-1)?.element ?? processes.at(-1);
    const within = isRoot || !parent ? declared : parent.inside;
    try {
      if (text.startsWith('<')) parent?.inside.push(text);
      else if (type === 'association') parent?.inside.push(association(`${id} ${rest}`));
      else if (/^\S+\s*->/.test(text)) within.push(...flows(text, parent?.inside ?? []));
      else if (id === '') throw new Error('an element has a type and an id');
      else {
        const made = element(type, id, rest);
        within.push(made as never);
        open.push({ indent, element: made });
      }
    } catch (error) {
      throw new Error(`${text}: ${(error as Error).message}`, { cause: error });
    }
  }
  return definitions(processes, declared);
}

function association(text: string): string {
  const [source = '', target = ''] = text.split('->').map((it) => it.trim());
  return `<association id="${source}_${target}_association" associationDirection="One" sourceRef="${source}" targetRef="${target}"/>`;
}

/** `a -> b if x > 1 -> c`: what follows an element's name belongs to the flow that leads to it. */
function flows(line: string, siblings: readonly (Element | string)[]): Element[] {
  const steps = line.split('->').map((it) => it.trim());
  return steps.slice(1).map((step, i) => {
    const source = /^\S+/.exec(steps[i] ?? '')?.[0] ?? '';
    const [, target, isDefault, condition, named] =
      /^([\w.-]+)(?:\s+(default))?(?:\s+if\s+(.+?))?(?:\s+as\s+([\w.-]+))?$/.exec(step) ?? [];
    if (target === undefined) throw new Error(`no flow leads to "${step}"`);
    const id = named ?? `${source}_${target}`;
    if (isDefault !== undefined) {
      const from = siblings.find((it) => typeof it !== 'string' && it.id === source) as Element | undefined;
      if (!from) throw new Error(`${source} must be written before its default flow`);
      from.defaultFlow = id;
    }
    const flow = element('sequenceFlow', id, `sourceRef="${source}" targetRef="${target}"`);
    if (condition !== undefined)
      flow.inside.push(
        `<conditionExpression xsi:type="tFormalExpression">${escapeXml(condition)}</conditionExpression>`,
      );
    return flow;
  });
}

function definitions(processes: readonly Element[], declared: readonly Element[]): string {
  for (const process of processes) process.parts.attributes['isExecutable'] ??= 'true';
  const body = [...declared.filter(({ type }) => !isThing(type)), ...processes].map(write).join('\n');
  const things = new Map<string, Element>(
    declared.filter(({ type }) => isThing(type)).map((it) => [`${it.type}_${it.id}`, it]),
  );
  // A message and an error may have the same name; ids are unique.
  const referring = body.replaceAll(
    /\b(message|signal|error|escalation)Ref="([^"]+)"/g,
    (_, kind: string, name: string) => {
      const id = `${kind}_${name}`;
      if (!things.has(id)) things.set(id, element(kind, name));
      return `${kind}Ref="${id}"`;
    },
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:iter="urn:iter:bpmn:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="urn:iter:standard">
${[...things.values()].map(writeThing).join('\n')}
${referring}
</definitions>
`;
}

const isThing = (type: string): boolean => /^(?:message|signal|error|escalation)$/.test(type);

/** A message, signal, error or escalation: its name (and code) is its id unless something else is said. */
function writeThing({ type, id, parts: { attributes, extensions, children } }: Element): string {
  const { key, code, ...more } = attributes;
  const codeName = codes[type];
  return write({
    ...element(type, `${type}_${id}`),
    parts: {
      attributes: { name: id, ...(codeName === undefined ? {} : { [codeName]: code ?? id }), ...more },
      extensions: [
        ...extensions,
        ...(key === undefined ? [] : [`<zeebe:subscription correlationKey="${key}"/>`]),
      ],
      children,
    },
  });
}

function write({ type, id, parts, inside, defaultFlow }: Element): string {
  const attributes = { id, ...(defaultFlow === null ? {} : { default: defaultFlow }), ...parts.attributes };
  const said = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  const extensions = [...parts.extensions];
  const raw = [...parts.children, ...inside.map((it) => (typeof it === 'string' ? it : write(it)))];
  // An element has one place for extensions, whoever wrote into it.
  const own = raw.map((xml) =>
    xml.startsWith('<extensionElements>')
      ? xml.replace(/^<extensionElements>(.*?)<\/extensionElements>/s, (_, content: string) => {
          extensions.push(content);
          return '';
        })
      : xml,
  );
  return `<${type}${said.join('')}>${extensionElements(extensions.join(''))}${own.join('\n')}</${type}>`;
}
