import type { Layout, Line } from './layout.ts';
import type { EntryArc, Network } from './networks.ts';
import { pinnedArcs } from './pinned.ts';

/** What deciding about the entries of a layout needs to know of them. */
export interface Protection {
  floor: number;
  /** Answers per entry. */
  n: Float64Array;
  /** Number of bands. What must not follow for a hidden entry is each of its bands, and with them its n. */
  bands: number;
  /** How far a band of an entry can shrink: its count, or after other releases its lower one. */
  count(entry: number, band: number): number;
  /** How many answers an attacker may know. */
  known: number;
  /** Published before, so it is published again. */
  mustShow(entry: number): boolean;
  mustHide(entry: number): boolean;
}

/** Position of the entry in which everything counts. While it is hidden, all are, and nothing follows. */
const grandTotal = 0;

export interface Protected {
  /** 1 for hidden. */
  hidden: Uint8Array;
  /** Hidden entries that follow from what must be shown; the release may not be made like this. */
  stuck: number[];
}

/**
 * Decides which entries to hide: those under the floor, all parts of a hidden total, and more until no hidden band
 * follows from totals and visible neighbours. That protecting each table protects all of them together is shown in
 * docs/decisions/0005-releases.md.
 */
export function protect(layout: Layout, protection: Protection): Protected {
  const work = new Work(layout, protection);
  for (const entry of layout.entries.keys()) {
    if (protection.n[entry]! < protection.floor || protection.mustHide(entry)) work.hide(entry);
  }
  for (let network = work.next(); network !== undefined; network = work.next()) {
    if (work.hidden[grandTotal] === 0) hideRelated(network, work);
  }
  if (work.hidden[grandTotal] === 1) return { hidden: work.hidden, stuck: [] };
  const stuck = layout.networks.flatMap((network) => pinnedEntries(network, work).map(({ entry }) => entry));
  if (stuck.length === 0) showAgain(layout, work);
  return { hidden: work.hidden, stuck: [...new Set(stuck)] };
}

/**
 * One round over a network: hides one more entry for each pinned one, coarse ones first, and nothing more in a line
 * where something was just hidden. The network waits for another round as long as something was hidden. When all
 * neighbours of what is pinned are hidden already, the reason is farther away: then anything in the network, and at
 * last everything.
 */
function hideRelated({ nodes, arcs }: Network, work: Work): void {
  const pinned = pinnedEntries({ nodes, arcs }, work);
  const touched = new Set<Line>();
  for (const { entry, band } of pinned) {
    const lines = work.linesWith(entry);
    if (lines.some((line) => touched.has(line))) continue;
    const more = helpfulEntry(lines, band, work);
    if (more === undefined) continue;
    work.hide(more);
    for (const line of [...lines, ...work.linesUnder(entry), ...work.linesUnder(more)]) touched.add(line);
  }
  const [first] = pinned;
  if (first === undefined || touched.size > 0) return;
  const others = arcs.map(({ entry }) => entry);
  const withBand = others.filter((entry) => work.protection.count(entry, first.band) > work.protection.known);
  const farther = work.cheapest(withBand) ?? work.cheapest(others) ?? work.cheapest([grandTotal]);
  if (farther !== undefined) work.hide(farther);
}

/** Hiding one by one hides too much: shows again, the largest first, what can be shown and nothing follows. */
function showAgain({ entries }: Layout, work: Work): void {
  const { hidden, protection } = work;
  const related = [...entries.keys()].filter(
    (entry) => hidden[entry] === 1 && protection.n[entry]! >= protection.floor && !protection.mustHide(entry),
  );
  for (const entry of related.sort((a, b) => protection.n[b]! - protection.n[a]!)) {
    if (work.linesWith(entry).some(({ parent }) => hidden[parent] === 1)) continue;
    hidden[entry] = 0;
    if (work.networksWith(entry).some((network) => pinsAny(nearFirst(network, entry), work)))
      hidden[entry] = 1;
  }
}

export interface PinnedQuestion {
  /** 1 for hidden. */
  hidden: Uint8Array;
  protection: Pick<Protection, 'bands' | 'count' | 'known'> & {
    /** Whether a band of an entry can grow; every one can where this is left out. */
    grows?(entry: number, band: number): boolean;
  };
}

