import { calledBy, comparePackages } from '@iter/process-catalog/packages';
import type { FileChange, PackageFiles, Tree } from '@iter/process-catalog/packages';
import type { PackageChangeDto, PackageDiffDto } from '../dto/library.ts';

const mostChanges = 500;

/** What differs between two packages, as far as people can read it. */
export async function differenceOf(before: PackageFiles, after: PackageFiles): Promise<PackageDiffDto> {
  const changes = await comparePackages(before, after);
  return { total: changes.length, changes: changes.slice(0, mostChanges).map(describeChange) };
}

export function describeChange(change: FileChange): PackageChangeDto {
  const { section, file, kind, path, of, before, after, patch } = change;
  const steps = path.split('/').filter((step) => step !== '');
  const whole = kind === 'changed' ? null : wholeThing(after ?? before);
  return {
    ...{ section, file, kind },
    // A thing without a name is called by its id, not by what is around it.
    of: short(whole ? (calledBy(whole) ?? steps.at(-1)) : of, 200),
    // Places of lists that have no names say nothing.
    field:
      whole || steps.length === 0
        ? null
        : short(
            steps.findLast((step) => !/^\d+$/.test(step)),
            200,
          ),
    ...(path === 'layout' || whole
      ? { before: null, after: null }
      : { before: shown(before), after: shown(after) }),
    patch: short(patch?.split('\n').slice(4).join('\n'), 4_000),
  };
}

/** Something with parts, such as an element or a field; null: a value. */
const wholeThing = (value: Tree | undefined): Tree | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;

function shown(value: Tree | undefined): string | null {
  if (value === undefined || value === null) return null;
  return short(typeof value === 'string' ? value : JSON.stringify(value), 300);
}

const short = (text: string | undefined, most: number): string | null => {
  if (text === undefined) return null;
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
};
