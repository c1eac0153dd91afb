/** Done outside of any system, but somebody says so: it waits like a user task without a form. */
export { userTask as manualTask } from './user-task.ts';
