export function isInstalled(folder: string): boolean;
export function ensureInstalled(): void;
