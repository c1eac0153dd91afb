import type { Place } from '../model.ts';
import type { XmlFault } from './scan-xml.ts';

/** Attributes of the type xsd:boolean, by their names in BPMN and Zeebe's extension. */
const booleans: ReadonlySet<string> = new Set([
  'isExecutable',
  'isClosed',
  'isInterrupting',
  'cancelActivity',
  'parallelMultiple',
  'isForCompensation',
  'triggeredByEvent',
  'isSequential',
  'testBefore',
  'instantiate',
  'cancelRemainingInstances',
  'waitForCompletion',
  'isCollection',
  'isImmediate',
  'mustUnderstand',
  'propagateAllChildVariables',
  'propagateAllParentVariables',
]);

/** Attributes of the type xsd:integer. */
const integers: ReadonlySet<string> = new Set(['startQuantity', 'completionQuantity', 'loopMaximum']);

/**
 * Values that XML Schema and the reader spell differently: the reader takes every boolean but `true` for false, and
 * of a number what it can. `1` and `0` are rewritten; what is no boolean or no number at all is a fault.
 * Source: XML Schema part 2, §§3.2.2.1 and 3.3.13.1
 */
export class Lexicals {
  readonly faults: XmlFault[] = [];
  private readonly rewritten: { readonly from: number; readonly attribute: string }[] = [];

  /** @param from index into the text at or before the attributes */
  examine(attributes: Readonly<Record<string, string>>, place: Place, from: number): void {
    for (const [attribute, value] of Object.entries(attributes)) {
      if (booleans.has(attribute)) {
        if (value === 'true' || value === 'false') continue;
        if (/^\s*(?:true|false|1|0)\s*$/.test(value)) this.rewritten.push({ from, attribute });
        else this.fault(`"${attribute}" is true or false, not "${value.slice(0, 80)}".`, place);
      } else if (integers.has(attribute) && !/^\s*[+-]?\d{1,9}\s*$/.test(value)) {
        this.fault(`"${attribute}" is a whole number, not "${value.slice(0, 80)}".`, place);
      }
    }
  }

  /** The text with the rewritten values in place. */
  applied(xml: string): string {
    let at = 0;
    let text = '';
    for (const { from, attribute } of this.rewritten) {
      const written = new RegExp(`(\\s${attribute}\\s*=\\s*)(["'])\\s*(true|false|1|0)\\s*\\2`, 'g');
      written.lastIndex = Math.max(from, at);
      const found = written.exec(xml);
      if (!found) continue;
      const [all, before, quote, value] = found;
      const means = value === '1' || value === 'true';
      text += `${xml.slice(at, found.index)}${before}${quote}${means}${quote}`;
      at = found.index + all.length;
    }
    return text + xml.slice(at);
  }

  private fault(message: string, place: Place): void {
    this.faults.push({ rule: 'attribute-value', message, place });
  }
}
