import type { ProcessCatalog } from '@iter/process-catalog';
import { serviceOf } from '@iter/registers';

/** Keys of the deployed processes of a service. */
export const processesOf = (catalog: Pick<ProcessCatalog, 'list'>, service: string): readonly string[] =>
  [...new Set(catalog.list().map(({ key }) => key))].filter((key) => serviceOf(key) === service);
