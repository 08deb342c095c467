/** Fewer comments than this are not shown by themselves. */
export const commentFloor = 20;

/** The pool of comments that no department's own pool could take up. */
export const wholeMunicipality = '';

/** Comments that are shown together, so that nobody can tell whose department each is about. */
export interface CommentPool<Comment> {
  /** The department that gives it its name; `wholeMunicipality` at the top. */
  department: string;
  /** The departments whose comments are in it, also those of which there are none. */
  covers: string[];
  comments: Comment[];
}

/**
 * Puts the comments of one month into pools of at least `floor`. A department with enough has a pool of its own; what
 * is too little goes to its parent's, together with what the parent's other parts could not show, and at the top to that of the
 * whole municipality; when that is too little as well it is not shown. Every comment is in one pool at most, so that
 * no pool tells anything about another. A department that is in a circle of parents counts as one at the top.
 * @param parents each known department with its parent
 */
export function poolsOf<Comment>(
  comments: ReadonlyMap<string, readonly Comment[]>,
  parents: ReadonlyMap<string, string | undefined>,
  floor = commentFloor,
): CommentPool<Comment>[] {
  const departments = new Set([...comments.keys(), ...parents.keys()]);
  const depth = (department: string): number => {
    const seen = new Set<string>();
    let above = parents.get(department);
    while (above !== undefined && !seen.has(above)) {
      seen.add(above);
      above = parents.get(above);
    }
    return seen.size;
  };
  const waiting = new Map<string, CommentPool<Comment>>();
  const into = (department: string) => {
    const pool = waiting.get(department) ?? { department, covers: [], comments: [] };
    waiting.set(department, pool);
    return pool;
  };
  for (const department of departments) {
    const pool = into(department);
    pool.covers.push(department);
    pool.comments.push(...(comments.get(department) ?? []));
  }
  const pools: CommentPool<Comment>[] = [];
  const deepestFirst = [...departments].sort((a, b) => depth(b) - depth(a) || (a < b ? -1 : 1));
  for (const department of [...deepestFirst, wholeMunicipality]) {
    const pool = into(department);
    if (pool.comments.length >= floor) pools.push(pool);
    else if (department !== wholeMunicipality) {
      const parent = parents.get(department);
      const above = into(parent !== undefined && departments.has(parent) ? parent : wholeMunicipality);
      above.covers.push(...pool.covers);
      above.comments.push(...pool.comments);
    }
  }
  return pools;
}
