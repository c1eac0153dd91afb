/** The parts of bpmn-moddle's objects that reading and writing whole files need. */
export interface ModdleElement {
  readonly $type: string;
  readonly $descriptor: Descriptor | GenericDescriptor;
  /** Attributes without a description, by the prefix that the reader gave their namespace. */
  readonly $attrs?: Readonly<Record<string, string>>;
  /** Of elements without a description. */
  readonly $children?: readonly ModdleElement[];
  readonly $body?: string;
  readonly $model: Model;
  set(property: string, value: unknown): void;
  readonly [property: string]: unknown;
}

export interface Name {
  readonly prefix: string;
  readonly localName: string;
}

export interface Descriptor {
  readonly isGeneric?: never;
  readonly name: string;
  readonly ns: Name;
  readonly properties: readonly Property[];
}

export interface GenericDescriptor {
  readonly isGeneric: true;
  readonly name: string;
  readonly ns: Name & { readonly uri?: string };
}

export interface Property {
  readonly name: string;
  readonly ns: Name;
  readonly type: string;
  readonly isAttr?: boolean;
  readonly isBody?: boolean;
  readonly isMany?: boolean;
  readonly isReference?: boolean;
  readonly isVirtual?: boolean;
  /** From a super type: its attributes are written without a prefix. */
  readonly inherited?: boolean;
  readonly xml?: { readonly serialize?: string };
}

export interface Package {
  readonly prefix: string;
  readonly uri: string;
  readonly xml?: { readonly tagAlias?: string; readonly typePrefix?: string };
  readonly types: readonly {
    readonly properties?: readonly {
      readonly name: string;
      readonly type: string;
      readonly isAttr?: boolean;
    }[];
  }[];
}

export interface Model {
  getPackage(prefix: string): Package | undefined;
  getPackages(): readonly Package[];
}

export interface Reference {
  readonly element: ModdleElement;
  readonly property: string;
  readonly id: string;
}

export interface ModdleRead {
  readonly rootElement: ModdleElement;
  readonly elementsById: Readonly<Record<string, ModdleElement>>;
  readonly references: readonly Reference[];
  readonly warnings: readonly { readonly message: string }[];
}
