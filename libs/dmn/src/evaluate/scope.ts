import type { Callable, Json } from '@iter/feel';

/** What can be named at a place, inner names first. */
export class Scope {
  private readonly values: ReadonlyMap<string, Json>;
  private readonly callables: ReadonlyMap<string, Callable>;
  private readonly outer: Scope | null;
  /** The variables given, which an element may name without declaring them; null: none. */
  private readonly variables: Readonly<Record<string, Json>> | null;

  constructor(
    values: ReadonlyMap<string, Json>,
    callables: ReadonlyMap<string, Callable>,
    around: { readonly outer?: Scope; readonly variables?: Readonly<Record<string, Json>> | null } = {},
  ) {
    this.values = values;
    this.callables = callables;
    this.outer = around.outer ?? null;
    this.variables = around.variables ?? null;
  }

  value(name: string): Json | undefined {
    if (this.values.has(name)) return this.values.get(name);
    if (this.outer) return this.outer.value(name);
    return this.variables && Object.hasOwn(this.variables, name) ? this.variables[name] : undefined;
  }

  callable(name: string): Callable | undefined {
    return this.callables.get(name) ?? this.outer?.callable(name);
  }

  /** Whether a name comes from outside the element whose scope this is. */
  isOuter(name: string): boolean {
    return this.outer === null || (!this.values.has(name) && this.outer.isOuter(name));
  }

  within(values: ReadonlyMap<string, Json>, callables: ReadonlyMap<string, Callable> = new Map()): Scope {
    return new Scope(values, callables, { outer: this });
  }
}
