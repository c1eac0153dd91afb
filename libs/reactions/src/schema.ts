/** The schema of the live generation of the reactions' tables. */
export const reactionsSchema = 'reactions';
