declare module 'bpmn-moddle' {
  export interface ModdleWarning {
    readonly message: string;
    readonly element?: unknown;
    readonly property?: string;
    readonly value?: unknown;
  }
  export class BpmnModdle {
    constructor(packages: Readonly<Record<string, unknown>>);
    /** Not `lax`: the first content that cannot be read throws. */
    fromXML(
      xml: string,
      type: 'bpmn:Definitions',
      options: { readonly lax: boolean },
    ): Promise<{ rootElement: unknown; warnings: readonly ModdleWarning[] }>;
  }
}
