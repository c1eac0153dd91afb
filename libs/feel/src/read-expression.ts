import { compileTree, NotFeel } from './evaluation/compile/index.ts';
import { keep } from './evaluation/compiled.ts';
import type { Expression, Json } from './expression.ts';
import { feelFunctions, inlineFunctions } from './functions.ts';
import { nameOf, normalName, parse } from './syntax.ts';
import type { Node, Top } from './syntax.ts';

/** What a text of a model may cost before anybody runs it. */
export const expressionLimits = { length: 2_000, nodes: 1_000, depth: 100 } as const;

export type ReadExpression =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly rule: string; readonly message: string };

export interface ReadOptions {
  /** A text without `=` is itself the value, as in Camunda's attributes. Else `=` may be left out. */
  readonly plainString: boolean;
  /** Names that exist where the expression stands; only such names may hold spaces without backticks. */
  readonly names?: readonly string[];
  /** Functions beside FEEL's that exist there. */
  readonly functions?: readonly string[];
}

/** Parts that repeat work or bring functions of their own: they share the budget of the command. */
const costlyNodes = new Set([
  'ForExpression',
  'QuantifiedExpression',
  'FilterExpression',
  'FunctionDefinition',
]);

/**
 * Reads a FEEL expression once, at deployment: its syntax, the names it reads, what it may cost.
 * @param text as written in the model, with or without the leading `=`
 * @returns the expression; or `expression-empty`, `expression-too-long`, `expression-too-complex`,
 *   `feel-syntax`, `feel-unknown-function` with a sentence that says what is wrong
 * Source: DMN 1.3, chapter 10.3; limits measured against attacks, see the specs
 */
export function readExpression(text: string, options: ReadOptions): ReadExpression {
  const trimmed = text.trim();
  if (text.length > expressionLimits.length) return tooLong(text);
  if (!trimmed.startsWith('=') && options.plainString) {
    return { ok: true, expression: { text, names: [], constant: text, cheap: true } };
  }
  const source = (trimmed.startsWith('=') ? trimmed.slice(1) : trimmed).trim();
  if (source === '') return refuse('expression-empty', 'An expression is expected here.');
  return examine(source, 'Expression', options);
}

/**
 * Reads the unary tests of a decision table's cell: `-`, `< 5`, `[1..10]`, `"a", "b"`, `not("x")`, `? > 3`.
 * Evaluated, they are true or false of the value that the context holds as `?`, null when they cannot be made of it.
 * @param text as written in the cell; an empty cell is `-`, as modelers write it
 * @returns as `readExpression`; `?` is not among the names
 * Source: DMN 1.3, chapters 7.3.1 and 10.3.1.2, grammar rules 7 and 13–17
 */
export function readUnaryTests(text: string, options: Scope = {}): ReadExpression {
  if (text.length > expressionLimits.length) return tooLong(text);
  const source = text.trim();
  if (source === '' || source === '-') {
    return { ok: true, expression: { text: '-', names: [], constant: true, cheap: true, unary: true } };
  }
  return examine(source, 'UnaryTests', options);
}

function tooLong(text: string): ReadExpression {
  return refuse(
    'expression-too-long',
    `At most ${expressionLimits.length} characters; this has ${text.length}.`,
  );
}

function refuse(rule: string, message: string): ReadExpression {
  return { ok: false, rule, message };
}

type Scope = Pick<ReadOptions, 'names' | 'functions'>;

