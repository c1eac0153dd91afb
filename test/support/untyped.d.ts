// The house's own scripts are plain JavaScript; these are their shapes.
declare module '*/.dependency-cruiser.mjs' {
  const config: {
    forbidden: unknown[];
    options: Record<string, unknown> & { enhancedResolveOptions: object; tsConfig: object };
  };
  export default config;
}
declare module '*/boundaries.mjs' {
  export const mayImport: Record<string, string[]>;
  export const pure: string[];
  export const adapters: string[];
}
