import type { Context } from './context.ts';
import { child, children, idOf } from './element.ts';
import type { Element } from './element.ts';
import { Expressions } from './expressions.ts';
import { bodyOf } from './read-body.ts';

/**
 * BPMN's own correlation, as keys of messages: a process that subscribes to a correlation key awaits messages with
 * the value that its binding gives (`dataPath`); who throws a message computes the same from the payload
 * (`messagePath`). Keys of several properties are refused: a message has one key.
 * @param roots the root elements of the file
 * Source: BPMN 2.0.2 §8.4.2
 */
export function correlationOf(
  process: Element,
  roots: readonly Element[],
  given: Pick<Context, 'findings' | 'placeOf' | 'spacedNames'>,
): Context['correlationKeyOf'] {
  const context: Context = { ...given, correlationKeyOf: () => null };
  const properties = roots.filter(({ $type }) => $type === 'bpmn:CorrelationProperty');
  const retrievals = (property: Element, message: Element): readonly Element[] =>
    children(property, 'correlationPropertyRetrievalExpression').filter(
      (it) => child(it, 'messageRef') === message,
    );
  const subscriptions = children(process, 'correlationSubscriptions');

  return (message, catches, id) => {
    const speaking = properties.filter((property) => retrievals(property, message).length > 0);
    if (speaking.length === 0) return null;
    const keys = subscriptions.filter((subscription) => {
      const key = child(subscription, 'correlationKeyRef');
      const parts = key ? children(key, 'correlationPropertyRef') : [];
      return parts.length > 0 && parts.every((property) => speaking.includes(property));
    });
    const [subscription] = keys;
    const key = subscription && child(subscription, 'correlationKeyRef');
    const parts = key ? children(key, 'correlationPropertyRef') : speaking;
    const [property] = parts;
    if (parts.length !== 1 || keys.length > 1 || !property) {
      given.findings.error(
        id,
        'unsupported-correlation',
        `A message is found by one key: say with zeebe:subscription which, for ${idOf(message)}.`,
      );
      return null;
    }
    const binding =
      subscription &&
      children(subscription, 'correlationPropertyBinding').find(
        (it) => child(it, 'correlationPropertyRef') === property,
      );
    // Without a subscription the case has no value of its own to wait for: the message is found by its name.
    const path = catches
      ? binding && child(binding, 'dataPath')
      : child(retrievals(property, message)[0] ?? { $type: '' }, 'messagePath');
    return path ? new Expressions(context, id).feel(bodyOf(id, path, context), 'Correlation key') : null;
  };
}
