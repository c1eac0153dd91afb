/** Small DMN files for specs: only what a case is about is written out; tables look like tables. */

const namespaces = {
  '1.1': 'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
  '1.2': 'http://www.omg.org/spec/DMN/20180521/MODEL/',
  '1.3': 'https://www.omg.org/spec/DMN/20191111/MODEL/',
  '1.4': 'https://www.omg.org/spec/DMN/20211108/MODEL/',
  '1.5': 'https://www.omg.org/spec/DMN/20230324/MODEL/',
};

export function dmn(content: string, version: keyof typeof namespaces = '1.3'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="${namespaces[version]}" xmlns:camunda="http://camunda.org/schema/1.0/dmn" xmlns:feel="urn:feel" id="defs" name="Definitions" namespace="urn:test">
${content}
</definitions>`;
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export const literal = (text: string, attributes = ''): string =>
  `<literalExpression ${attributes}><text>${escaped(text)}</text></literalExpression>`;

export const variable = (name: string, type?: string): string =>
  `<variable name="${escaped(name)}"${type === undefined ? '' : ` typeRef="${type}"`}/>`;

export const input = (id: string, name = id, type?: string): string =>
  `<inputData id="${id}" name="${escaped(name)}">${variable(name, type)}</inputData>`;

/** Requirements as `i:id` (input), `d:id` (decision), `k:id` (knowledge). */
function requirements(ids: readonly string[]): string {
  return ids
    .map((it) => {
      const [kind = '', id = ''] = it.split(':');
      const [outer, inner] = {
        i: ['informationRequirement', 'requiredInput'],
        d: ['informationRequirement', 'requiredDecision'],
        k: ['knowledgeRequirement', 'requiredKnowledge'],
      }[kind] ?? ['', ''];
      return `<${outer}><${inner} href="#${id}"/></${outer}>`;
    })
    .join('');
}

export function decision(
  id: string,
  logic: string,
  {
    name = id,
    requires = [],
    inside = '',
  }: { name?: string; requires?: readonly string[]; inside?: string } = {},
): string {
  return `<decision id="${id}" name="${escaped(name)}">${inside}${requirements(requires)}${logic}</decision>`;
}

export function knowledge(
  id: string,
  parameters: readonly string[],
  body: string,
  {
    name = id,
    requires = [],
    inside = '',
  }: { name?: string; requires?: readonly string[]; inside?: string } = {},
): string {
  return `<businessKnowledgeModel id="${id}" name="${escaped(name)}">${inside}<encapsulatedLogic>${parameters
    .map((it) => {
      const [parameter = '', type] = it.split(': ');
      return `<formalParameter name="${parameter}"${type === undefined ? '' : ` typeRef="${type}"`}/>`;
    })
    .join('')}${body}</encapsulatedLogic>${requirements(requires)}</businessKnowledgeModel>`;
}

/**
 * A decision table as it is drawn: the head, a line for the values allowed (optional, starting with `=`), and the
 * rules. `||` stands before the outputs, a second `||` before annotations. A column is `name` or `name: type`; of an
 * input the name is its expression. Ids are `in1`, `out1`, `r1` and so on, after the prefix.
 *
 *     age          | risk            || fee
 *     =            | "high", "low"   || 10, 20
 *     < 18         | -               || 10
 */
export function table(hitPolicy: string, drawn: string, prefix = ''): string {
  const [policy, aggregation] = hitPolicy.split('+');
  const lines = drawn
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const split = (part: string | undefined): string[] => (part ?? '').split('|').map((cell) => cell.trim());
  const parts = (line: string | undefined): string[] => (line ?? '').split('||').map((part) => part.trim());
  const [ins = [], outs = [], notes = []] = parts(lines[0]).map((part) => (part === '' ? [] : split(part)));
  /** Empty cells count where there are columns. */
  const cells = (line: string | undefined): readonly string[][] => {
    const [conditions, conclusions, said] = parts(line);
    return [
      ins.length === 0 ? [] : split(conditions),
      split(conclusions),
      notes.length === 0 ? [] : split(said),
    ];
  };
  const hasValues = lines[1]?.startsWith('=') ?? false;
  const values = hasValues ? cells(lines[1]?.slice(1)) : [];
  const rules = lines.slice(hasValues ? 2 : 1).map(cells);
  const typed = (column: string): [string, string] => {
    const [name = '', type] = column.split(': ');
    return [name, type === undefined ? '' : ` typeRef="${type}"`];
  };
  const tests = (tag: string, text: string | undefined): string =>
    text === undefined || text === '' ? '' : `<${tag}><text>${escaped(text)}</text></${tag}>`;
  return `<decisionTable hitPolicy="${policy}"${aggregation === undefined ? '' : ` aggregation="${aggregation}"`} id="${prefix}table">
${ins
  .map((column, i) => {
    const [name, type] = typed(column);
    return `  <input id="${prefix}in${i + 1}"><inputExpression${type}><text>${escaped(name)}</text></inputExpression>${tests('inputValues', values[0]?.[i])}</input>`;
  })
  .join('\n')}
${outs
  .map((column, i) => {
    const [name, type] = typed(column);
    const [said, fallback] = (values[1]?.[i] ?? '').split(/\bdefault\b/);
    return `  <output id="${prefix}out${i + 1}" name="${escaped(name)}"${type}>${tests('outputValues', said?.trim())}${tests('defaultOutputEntry', fallback?.trim())}</output>`;
  })
  .join('\n')}
${notes.map((name) => `  <annotation name="${escaped(name)}"/>`).join('\n')}
${rules
  .map(
    ([conditions = [], conclusions = [], said = []], i) =>
      `  <rule id="${prefix}r${i + 1}">${conditions.map((cell) => `<inputEntry><text>${escaped(cell)}</text></inputEntry>`).join('')}${conclusions
        .map((cell) => `<outputEntry><text>${escaped(cell)}</text></outputEntry>`)
        .join(
          '',
        )}${said.map((cell) => `<annotationEntry><text>${escaped(cell)}</text></annotationEntry>`).join('')}</rule>`,
  )
  .join('\n')}
</decisionTable>`;
}

/** Entries of a boxed context; the one named `''` is its result. */
export function context(entries: Readonly<Record<string, string>>, attributes = ''): string {
  return `<context ${attributes}>${Object.entries(entries)
    .map(([name, logic]) => `<contextEntry>${name === '' ? '' : variable(name)}${logic}</contextEntry>`)
    .join('')}</context>`;
}

export function invocation(called: string, bindings: Readonly<Record<string, string>>): string {
  return `<invocation>${literal(called)}${Object.entries(bindings)
    .map(([name, logic]) => `<binding><parameter name="${name}"/>${logic}</binding>`)
    .join('')}</invocation>`;
}

export function functionOf(parameters: readonly string[], body: string, attributes = ''): string {
  return `<functionDefinition ${attributes}>${parameters.map((name) => `<formalParameter name="${name}"/>`).join('')}${body}</functionDefinition>`;
}
