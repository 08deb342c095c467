import { type Document, integerOf } from './bson.ts';
import { fail, notOffered } from './errors.ts';

/**
 * Reads a list of top-level fields to give: their names, with `_id` unless it is left out. Undefined for an empty list:
 * whole documents are given. Throws for a projection that leaves fields out, computes them or cuts into them.
 */
export function compileProjection(projection: Document): ReadonlySet<string> | undefined {
  const names = new Set(projection._id === undefined ? ['_id'] : []);
  for (const [name, value] of Object.entries(projection)) {
    if (name === '') fail('Location40156', 'the projection has an empty name');
    if (value === true || integerOf(value)) names.add(name);
    else if (name !== '_id' || (value !== false && integerOf(value) !== 0))
      notOffered(`the projection that excludes or computes '${name}'`);
    if (/[.$]/.test(name)) notOffered(`the projection '${name}'`);
  }
  if (names.size === 0) notOffered("the projection that excludes '_id' alone");
  return Object.keys(projection).length === 0 ? undefined : names;
}
