import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

// What the forms ask and explain, and what notices say, people read in their language: beside each Italian text stands an
// English one.

const processes = join(import.meta.dirname, '..', 'processes');

type Component = Readonly<Record<string, unknown>>;

const listOf = (some: unknown): readonly Component[] => (Array.isArray(some) ? (some as Component[]) : []);
const isText = (some: unknown): boolean => typeof some === 'string' && some !== '';

/** Where the English is kept, by where the Italian is; a date has its label in a place of its own, what a pattern says is in `validate`. */
const english = {
  label: 'labelEn',
  description: 'descriptionEn',
  text: 'textEn',
  dateLabel: 'labelEn',
  patternErrorMessage: 'patternErrorMessageEn',
} as const;

/** Texts of a component, of what is chosen from in it and of what is inside it, that have no English. */
function untold(component: Component): string[] {
  const properties = (component['properties'] ?? {}) as Component;
  const texts = { ...component, ...(component['validate'] as Component | undefined) };
  const own = Object.entries(english)
    .filter(([italian, other]) => isText(texts[italian]) && !isText(properties[other]))
    .map(([italian]) => String(texts[italian]));
  return [
    ...own,
    ...listOf(component['values']).flatMap(untold),
    ...listOf(component['components']).flatMap(untold),
  ];
}

const forms = readdirSync(processes, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /^[\w-]+\/forms\/\w+\.json$/.test(file.replaceAll('\\', '/')),
);

describe('the forms', () => {
  it('say everything in English too', () => {
    expect(forms.length).toBeGreaterThan(100);
    const missing = forms.flatMap((file) => {
      const form = JSON.parse(readFileSync(join(processes, file), 'utf8')) as Component;
      return listOf(form['components']).flatMap((component) =>
        untold(component).map((text) => `${file}: ${text}`),
      );
    });
    expect(missing).toEqual([]);
  });

  // A field is filled in with the variable of its name; a part of one it does not reach, and stands empty.
  it('name whole variables, which fields are filled in with', () => {
    const parts = forms.flatMap((file) => {
      const form = JSON.parse(readFileSync(join(processes, file), 'utf8')) as Component;
      return listOf(form['components']).flatMap(({ key }) =>
        typeof key === 'string' && !/^\w+$/.test(key) ? [`${file}: ${key}`] : [],
      );
    });
    expect(parts).toEqual([]);
  });
});

/** The choices of a component and of what is inside it, by where they lie in the answers. */
function choicesIn(component: Component, list = ''): { at: string; values: string[]; isShown: boolean }[] {
  const at = `${list}/${String(component['key'])}`;
  const values = listOf(component['values']).map(({ value }) => String(value));
  return [
    ...(values.length > 0 ? [{ at, values, isShown: component['readonly'] === true }] : []),
    ...listOf(component['components']).flatMap((it) =>
      choicesIn(it, component['path'] as string | undefined),
    ),
  ];
}

it('a choice that is shown has words for all that could be chosen in its process', () => {
  const all = forms.flatMap((file) => {
    const form = JSON.parse(readFileSync(join(processes, file), 'utf8')) as Component;
    const process = file.split(/[\\/]/)[0]!;
    return choicesIn({ components: form['components'] }).map((it) => ({ ...it, file, process }));
  });
  const missing = all
    .filter(({ isShown }) => isShown)
    .flatMap(({ file, process, at, values }) => {
      const asked = all.filter((it) => !it.isShown && it.process === process && it.at === at);
      const unknown = asked.flatMap((it) => it.values).filter((value) => !values.includes(value));
      return unknown.map((value) => `${file}: ${at} ${value}`);
    });
  expect(missing).toEqual([]);
});

it('notices to the desk say what they say in English too', () => {
  const drawings = readdirSync(processes, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.bpmn'),
  );
  const notices = drawings.flatMap((file) => {
    const text = readFileSync(join(processes, file), 'utf8');
    return [...text.matchAll(/type="desk-notice".*?<\/zeebe:taskHeaders>/gs)].map(([it]) => ({ file, it }));
  });
  expect(notices.length).toBeGreaterThan(20);
  expect(notices.filter(({ it }) => !it.includes('key="labelEn"'))).toEqual([]);
});

it.each(['training-path', 'training-certificate'])(
  'what arrives for %s is asked for: no task asks for it afterwards',
  (name) => {
    const text = readFileSync(join(processes, name, `${name}.bpmn`), 'utf8');
    const incoming = [...text.matchAll(/<iter:incoming [^>]*>/g)].map(([it]) => it);
    expect(incoming.length).toBeGreaterThan(2);
    expect(incoming.filter((it) => !it.includes(' form='))).toEqual([]);
  },
);
