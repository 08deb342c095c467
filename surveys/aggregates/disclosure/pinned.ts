/**
 * A hidden number between two nodes of a two-way table: its row and its column, or a margin that may vary and the
 * hub of all such margins. It can always grow, and shrink while it is positive.
 */
export interface Arc {
  from: number;
  to: number;
  positive: boolean;
}

/**
 * Which hidden numbers of a two-way table follow from its margins and its visible cells.
 *
 * Another table fits the same margins exactly when the difference is a circulation in the residual graph: every
 * arc may carry flow forwards (the number grows) and, while positive, backwards (it shrinks). So a number is pinned
 * when no cycle, other than there and back over itself, runs through its arc in a direction that it can take.
 * Source: D. Gusfield, "A graph theoretic approach to statistical data security", SIAM J. Comput. 17 (1988).
 *
 * @returns the positions of the pinned arcs
 */
export function pinnedArcs(nodes: number, arcs: Arc[]): number[] {
  const graph = residualGraph(nodes, arcs);
  const { component, tree } = spanningForest(nodes, arcs);
  const reached = new Map<number, Uint8Array>();
  const reachedFrom = (node: number) => {
    const known = reached.get(component[node]!);
    const found = known ?? search(graph, node, -1);
    if (!known) reached.set(component[node]!, found);
    return found;
  };
  const pinned: number[] = [];
  for (const [position, { from, to, positive }] of arcs.entries()) {
    if (positive && !tree.has(position)) continue;
    const free = positive
      ? search(graph, to, position)[from] === 1 || search(graph, from, position)[to] === 1
      : reachedFrom(to)[from] === 1;
    if (!free) pinned.push(position);
  }
  return pinned;
}

/** For each node the arcs that leave it, as pairs: node reached, position of the arc. */
function residualGraph(nodes: number, arcs: Arc[]): number[][] {
  const graph: number[][] = Array.from({ length: nodes }, () => []);
  for (const [position, { from, to, positive }] of arcs.entries()) {
    graph[from]!.push(to, position);
    if (positive) graph[to]!.push(from, position);
  }
  return graph;
}

/**
 * Positive arcs run both ways. One that closes a circle of them is never pinned, so only those that join two parts
 * need a search.
 */
function spanningForest(nodes: number, arcs: Arc[]) {
  const parent = Array.from({ length: nodes }, (_, node) => node);
  const root = (node: number): number => {
    let top = node;
    while (parent[top] !== top) top = parent[top]!;
    parent[node] = top;
    return top;
  };
  const tree = new Set<number>();
  for (const [position, { from, to, positive }] of arcs.entries()) {
    const [a, b] = [root(from), root(to)];
    if (!positive || a === b) continue;
    parent[a] = b;
    tree.add(position);
  }
  return { component: parent.map((_, node) => root(node)), tree };
}

function search(graph: number[][], start: number, without: number): Uint8Array {
  const seen = new Uint8Array(graph.length);
  const stack = [start];
  seen[start] = 1;
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const leaving = graph[node]!;
    for (let index = 0; index < leaving.length; index += 2) {
      const next = leaving[index]!;
      if (seen[next] === 1 || leaving[index + 1] === without) continue;
      seen[next] = 1;
      stack.push(next);
    }
  }
  return seen;
}
