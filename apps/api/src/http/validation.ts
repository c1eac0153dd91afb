import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import { pointerPart } from '@iter/process-model';
import type { Label } from '@iter/process-model';
import { Problem } from '../problems/problem.ts';
import { saidIn } from '../dto/said.ts';
import type { PlaceToTell } from '../problems/problem.ts';

/**
 * Keeps the rules of each class once they are found: class-validator looks through those of all classes for every object,
 * and Nest's pipe does once more. Rules are only added while classes are defined, before anything of the class is checked.
 */
function rememberRules(): void {
  const storage = getMetadataStorage();
  const find = storage.getTargetValidationMetadatas.bind(storage);
  const known = new Map<unknown, ReturnType<typeof find>>();
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    if (schema || always || strictGroups || groups?.length)
      return find(target, schema, always, strictGroups, groups);
    let rules = known.get(target);
    if (!rules) known.set(target, (rules = find(target, schema, always, strictGroups, groups)));
    return rules;
  };
}

rememberRules();

/**
 * Checks bodies and queries against their classes: unknown members are refused, types are never guessed, and every fault is
 * told with its place.
 */
export const createValidation = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: false,
    transform: true,
    transformOptions: { enableImplicitConversion: false },
    validationError: { target: false, value: false },
    exceptionFactory: (faults) =>
      new Problem('request-invalid', {
        detail: { it: 'Correggere i campi indicati.', en: 'Correct the fields that are named.' },
        errors: faults.flatMap((fault) => placesOf(fault, '')).slice(0, 50),
      }),
  });

function placesOf(fault: ValidationError, above: string): PlaceToTell[] {
  // A fault of an object as a whole has no property: it lies where the object does.
  const { property } = fault as Partial<ValidationError>;
  const pointer = property === undefined ? above : `${above}/${pointerPart(property)}`;
  const own = Object.entries(fault.constraints ?? {}).map(([rule, message]) => ({
    pointer,
    code: codes[rule] ?? kebab(rule),
    message: rule === 'whitelistValidation' ? unknownField : (saidIn(message) ?? wrong),
  }));
  return [...own, ...(fault.children ?? []).flatMap((child) => placesOf(child, pointer))];
}

/** What the checker of classes finds by itself: nothing that it could take at all. */
const wrong: Label = { it: 'Questo valore non va.', en: 'This value will not do.' };
const unknownField: Label = { it: 'Questo campo non è previsto.', en: 'There is no such field.' };
const codes: Readonly<Record<string, string>> = { whitelistValidation: 'unknown-field' };
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
