import { child, children, given, idOf, text } from '@iter/process-model/reading';
import type { Element, Findings } from '@iter/process-model/reading';
import type { Place } from '@iter/process-model';
import type { Outline } from './outline.ts';

/** An element as moddle reads it, together with where it stands. */
export class Tag {
  readonly element: Element;
  /** Its own id, or that of the nearest element around it that has one. */
  readonly id: string;
  readonly place: Place;
  private readonly outline: Outline;
  private readonly findings: Findings;

  constructor(element: Element, outline: Outline, findings: Findings, around = '') {
    this.element = element;
    this.outline = outline;
    this.findings = findings;
    this.place = outline.place;
    this.id = idOf(element) || around;
  }

  /** Without `dmn:`. */
  get type(): string {
    return this.element.$type.replace(/^dmn:/, '');
  }

  get ownId(): string | null {
    return idOf(this.element) || null;
  }

  error(rule: string, message: string): void {
    this.findings.error(this.id, rule, message, this.place);
  }

  warning(rule: string, message: string): void {
    this.findings.warning(this.id, rule, message, this.place);
  }

  /** An attribute, or the text of a child that has nothing else; null when absent. */
  text(property: string): string | null {
    return text(this.element, property);
  }

  /** A label or name, its spaces evened out; null when absent or blank. */
  label(property: string): string | null {
    return this.text(property)?.replaceAll(/\s+/g, ' ').trim() || null;
  }

  child(property: string): Tag | null {
    const element = child(this.element, property);
    if (!element) return null;
    const name = tagName(element);
    const outline = this.outline.children.find((it) => it.name === property || it.name === name);
    return new Tag(element, outline ?? this.outline, this.findings, this.id);
  }

  children(property: string): readonly Tag[] {
    return this.placed(property, children(this.element, property));
  }

  /** How often the file has an element of each name inside this one. */
  get names(): ReadonlyMap<string, number> {
    const names = new Map<string, number>();
    for (const { name } of this.outline.children) names.set(name, (names.get(name) ?? 0) + 1);
    return names;
  }

  /**
   * In the file an element is called by its property or by its type, and either way keeps its order among those
   * of the same name.
   */
  private placed(property: string, elements: readonly Element[]): readonly Tag[] {
    const byName = Map.groupBy(this.outline.children, ({ name }) => name);
    const byProperty = byName.get(property);
    const seen = new Map<string, number>();
    return elements.map((element, i) => {
      const name = tagName(element);
      const nth = seen.get(name) ?? 0;
      seen.set(name, nth + 1);
      const outline = byProperty?.[i] ?? byName.get(name)?.[nth] ?? this.outline;
      return new Tag(element, outline, this.findings, this.id);
    });
  }
}

/** What an element is called in the file when not by its property. */
export function tagName({ $type }: Element): string {
  const name = $type.replace(/^.*:/, '');
  return name.charAt(0).toLowerCase() + name.slice(1);
}

const notExecuted = new Set([
  'extensionElements',
  'dmnDI',
  'artifact',
  'elementCollection',
  'businessContextElement',
]);

/** An element and all within it that is not only drawn or told, in the order of the file as far as types allow. */
export function* everyTag(root: Tag): Generator<Tag> {
  const waiting = [root];
  for (let tag = waiting.pop(); tag; tag = waiting.pop()) {
    yield tag;
    const inside: Tag[] = [];
    for (const property of given(tag.element)) {
      if (notExecuted.has(property)) continue;
      const one = tag.child(property);
      inside.push(...(one ? [one] : tag.children(property)));
    }
    waiting.push(...inside.reverse());
  }
}
