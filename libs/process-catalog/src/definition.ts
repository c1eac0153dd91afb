import type { JsonObject, Position } from '@iter/event-store';
import type { DecisionDefinitions } from '@iter/dmn';
import type { ActTemplate, Binding, Form, ProcessModel } from '@iter/process-model';

/** A process as deployed: immutable, addressed by its hash for ever. */
export interface Definition {
  readonly key: string;
  readonly name: string;
  /** 1, 2, 3 … in the order of deployment. */
  readonly version: number;
  /** See `definitionHash`. */
  readonly hash: string;
  /** Its `hash` is this definition's. */
  readonly model: ProcessModel;
  readonly xml: string;
  /** form-js schemas by form id, as authored: what a browser shows. */
  readonly forms: ReadonlyMap<string, JsonObject>;
  /** The same forms as read: what the server judges by. */
  readonly readForms: ReadonlyMap<string, Form>;
  /** Templates of the acts that its tasks draft, by name. */
  readonly acts: ReadonlyMap<string, ActTemplate>;
  /** Names of the files it came from. */
  readonly files: readonly string[];
  readonly deployedAt: string;
  /** Where the log has its deployment. */
  readonly position: Position;
  /** What was deployed together has the same; null: from before this was kept. */
  readonly deployment: string | null;
  readonly deployedBy: string;
  /** Body in whose name it was deployed: cases that begin by themselves are this body's. */
  readonly deployedFor: string;
}

/** A file of decisions as deployed: immutable, addressed by its hash for ever. */
export interface DeployedDecisions {
  readonly definitions: DecisionDefinitions;
  /** 1, 2, 3 … in the order of deployment. */
  readonly version: number;
  readonly hash: string;
  readonly xml: string;
  readonly file: string;
  readonly deployedAt: string;
  /** What was deployed together has the same. */
  readonly deployment: string | null;
}

/** What is in the log and cannot be read any more: a version of a process, or of a file of decisions. */
export interface SetAside {
  readonly kind: 'process' | 'decisions';
  readonly key: string;
  readonly version: number;
  readonly hash: string;
}

/** Streams `definition-dmn-<id of the definitions>`: one event per version. Nothing in them is private. */
export interface DecisionsDeployed {
  readonly type: 'DecisionsDeployed';
  readonly data: {
    readonly id: string;
    readonly version: number;
    readonly hash: string;
    readonly xml: string;
    readonly file: string;
    readonly deployment: string;
  };
}

/** Streams `definition-<process key>`: one event per version. Nothing in them is private. */
export interface DefinitionDeployed {
  readonly type: 'DefinitionDeployed';
  readonly data: {
    readonly key: string;
    readonly name: string;
    readonly version: number;
    readonly hash: string;
    readonly xml: string;
    /** As it was given, where an empty diagram gave way to a drawing in `xml`; the hash is of this then. */
    readonly deployed?: string;
    readonly forms: Readonly<Record<string, JsonObject>>;
    /** Texts of the templates of acts, by name; absent: there are none. */
    readonly acts?: Readonly<Record<string, string>>;
    readonly files: readonly string[];
    /** What was deployed together has the same. */
    readonly deployment?: string;
  };
}

/** What the hash of a definition is made of, as it was deployed; but where a drawing was only added, with the drawing. */
export const deployedText = ({ key, xml, deployed = xml, forms, acts = {} }: DefinitionDeployed['data']) => ({
  key,
  xml: deployed,
  forms,
  acts,
});

/** What the write side and the queries ask about definitions. */
export interface Definitions {
  byHash(hash: string): Definition | undefined;
  /** The version asked for; without one, the latest. One that cannot be read is as if it were not there. */
  find(key: string, version?: number): Definition | undefined;
  /** All versions of a process, oldest first, also those that cannot be read. */
  versions(key: string): readonly Definition[];
  /** Those that can be read, one after the other: each takes some tens of milliseconds, between which others have their turn. */
  readVersions(key: string): AsyncIterable<Definition>;
  /** The latest version of every process, by key; without those that cannot be read. */
  list(): readonly Definition[];
  /** The latest versions whose process starts on this message, with the start event. */
  startedBy(message: string): readonly { readonly definition: Definition; readonly element: string }[];
  /**
   * The definition that a call runs: the latest version of a process or global task, the latest with a version tag, or
   * the one deployed together with the caller (else the latest that there was then).
   * @param from hash of the calling definition
   * @returns its hash; null when there is none
   */
  called(process: string, binding: Binding, from: string): string | null;
  /**
   * The decisions among which one of this id is, chosen as a call's process is; null when there are none, or those chosen
   * cannot be read any more.
   */
  decision(id: string, binding: Binding, from: string): DeployedDecisions | null;
  /** A form of a definition; null when it has none of this id. */
  form(hash: string, formId: string): JsonObject | null;
  /** The same form as read, to validate by. */
  readForm(hash: string, formId: string): Form | null;
  /** Resolves when everything deployed until now is here: ask again after a miss. */
  catchUp(): Promise<void>;
}
