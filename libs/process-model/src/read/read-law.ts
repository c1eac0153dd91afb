import { lookupRegisters } from '../model.ts';
import type { DeadlineChange, DeadlineDecl, Expression, FlowNode, Label, ProcessModel } from '../model.ts';
import type { Rule, RuleFindings } from '../rules.ts';
import type { Context } from './context.ts';
import { children, extensionsOf, idOf, text } from './element.ts';
import type { Element } from './element.ts';
import { Expressions } from './expressions.ts';
import { isId, isVariable } from './names.ts';

const moments = ['completion', 'activation'] as const;
const scopes = ['case', 'local'] as const;
const uses = ['decides', 'quiets', 'both'] as const;
const changeKinds = [
  'meet',
  'suspend',
  'resume',
  'extend',
  'interrupt',
  'replace',
  'rebase',
  'reopen',
  'close',
] as const;

/** A filter offers them all, and an address holds a choice of them. */
const mostFacts = 12;
const mostFactValues = 40;
const mostWords = 200;
const factName = /^[A-Za-z_][A-Za-z0-9_]{0,59}$/;
const factCode = /^[A-Z][A-Z0-9_]{0,59}$/;

/** The `iter:` extensions of one element. */
export class LawReader {
  private readonly element: Element;
  private readonly id: string;
  private readonly findings: RuleFindings;
  private readonly expressions: Expressions;

  constructor(element: Element, context: Pick<Context, 'findings' | 'spacedNames'>) {
    this.element = element;
    this.id = idOf(element);
    this.findings = context.findings;
    this.expressions = new Expressions(context, this.id);
  }

  deadlines(): readonly DeadlineDecl[] {
    return Object.freeze(extensionsOf(this.element, 'iter:Deadline').map((it) => this.deadline(it)));
  }

  private deadline(it: Element): DeadlineDecl {
    const id = this.required(it, 'id', 'deadline-id');
    const what = (attribute: string) => `"${attribute}" of ${id}`;
    if (id !== '' && (!isId(id) || id.includes('.') || id.includes('-'))) {
      this.fault(
        'deadline-id',
        `"${id}" cannot be read in conditions: letters, digits and "_" only, as DL_CONTESTATION.`,
      );
    }
    const bases = children(it, 'bases').map((base) => {
      const name = this.required(base, 'name', 'deadline-base');
      const value = this.expressions.attribute(text(base, 'value'), `Base "${name}" of ${id}`);
      if (text(base, 'value') === null)
        this.fault('deadline-base', `The base "${name}" of ${id} has no value.`);
      const proof = this.expressions.attribute(text(base, 'proof'), `Proof of "${name}" of ${id}`);
      return value && Object.freeze({ name, value, proof });
    });
    const names = bases.map((base) => base?.name);
    if (bases.length === 0) this.fault('deadline-base', `${id} has no base: from what does it run?`);
    if (new Set(names).size < names.length)
      this.fault('deadline-base', `Two bases of ${id} have the same name.`);
    const amount = this.expressions.attribute(text(it, 'amount'), what('amount'));
    const until = this.expressions.attribute(text(it, 'until'), what('until'));
    if (amount && until) {
      this.fault(
        'attribute-value',
        `An act sets the length of ${id} or its end: "amount" or "until", not both.`,
      );
    }
    return Object.freeze({
      id,
      term: this.required(it, 'term', 'deadline-term'),
      opens: this.oneOf(it, 'opens', moments),
      when: this.expressions.feel(text(it, 'when'), what('when')),
      key: this.expressions.attribute(text(it, 'key'), what('key')),
      amount,
      until,
      scope: this.oneOf(it, 'scope', scopes),
      ladder: text(it, 'ladder')?.trim() || null,
      bases: Object.freeze(bases.filter((base) => base !== null)),
      met: Object.freeze(
        children(it, 'met').map((met) =>
          Object.freeze({
            by: this.required(met, 'by', 'deadline-met-by'),
            date: this.expressions.attribute(text(met, 'date'), `"date" of ${id}`),
            use: this.oneOf(met, 'use', uses),
          }),
        ),
      ),
      element: this.id,
    });
  }

  changes(): readonly DeadlineChange[] {
    return Object.freeze(
      extensionsOf(this.element, 'iter:DeadlineChange').map((it) => {
        const ref = this.required(it, 'ref', 'deadline-change-ref');
        if (text(it, 'kind') === null)
          this.fault('deadline-change-kind', `What happens to ${ref}? "kind" is missing.`);
        const kind = this.oneOf(it, 'kind', changeKinds);
        const by = this.expressions.attribute(text(it, 'by'), `"by" of the change of ${ref}`);
        if (kind === 'extend' && text(it, 'by') === null) {
          this.fault('deadline-change-by', `By how many days is ${ref} extended? "by" is missing.`);
        }
        return Object.freeze({
          ref,
          kind,
          on: this.oneOf(it, 'on', moments),
          when: this.expressions.feel(text(it, 'when'), `"when" of the change of ${ref}`),
          by,
          key: this.expressions.attribute(text(it, 'key'), `"key" of the change of ${ref}`),
          reason: text(it, 'reason')?.trim() || null,
        });
      }),
    );
  }

