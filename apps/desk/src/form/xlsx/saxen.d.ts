declare module 'saxen' {
  type Decode = (text: string) => string;
  interface Hooks {
    openTag(name: string, attributes: () => Readonly<Record<string, string>>, decode: Decode): void;
    closeTag(name: string): void;
    text(text: string, decode: Decode): void;
    cdata(text: string): void;
    attention(text: string): void;
    error(error: Error): void;
  }
  export class Parser {
    on<K extends keyof Hooks>(hook: K, handler: Hooks[K]): this;
    parse(xml: string): unknown;
  }
}
