import { Failed } from '../run.ts';
import { any, boolean, builtIn, optional, signature, string } from './define.ts';

/** DMN 1.3 §10.3.4.2; Camunda 8, "Boolean functions". */
export const booleanFunctions = {
  not: builtIn(signature('negand', [boolean], (it) => !it)),
  'is defined': builtIn(signature('value', [any], (it) => it !== null)),
  'get or else': builtIn(signature('value, default', [any, any], (value, fallback) => value ?? fallback)),
  assert: builtIn(
    signature('value, condition, cause?', [any, any, optional(string)], (value, condition, cause) => {
      if (condition !== true) throw new Failed(cause ?? '');
      return value;
    }),
  ),
};
