/** A way between two nodes that is open in both directions. */
interface Way {
  from: number;
  to: number;
}

/**
 * Joins nodes that stay joined by open ways whichever one of the ways is taken out: the 2-edge-connected parts.
 * @returns for each node the one that stands for its part
 */
export function contract(nodes: number, ways: readonly Way[]): number[] {
  const parts = disjointSets(nodes);
  const forest: Way[][] = Array.from({ length: nodes }, () => []);
  const circles: Way[] = [];
  const trees = disjointSets(nodes);
  for (const way of ways) {
    if (!trees.join(way.from, way.to)) circles.push(way);
    else {
      forest[way.from]!.push(way);
      forest[way.to]!.push(way);
    }
  }
  const { above, depth } = hang(forest);
  // Every way that closes a circle joins the nodes on the path between its ends.
  for (const { from, to } of circles) {
    let [a, b] = [parts.top(from), parts.top(to)];
    while (a !== b) {
      if (depth[a]! < depth[b]!) [a, b] = [b, a];
      a = parts.joinTo(above[a]!, a);
    }
  }
  return Array.from({ length: nodes }, (_, node) => parts.top(node));
}

/** For each node of a forest the one above it, and how far it hangs below the root of its tree. */
function hang(forest: Way[][]): { above: Int32Array; depth: Int32Array } {
  const above = new Int32Array(forest.length).fill(-1);
  const depth = new Int32Array(forest.length).fill(-1);
  for (const root of forest.keys()) {
    if (depth[root] !== -1) continue;
    depth[root] = 0;
    const waiting = [root];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      for (const { from, to } of forest[node]!) {
        const next = from === node ? to : from;
        if (depth[next] !== -1) continue;
        above[next] = node;
        depth[next] = depth[node]! + 1;
        waiting.push(next);
      }
    }
  }
  return { above, depth };
}

function disjointSets(nodes: number) {
  const parent = Int32Array.from({ length: nodes }, (_, node) => node);
  function top(node: number): number {
    let highest = node;
    while (parent[highest] !== highest) highest = parent[highest]!;
    for (let at = node; at !== highest; ) {
      const next = parent[at]!;
      parent[at] = highest;
      at = next;
    }
    return highest;
  }
  /** Puts the set of one node into that of another, whose representative stays. */
  function joinTo(keeps: number, node: number): number {
    const kept = top(keeps);
    parent[top(node)] = kept;
    return kept;
  }
  function join(a: number, b: number): boolean {
    const apart = top(a) !== top(b);
    joinTo(a, b);
    return apart;
  }
  return { top, joinTo, join };
}
