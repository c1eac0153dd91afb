import { readWorkbook } from './read-workbook.ts';

// Reads one workbook apart from the page, which can end it.
addEventListener('message', ({ data }: MessageEvent<{ bytes: Uint8Array; mostLines: number }>) => {
  postMessage(readWorkbook(data.bytes, data.mostLines));
});
