export { writeDocx } from './write-docx.ts';
export { writePdf } from './write-pdf.ts';
