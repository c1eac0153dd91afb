/** Makes what depends on a thing alone once for each, as long as the thing is there. */
export function once<T extends object, Made extends object>(make: (of: T) => Made): (of: T) => Made {
  const known = new WeakMap<T, Made>();
  return (of) => {
    const made = known.get(of) ?? make(of);
    known.set(of, made);
    return made;
  };
}
