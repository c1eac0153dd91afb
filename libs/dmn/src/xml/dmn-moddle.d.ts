declare module 'dmn-moddle' {
  export interface ModdleWarning {
    readonly message: string;
    readonly element?: unknown;
  }
  export class DmnModdle {
    /** Packages of the same key replace its own. */
    constructor(packages: Readonly<Record<string, unknown>>);
    /** Not `lax`: the first content that cannot be read throws. */
    fromXML(
      xml: string,
      type: 'dmn:Definitions',
      options: { readonly lax: boolean },
    ): Promise<{ rootElement: unknown; warnings: readonly ModdleWarning[] }>;
  }
}
