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

declare module 'moddle-xml' {
  import type { BpmnModdle } from 'bpmn-moddle';
  /** Holds the outermost element once it was read. */
  interface RootHandler {
    readonly element?: unknown;
  }
  export class Reader {
    constructor(options: { readonly model: BpmnModdle; readonly lax: boolean });
    handler(type: 'bpmn:Definitions'): RootHandler;
    fromXML(xml: string, root: RootHandler): Promise<unknown>;
  }
}
