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
}

/**
 * Which hidden numbers of a two-way table follow from its margins, its visible cells and some `known` answers,
 * whichever they are.
 *
 * Another table fits the same margins exactly when the difference is a circulation in the residual graph: every
 * arc may carry flow forwards (the number grows) and, as far as it is positive, backwards (it shrinks). So a number
 * is pinned when no cycle, other than there and back over itself, runs through its arc in a direction that it can
 * take. Source: D. Gusfield, "A graph theoretic approach to statistical data security", SIAM J. Comput. 17 (1988).
 *
 * Known answers can't move: each takes one from one cell. By max-flow and min-cut a number stays free, whichever
 * answers are known, when more units than there are known answers can flow around it. One answer counts in a cell and
 * in its totals at once; so that it blocks one cell only, a total that known answers alone could fill counts as blocked.
 *
 * @returns the positions of the pinned arcs
 */
export function pinnedArcs(nodes: number, arcs: Arc[], known = 0): number[] {
  const room = arcs.map(({ count, total }) => (total && count <= known ? 0 : Math.min(count, known + 1)));
  const node = contract(
    nodes,
    arcs.filter((_, position) => room[position]! > known),
  );
  const positions = [...arcs.keys()].filter((position) => {
    const { from, to } = arcs[position]!;
    return node[from] !== node[to];
  });
  const between = positions.map((position) => ({
    from: node[arcs[position]!.from]!,
    to: node[arcs[position]!.to]!,
    room: room[position]!,
  }));
  const flows = flowSearch(nodes, between, known + 1);
  return positions.filter((_, at) => {
    const { from, to, room: shrinks } = between[at]!;
    return !flows(to, from, at) && !(shrinks > known && flows(from, to, at));
  });
}

/** `room`: how far the number can shrink. */
interface ResidualArc {
  from: number;
  to: number;
  room: number;
}

/** Answers whether so many units can flow from one node to another without the arc at a position. */
function flowSearch(nodes: number, arcs: ResidualArc[], units: number) {
  const leaving: number[][] = Array.from({ length: nodes }, () => []);
  for (const [position, { from, to }] of arcs.entries()) {
    leaving[from]!.push(position);
    leaving[to]!.push(position);
  }
  /** What flows now: positive where a number grows. */
  const flow = new Int32Array(arcs.length);
  const seen = new Int32Array(nodes);
  const cameBy = new Int32Array(nodes);
  let search = 0;

  /** Sends one more unit along a path, if there is one. */
  function augment(start: number, end: number, without: number, used: number[]): boolean {
    search += 1;
    seen[start] = search;
    const stack = [start];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (node === end) break;
      for (const position of leaving[node]!) {
        const { from, to, room } = arcs[position]!;
        const next = from === node ? to : from;
        if (seen[next] === search || position === without) continue;
        if (from !== node && flow[position]! + room <= 0) continue;
        seen[next] = search;
        cameBy[next] = position;
        stack.push(next);
      }
    }
    if (seen[end] !== search) return false;
    for (let node = end; node !== start; ) {
      const position = cameBy[node]!;
      const { from, to } = arcs[position]!;
      flow[position]! += to === node ? 1 : -1;
      used.push(position);
      node = to === node ? from : to;
    }
    return true;
  }

  function sendAll(start: number, end: number, without: number): boolean {
    const used: number[] = [];
    let sent = 0;
    while (sent < units && augment(start, end, without, used)) sent += 1;
    for (const position of used) flow[position] = 0;
    return sent === units;
  }

  const reached = new Map<number, Uint8Array>();

  /** The nodes that a node leads to over arcs that grow, or can shrink by at least so much. */
  function reachOf(start: number, least: number): Uint8Array {
    const key = start * (units + 1) + least;
    const known = reached.get(key);
    if (known) return known;
    const found = new Uint8Array(nodes);
    found[start] = 1;
    const stack = [start];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      for (const position of leaving[node]!) {
        const { from, to, room } = arcs[position]!;
        const next = from === node ? to : from;
        if (found[next] === 1 || (from !== node && room < least)) continue;
        found[next] = 1;
        stack.push(next);
      }
    }
    reached.set(key, found);
    return found;
  }

  return (start: number, end: number, without: number): boolean => {
    // An arc that can't shrink is no way back from its end to its start: what many of them ask is searched once.
    const { to, room } = arcs[without]!;
    if (room === 0 && to === start) {
      if (reachOf(start, units)[end] === 1) return true;
      if (reachOf(start, 1)[end] === 0) return false;
    }
    return sendAll(start, end, without);
  };
}
