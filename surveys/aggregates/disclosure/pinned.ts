import { contract } from './contract.ts';

/**
 * A hidden number between two nodes of a two-way table: its row and its column, or a margin that may vary and the
 * hub of all such margins. It can always grow, and shrink by what is not known of it.
 */
export interface Arc {
  from: number;
  to: number;
  count: number;
  /** It is the sum of other arcs: an answer that counts here counts in one of those too. */
  total?: boolean;
  /** It can not grow. */
  capped?: boolean;
}

/**
 * Which hidden numbers of a two-way table follow from its margins, its visible cells and some `known` answers,
 * whichever they are.
 *
 * Another table fits the same margins exactly when the difference is a circulation in the residual graph: every
 * arc may carry flow forwards (the number grows, unless it is capped) and, as far as it is positive, backwards (it shrinks). So a number
 * is pinned when no cycle, other than there and back over itself, runs through its arc in a direction that it can
 * take. Source: D. Gusfield, "A graph theoretic approach to statistical data security", SIAM J. Comput. 17 (1988).
 *
 * Known answers can't move: each takes one from one cell. By max-flow and min-cut a number stays free, whichever
 * answers are known, when more units than there are known answers can flow around it. One answer counts in a cell and
 * in its totals at once; so that it blocks one cell only, a total that known answers alone could fill counts as blocked.
 *
 * @returns the positions of the pinned arcs, as they are found
 */
export function* pinnedArcs(nodes: number, arcs: Arc[], known = 0): Generator<number> {
  const units = known + 1;
  const most = 2 * units;
  const room = arcs.map(({ count, total }) => (total && count <= known ? 0 : Math.min(count, most)));
  const node = contract(
    nodes,
    arcs.filter(({ capped }, position) => !capped && room[position]! > known),
  );
  const positions = [...arcs.keys()].filter((position) => {
    const { from, to } = arcs[position]!;
    return node[from] !== node[to];
  });
  const between = positions.map((position) => ({
    from: node[arcs[position]!.from]!,
    to: node[arcs[position]!.to]!,
    room: room[position]!,
    capped: arcs[position]!.capped ?? false,
  }));
  const { flows, flowsWithout } = flowSearch(nodes, between);
  for (const [at, { from, to, room: shrinks, capped }] of between.entries()) {
    // Over its own arc, backwards, as many flow as it can shrink: they don't count.
    const grows =
      !capped && (shrinks < most ? flows(to, from, units + shrinks) : flowsWithout(at, to, from, units));
    if (!grows && !(shrinks > known && flowsWithout(at, from, to, units))) yield positions[at]!;
  }
}

/** `room`: how far the number can shrink; `capped`: it can not grow. */
interface ResidualArc {
  from: number;
  to: number;
  room: number;
  capped: boolean;
}

/** Answers whether so many units can flow from one node to another. */
function flowSearch(nodes: number, arcs: ResidualArc[]) {
  const from = Int32Array.from(arcs, (arc) => arc.from);
  const to = Int32Array.from(arcs, (arc) => arc.to);
  const room = Int32Array.from(arcs, (arc) => arc.room);
  const capped = Uint8Array.from(arcs, (arc) => (arc.capped ? 1 : 0));
  const leaving: number[][] = Array.from({ length: nodes }, () => []);
  for (const position of arcs.keys()) {
    leaving[from[position]!]!.push(position);
    leaving[to[position]!]!.push(position);
  }
  /** What flows now: positive where a number grows. */
  const flow = new Int32Array(arcs.length);
  const seen = new Int32Array(nodes);
  const cameBy = new Int32Array(nodes);
  let search = 0;

  /** Sends one more unit along a path, if there is one; otherwise all nodes that can be reached are `seen`. */
  function augment(start: number, end: number, without: number, used: number[]): boolean {
    search += 1;
    seen[start] = search;
    const stack = [start];
    for (let node = stack.pop(); node !== undefined && node !== end; node = stack.pop()) {
      for (const position of leaving[node]!) {
        const grows = from[position] === node;
        const next = grows ? to[position]! : from[position]!;
        if (seen[next] === search || position === without) continue;
        const open = grows
          ? capped[position] === 0 || flow[position]! < 0
          : flow[position]! + room[position]! > 0;
        if (!open) continue;
        seen[next] = search;
        cameBy[next] = position;
        stack.push(next);
      }
    }
    if (seen[end] !== search) return false;
    for (let node = end; node !== start; ) {
      const position = cameBy[node]!;
      const grows = to[position] === node;
      flow[position]! += grows ? 1 : -1;
      used.push(position);
      node = grows ? from[position]! : to[position]!;
    }
    return true;
  }

  /** Whether so many units can flow, without the arc at a position. */
  function flowsWithout(without: number, start: number, end: number, units: number): boolean {
    const used: number[] = [];
    let sent = 0;
    while (sent < units && augment(start, end, without, used)) sent += 1;
    for (const position of used) flow[position] = 0;
    return sent === units;
  }

  const [yes, no] = [1, 2];
  const answers = new Map<string, Uint8Array>();

  /** What is known of the flows from a node to each other one; what leads there over arcs with enough room is at once. */
  function answersFrom(start: number, units: number): Uint8Array {
    const key = `${start} ${units}`;
    const known = answers.get(key);
    if (known) return known;
    const found = new Uint8Array(nodes);
    found[start] = yes;
    const stack = [start];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      for (const position of leaving[node]!) {
        const grows = from[position] === node;
        const next = grows ? to[position]! : from[position]!;
        const open = grows ? capped[position] === 0 : room[position]! >= units;
        if (found[next] === yes || !open) continue;
        found[next] = yes;
        stack.push(next);
      }
    }
    answers.set(key, found);
    return found;
  }

  function flows(start: number, end: number, units: number): boolean {
    const known = answersFrom(start, units);
    if (known[end] === 0) {
      if (flowsWithout(-1, start, end, units)) known[end] = yes;
      // A cut lies between what was reached and the rest: as little flows to all of the rest.
      else for (let node = 0; node < nodes; node++) if (seen[node] !== search) known[node] = no;
    }
    return known[end] === yes;
  }

  return { flows, flowsWithout };
}