interface PinnedEntry {
  /** Position among the hidden ones of the network. */
  arc: number;
  entry: number;
  band: number;
}

/** The hidden entries of a network with a band that follows from its visible ones. */
export function pinnedEntries(network: Network, question: PinnedQuestion): PinnedEntry[] {
  return [...findPinned(network, question)].sort((a, b) => a.arc - b.arc);
}

function pinsAny(network: Network, question: PinnedQuestion): boolean {
  return findPinned(network, question).next().done === false;
}

function* findPinned(
  { nodes, arcs }: Network,
  { hidden, protection: { bands, count, known, grows } }: PinnedQuestion,
): Generator<PinnedEntry> {
  const free = arcs.filter(({ entry }) => hidden[entry] === 1);
  for (let band = 0; band < bands; band++) {
    const residual = free.map(({ entry, ...arc }) => ({
      ...arc,
      count: count(entry, band),
      capped: grows?.(entry, band) === false,
    }));
    for (const arc of pinnedArcs(nodes, residual, known)) yield { arc, entry: free[arc]!.entry, band };
  }
}

/** The network with the neighbours of an entry in front: what showing it tells, it most likely tells of them. */
function nearFirst({ nodes, arcs }: Network, entry: number): Network {
  const own = arcs.find((arc) => arc.entry === entry);
  const isNear = ({ from, to }: EntryArc) => from === own?.from || to === own?.to;
  return { nodes, arcs: [...arcs.filter(isNear), ...arcs.filter((arc) => !isNear(arc))] };
}

/**
 * What to hide next, to free an entry in these lines: a total without the band (then nothing else helps), a
 * neighbour with the band, any neighbour, a total.
 */
function helpfulEntry(lines: Line[], band: number, work: Work): number | undefined {
  const withBand = (entry: number) => work.protection.count(entry, band) > work.protection.known;
  const totals = lines.map(({ parent }) => parent);
  const neighbours = lines.flatMap(({ members }) => members);
  return (
    work.cheapest(totals.filter((total) => !withBand(total))) ??
    work.cheapest(neighbours.filter(withBand)) ??
    work.cheapest(neighbours) ??
    work.cheapest(totals)
  );
}

/** The decisions so far, and the networks that must be looked at again. */
class Work {
  readonly hidden: Uint8Array;
  readonly protection: Protection;
  readonly #networksWith: Network[][];
  readonly #linesWith: Line[][];
  readonly #linesUnder: Line[][];
  readonly #waiting = new Set<Network>();

  constructor({ entries, lines, networks }: Layout, protection: Protection) {
    this.protection = protection;
    this.hidden = new Uint8Array(entries.length);
    this.#networksWith = entries.map(() => []);
    this.#linesWith = entries.map(() => []);
    this.#linesUnder = entries.map(() => []);
    for (const network of networks) {
      for (const { entry } of network.arcs) this.#networksWith[entry]!.push(network);
    }
    for (const line of lines) {
      this.#linesUnder[line.parent]!.push(line);
      for (const member of line.members) this.#linesWith[member]!.push(line);
    }
  }

  next(): Network | undefined {
    const [network] = this.#waiting;
    if (network) this.#waiting.delete(network);
    return network;
  }

  networksWith(entry: number): Network[] {
    return this.#networksWith[entry]!;
  }

  linesWith(entry: number): Line[] {
    return this.#linesWith[entry]!;
  }

  linesUnder(entry: number): Line[] {
    return this.#linesUnder[entry]!;
  }

  /** Hides an entry and all its parts. */
  hide(entry: number): void {
    if (this.hidden[entry] === 1) return;
    this.hidden[entry] = 1;
    for (const network of this.#networksWith[entry]!) this.#waiting.add(network);
    for (const { members } of this.#linesUnder[entry]!) for (const member of members) this.hide(member);
  }

  /** The visible entry with the fewest answers that may be hidden. */
  cheapest(entries: number[]): number | undefined {
    let best: number | undefined;
    for (const entry of entries) {
      if (this.hidden[entry] === 1 || this.protection.mustShow(entry)) continue;
      if (best === undefined || this.protection.n[entry]! < this.protection.n[best]!) best = entry;
    }
    return best;
  }
}
