export * from './model.ts';
export type { Form, FormField, FormOption, Setting } from './forms/form.ts';
export { readForm } from './forms/read-form.ts';
export type { ReadForm } from './forms/read-form.ts';
export { validateForm } from './forms/validate-form.ts';
export type { FormContext, FormError, FormResult } from './forms/validate-form.ts';
export { parseProcesses } from './parse-processes.ts';
export type { ParsedProcesses } from './parse-processes.ts';
export { fileLimits } from './xml/scan-xml.ts';
