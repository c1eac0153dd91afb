import type { Views } from '../database.ts';

/**
 * Puts a task off for one account: it comes back to the inbox on that day, or on the day it is due when that comes first.
 * Nobody else sees it, and nothing of the case waits.
 * @param until civil day; null: it is wanted again
 */
export async function putOff(
  { views }: { readonly views: Views },
  account: string,
  task: string,
  until: string | null,
  today: string,
): Promise<void> {
  await views
    .deleteFrom('desk.put_off')
    .where('account', '=', account)
    .where((eb) => eb.or([eb('task_id', '=', task), eb('until', '<=', today)]))
    .execute();
  if (until === null) return;
  await views
    .insertInto('desk.put_off')
    .values({ account, task_id: task, until })
    .onConflict((on) => on.columns(['account', 'task_id']).doUpdateSet({ until }))
    .execute();
}
