/** A list by the keys of its members; a member stands once under each of its keys, in the order of the list. */
export function groups<T, Key>(list: readonly T[], keys: (member: T) => readonly Key[]): Map<Key, T[]> {
  const found = new Map<Key, T[]>();
  for (const member of list)
    for (const key of new Set(keys(member))) {
      const group = found.get(key);
      if (group) group.push(member);
      else found.set(key, [member]);
    }
  return found;
}
