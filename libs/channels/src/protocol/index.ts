export { manualProtocol } from './manual.ts';
export type { Confirmed, ProtocolReference, ProtocolSystem } from './port.ts';
