import { EsdbDouble } from './index.ts';
import type { EsdbOptions } from './index.ts';
import type { Fault, Request } from './faults.ts';

// Its options are the first argument.

/** What a double in a process of its own is told; it sends its address when it is there, and `done` after each. */
export type Order =
  | { readonly order: 'restart' }
  /** The next so many requests of a kind meet a fault. */
  | {
      readonly order: 'disturb';
      readonly kind: 'append' | 'read';
      readonly fault: Fault;
      readonly times: number;
    };

const kindOf = ({ rpc }: Request): 'append' | 'read' | null =>
  rpc === 'Read' ? 'read' : rpc === 'Append' || rpc === 'BatchAppend' ? 'append' : null;

const double = await EsdbDouble.start(JSON.parse(process.argv[2] ?? '{}') as EsdbOptions);
process.on('message', async (told: Order) => {
  if (told.order === 'restart') await double.restart();
  else {
    let { times } = told;
    double.disturb = (request) => (kindOf(request) === told.kind && times-- > 0 ? told.fault : undefined);
  }
  process.send!('done');
});
process.on('disconnect', () => process.exit());
process.send!(double.url);
