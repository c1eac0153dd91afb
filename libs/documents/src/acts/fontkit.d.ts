declare module 'fontkit' {
  /** A font, read; pdfkit takes it as it takes the bytes of one. */
  export interface Font {
    readonly postscriptName: string;
  }
  export function create(bytes: Uint8Array): Font;
}