  acts(): FlowNode['acts'] {
    return Object.freeze(
      extensionsOf(this.element, 'iter:Act').map((it) => {
        const out = this.required(it, 'out', 'act-incomplete');
        if (out !== '' && !isVariable(out)) this.fault('variable-name', `"${out}" is no name of a variable.`);
        return Object.freeze({
          template: this.required(it, 'template', 'act-incomplete'),
          out,
          on: this.oneOf(it, 'on', ['activation', 'completion']),
          when: this.expressions.feel(text(it, 'when'), `"when" of the act ${out}`),
        });
      }),
    );
  }

  refusals(): FlowNode['refusals'] {
    const all = extensionsOf(this.element, 'iter:Refuse').map((it) => {
      const code = this.required(it, 'code', 'refusal-incomplete');
      if (code !== '' && !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code)) {
        this.fault('attribute-value', `"${code}" is no name of a rule: small letters, digits and "-".`);
      }
      this.required(it, 'when', 'refusal-incomplete');
      this.required(it, 'message', 'refusal-incomplete');
      const when = this.expressions.feel(text(it, 'when'), `"when" of the rule ${code}`);
      const message = this.expressions.attribute(text(it, 'message'), `"message" of the rule ${code}`);
      const label = text(it, 'label');
      const norm = text(it, 'norm');
      return (
        when &&
        message &&
        Object.freeze({
          code,
          when,
          message,
          ...(label !== null && { label }),
          ...(norm !== null && { norm }),
        })
      );
    });
    this.once(
      all.flatMap((it) => it?.code ?? []),
      'Two rules here have the same name.',
    );
    return Object.freeze(all.filter((it) => it !== null));
  }

  lookups(): FlowNode['lookups'] {
    return Object.freeze(
      extensionsOf(this.element, 'iter:Lookup').flatMap((it) => {
        const as = this.required(it, 'as', 'lookup-incomplete');
        if (as !== '' && !isVariable(as)) this.fault('variable-name', `"${as}" is no name of a variable.`);
        this.required(it, 'register', 'lookup-incomplete');
        this.required(it, 'key', 'lookup-incomplete');
        const register = this.oneOf(it, 'register', lookupRegisters);
        const key = this.expressions.attribute(text(it, 'key'), `"key" of the lookup of ${as}`);
        return key ? [Object.freeze({ register, key, as })] : [];
      }),
    );
  }

  reads(): FlowNode['reads'] {
    return Object.freeze(
      extensionsOf(this.element, 'iter:Reads').map((it) => {
        const document = this.required(it, 'document', 'reads-incomplete');
        if (document !== '' && !isVariable(document))
          this.fault('variable-name', `"${document}" is no name of a variable.`);
        return document;
      }),
    );
  }

  /** The body that `iter:office` or `iter:receiver` names. */
  body(type: 'iter:Office' | 'iter:Receiver'): Expression | null {
    const [it] = extensionsOf(this.element, type);
    if (!it) return null;
    this.required(it, 'body', 'body-incomplete');
    return this.expressions.attribute(text(it, 'body'), `"body" of ${type}`);
  }

  handsOver(): boolean {
    return extensionsOf(this.element, 'iter:Receiver')[0]?.['documents'] === true;
  }

  about(): Expression | null {
    const [it] = extensionsOf(this.element, 'iter:About');
    if (!it) return null;
    this.required(it, 'text', 'about-incomplete');
    return this.expressions.attribute(text(it, 'text'), '"text" of iter:about');
  }

  incoming(): FlowNode['incomingMessages'] {
    return Object.freeze(
      extensionsOf(this.element, 'iter:Incoming').map((it) => {
        const message = this.required(it, 'message', 'incoming-incomplete');
        const form = text(it, 'form')?.trim() || null;
        const servedForm = text(it, 'servedForm')?.trim() || null;
        if ([form, servedForm].some((id) => id?.startsWith('='))) {
          this.fault('form-id', `The form of ${message} is named by a fixed id.`);
        }
        return Object.freeze({
          message,
          label: text(it, 'label')?.trim() || message,
          form,
          servedForm,
          byComune: it['byComune'] === true,
          asked: it['asked'] === true,
        });
      }),
    );
  }

  personal(): ProcessModel['personal'] {
    return Object.freeze(
      extensionsOf(this.element, 'iter:Personal').map((it) => {
        const fields = (text(it, 'fields') ?? '').split(',').map((name) => name.trim());
        for (const name of fields) {
          if (!isVariable(name))
            this.fault('variable-name', `"${name}" in iter:personal is no name of a variable.`);
        }
        const subject = this.expressions.attribute(text(it, 'subject'), '"subject" of iter:personal');
        return Object.freeze({ fields: Object.freeze(fields), subject });
      }),
    );
  }

  facts(): ProcessModel['facts'] {
    const personal = new Set(this.personal().flatMap(({ fields }) => fields));
    const all = extensionsOf(this.element, 'iter:Fact').map((it) => {
      const name = this.required(it, 'name', 'fact-incomplete');
      if (name !== '' && !factName.test(name)) {
        this.fault('variable-name', `"${name}" cannot stand in an address: letters, digits and "_".`);
      }
      if (personal.has(name))
        this.fault('fact-personal', `"${name}" is personal: nobody may find cases by it.`);
      const values = children(it, 'values').map((value) => {
        const code = this.required(value, 'code', 'fact-incomplete');
        if (code !== '' && !factCode.test(code)) {
          this.fault(
            'attribute-value',
            `"${code}" of ${name} is no code: capitals, digits and "_", at most 60.`,
          );
        }
        return Object.freeze({ code, label: this.label(value) });
      });
      this.once(
        values.map(({ code }) => code),
        `Two values of ${name} are the same.`,
      );
      if (values.length > mostFactValues)
        this.fault('attribute-value', `${name} has more than ${mostFactValues} values.`);
      return Object.freeze({
        name,
        label: this.label(it),
        values: values.length === 0 ? null : Object.freeze(values),
      });
    });
    this.once(
      all.map(({ name }) => name),
      'Two facts have the same name.',
    );
    if (all.length > mostFacts) this.fault('attribute-value', `A process has at most ${mostFacts} facts.`);
    return Object.freeze(all);
  }

  words(): ProcessModel['words'] {
    const all = extensionsOf(this.element, 'iter:Word').map((it) => {
      const code = text(it, 'code')?.trim() || null;
      if (code !== null && !factCode.test(code))
        this.fault('attribute-value', `"${code}" is no code: capitals, digits and "_", at most 60.`);
      const of = text(it, 'of')?.trim() || null;
      if (code === null && of === null) this.fault('word-incomplete', 'iter:Word needs "code" or "of".');
      if (of !== null && !isVariable(of)) this.fault('variable-name', `"${of}" is no name of a variable.`);
      return Object.freeze({ code, of, label: this.label(it, 'word-incomplete') });
    });
    this.once(
      all.map(({ code, of }) => `${of ?? ''} ${code ?? ''}`),
      'A value or a variable has two words.',
    );
    if (all.length > mostWords) this.fault('attribute-value', `A process has at most ${mostWords} words.`);
    return Object.freeze(all);
  }

  private label(it: Element, rule: Rule = 'fact-incomplete'): Label {
    const italian = this.required(it, 'label', rule);
    return Object.freeze({ it: italian, en: text(it, 'labelEn')?.trim() || italian });
  }

  private once(names: readonly string[], message: string): void {
    if (new Set(names).size < names.length) this.fault('attribute-value', message);
  }

  /** Code of a lane's `iter:role`. */
  role(): string | null {
    const [role] = extensionsOf(this.element, 'iter:Role');
    if (!role) return null;
    const code = this.required(role, 'code', 'role-code');
    if (code !== '' && !/^[A-Z][A-Z0-9_]{1,60}$/.test(code)) {
      this.fault('role-code', `"${code}" is no role code: capitals, digits and "_", as DESK_OPERATOR.`);
    }
    return code === '' ? null : code;
  }

  private required(it: Element, attribute: string, rule: Rule): string {
    const value = text(it, attribute)?.trim() ?? '';
    if (value === '') this.fault(rule, `${it.$type} needs "${attribute}".`);
    return value;
  }

  private oneOf<T extends string>(it: Element, attribute: string, values: readonly [T, ...T[]]): T {
    const given = text(it, attribute);
    const value = values.find((candidate) => candidate === given);
    if (given !== null && value === undefined) {
      this.fault('attribute-value', `"${attribute}" is one of ${values.join(', ')}, not "${given}".`);
    }
    return value ?? values[0];
  }

  private fault(rule: Rule, message: string): void {
    this.findings.error(this.id, rule, message);
  }
}

/** Deadlines by their id: the first declaration of each. */
export function firstById(deadlines: readonly DeadlineDecl[]): ReadonlyMap<string, DeadlineDecl> {
  const byId = new Map<string, DeadlineDecl>();
  for (const deadline of deadlines) if (!byId.has(deadline.id)) byId.set(deadline.id, deadline);
  return byId;
}

/** For each element, the declarations that it meets. */
export function metBy(deadlines: readonly DeadlineDecl[]): ProcessModel['metBy'] {
  const byElement = new Map<string, { deadline: DeadlineDecl; index: number }[]>();
  for (const deadline of deadlines) {
    for (const [index, { by }] of deadline.met.entries()) {
      const entries = byElement.get(by) ?? [];
      entries.push(Object.freeze({ deadline, index }));
      byElement.set(by, entries);
    }
  }
  for (const entries of byElement.values()) Object.freeze(entries);
  return byElement;
}
