import fc from 'fast-check';

const tape = (maxLength: number): fc.Arbitrary<number[]> =>
  fc.noBias(fc.array(fc.nat(5039), { maxLength, size: 'max' }));

/** Numbers from which a process, two that it may call, and what is asked of it are made. */
export const tapes = fc.record({
  processes: fc.tuple(tape(140), tape(50), tape(50)),
  commands: tape(120),
});