function examine(source: string, top: Top, scope: Scope): ReadExpression {
  const unary = top === 'UnaryTests';
  const { functions = [] } = scope;
  const known = [...(scope.names ?? []), ...functions];
  const tree = parse(source, top, known);
  // Names are compared without regard to their spaces and given back as the model spells them.
  const spelled = new Map(known.map((name) => [normalName(name), name]));
  const textOf = (node: Node): string => source.slice(node.from, node.to);
  const reads = new Set<string>();
  const calls = new Set<string>();
  const bound = new Set<string>();
  const has = new Set<string>();
  let nodes = 0;
  let depth = 0;
  let deepest = 0;
  let problem: ReadExpression | null = null;
  const found = (rule: string, message: string): false => {
    problem ??= refuse(rule, message);
    return false;
  };

  tree.cursor().iterate(
    (ref) => {
      if (problem) return false;
      nodes++;
      deepest = Math.max(deepest, ++depth);
      if (ref.type.isError) return found('feel-syntax', syntaxMessage(source, ref.from));
      if (nodes > expressionLimits.nodes || deepest > expressionLimits.depth) {
        return found(
          'expression-too-complex',
          'The expression is too long or too deeply nested: split it up.',
        );
      }
      has.add(ref.name);
      switch (ref.name) {
        case 'external':
          return found('feel-unknown-function', 'External functions do not exist here.');
        case 'FunctionInvocation': {
          const called = ref.node.firstChild;
          if (called?.name !== 'VariableName' && called?.name !== 'SpecialFunctionName') {
            return found('feel-unknown-function', 'Only functions with a name of their own can be called.');
          }
          calls.add(nameOf(called, source));
          return true;
        }
        // A type is no variable.
        case 'Type':
          depth--;
          return false;
        case 'VariableName':
          if (!isCalled(ref.node) && !isGiven(ref.node, source)) reads.add(nameOf(ref.node, source));
          return true;
        case 'ParameterName':
        case 'Name':
          bound.add(nameOf(ref.node, source));
          return true;
        default:
          return true;
      }
    },
    () => {
      depth--;
    },
  );
  if (problem) return problem;

  const called = functions.filter((name) => calls.has(normalName(name)));
  const brought = new Set(called.map(normalName));
  for (const name of calls) {
    if (!feelFunctions.has(name) && !bound.has(name) && !brought.has(name)) {
      return refuse('feel-unknown-function', `There is no function "${name}".`);
    }
  }
  const spaced = [...reads].find(
    (name) => /\s/.test(name) && !bound.has(name) && !spelled.has(name) && !source.includes(`\`${name}\``),
  );
  if (spaced !== undefined) {
    return refuse(
      'feel-syntax',
      `"${spaced}" is no name: an operator is missing, or it must stand in \`backticks\`.`,
    );
  }
  const constant = unary ? undefined : constantOf(tree, textOf);
  return compiling(tree, {
    text: source,
    names: [...reads].filter((name) => name !== '?').map((name) => spelled.get(name) ?? name),
    ...(constant === undefined ? {} : { constant }),
    cheap: isCheap(has, calls),
    ...(unary ? { unary } : {}),
    ...(called.length === 0 ? {} : { calls: called }),
  });
}

/** What is deployed can be evaluated: it is compiled to see, and kept ready. */
function compiling(tree: Node, expression: Expression): ReadExpression {
  try {
    keep(expression, compileTree(tree, expression));
    return { ok: true, expression };
  } catch (error) {
    if (error instanceof NotFeel) return refuse('feel-syntax', error.message);
    throw error;
  }
}

function isCalled(node: Node): boolean {
  const { parent } = node;
  return parent?.name === 'FunctionInvocation' && parent.firstChild?.from === node.from;
}

/** Whether the expression itself gives a name where it stands, so that no variable is read. */
function isGiven(node: Node, source: string): boolean {
  const name = nameOf(node, source);
  for (let part = node, around = part.parent; around; part = around, around = part.parent) {
    if (givenTo(part, around).some((given) => given && nameOf(given, source) === name)) return true;
  }
  return false;
}

/** The names that a node gives to one of its parts: parameters, iterators, entries of a context before it. */
function givenTo(part: Node, around: Node): readonly (Node | null | undefined)[] {
  const first = ({ firstChild }: Node): Node | null => firstChild;
  const iterators = (node: Node | null): Node[] => node?.getChildren('InExpression') ?? [];
  switch (around.name) {
    case 'FunctionDefinition':
      return around.getChild('FormalParameters')?.getChildren('FormalParameter').map(first) ?? [];
    case 'ForExpression':
    case 'QuantifiedExpression':
      return part.name === 'InExpressions' ? [] : iterators(around.getChild('InExpressions')).map(first);
    case 'InExpressions':
      return iterators(around)
        .filter(({ to }) => to <= part.from)
        .map(first);
    case 'Context':
      return around
        .getChildren('ContextEntry')
        .filter(({ to }) => to <= part.from)
        .map(({ firstChild: key }) => key && key.firstChild);
    default:
      return [];
  }
}

/** A context can double a value in each of its entries: only contexts that build nothing are cheap. */
function isCheap(has: ReadonlySet<string>, calls: ReadonlySet<string>): boolean {
  if ([...has].some((name) => costlyNodes.has(name))) return false;
  if ([...calls].some((name) => !inlineFunctions.has(name))) return false;
  return !(has.has('Context') && (has.has('ArithmeticExpression') || calls.size > 0));
}

function constantOf(top: Node, textOf: (node: Node) => string): Json | undefined {
  const literal = top.firstChild;
  if (!literal || literal.nextSibling) return undefined;
  const text = textOf(literal);
  switch (literal.name) {
    case 'null':
      return null;
    case 'BooleanLiteral':
      return text === 'true';
    case 'NumericLiteral': {
      const value = Number(text);
      return Number.isFinite(value) ? value : undefined;
    }
    case 'StringLiteral':
      // Escapes are the evaluator's business.
      return text.includes('\\') ? undefined : text.slice(1, -1);
    default:
      return undefined;
  }
}

function syntaxMessage(source: string, at: number): string {
  const rest = source.slice(at).trim();
  if (rest === '') return `The expression stops before its end: "${short(source)}".`;
  return `Not understood from character ${at + 1}: "${short(rest)}".`;
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
