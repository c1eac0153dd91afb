export * from './account.ts';
export * from './accounts.ts';
export * from './contact.ts';
export * from './password.ts';
export * from './sign-in.ts';
export * from './sign-in-store.ts';
