declare module 'saxen' {
  interface Context {
    readonly line: number;
    readonly column: number;
  }
  type GetContext = () => Context;
  type Decode = (text: string) => string;
  interface Hooks {
    openTag(
      name: string,
      attributes: () => Readonly<Record<string, string>>,
      decode: Decode,
      selfClosing: boolean,
      context: GetContext,
    ): void;
    closeTag(name: string, decode: Decode, selfClosing: boolean, context: GetContext): void;
    text(text: string): void;
    cdata(text: string): void;
    comment(text: string): void;
    attention(text: string, decode: Decode, context: GetContext): void;
    question(text: string, context: GetContext): void;
    error(error: Error, context: GetContext): void;
    warn(warning: Error, context: GetContext): void;
  }
  export class Parser {
    on<K extends keyof Hooks>(hook: K, handler: Hooks[K]): this;
    stop(): void;
    parse(xml: string): unknown;
  }
}
