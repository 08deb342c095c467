import { type BlankNode, DataFactory, type NamedNode, type Quad, Store, Writer } from 'n3';

type JsonObject = Readonly<Record<string, unknown>>;

/** What was read so far, and how its names are written. */
interface Graph {
  /** As in the context of the catalogue. */
  prefixes: Readonly<Record<string, string>>;
  store: Store;
  /** How many nodes without a name there are. */
  blanks: number;
}

const { blankNode, literal, namedNode, quad } = DataFactory;
const rdfType = namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#type');

/**
 * A document in the JSON-LD that catalogue.ts writes (a context of prefixes, nodes inside nodes, every value with its
 * type or language) in Turtle: the same statements, each once. General JSON-LD is more; this is not for that.
 */
export function toTurtle({ '@context': context, ...catalogue }: JsonObject): Promise<string> {
  const prefixes = { ...(context as Graph['prefixes']) };
  const store = new Store();
  addNode(catalogue, { prefixes, store, blanks: 0 });
  const writer = new Writer({ prefixes });
  writer.addQuads([...store] as Quad[]);
  return new Promise((resolve, reject) =>
    writer.end((error, text) => (error ? reject(error) : resolve(String(text)))),
  );
}

function addNode(node: JsonObject, graph: Graph): NamedNode | BlankNode {
  const id = node['@id'];
  // Numbered from zero, so that the same catalogue gives the same text.
  const subject = id === undefined ? blankNode(`b${graph.blanks++}`) : iri(String(id), graph);
  for (const type of list(node['@type'])) graph.store.add(quad(subject, rdfType, iri(String(type), graph)));
  for (const [key, values] of Object.entries(node)) {
    if (key.startsWith('@')) continue;
    for (const value of list(values)) graph.store.add(quad(subject, iri(key, graph), term(value, graph)));
  }
  return subject;
}

function term(value: unknown, graph: Graph) {
  if (typeof value === 'string') return literal(value);
  const node = value as JsonObject;
  if (!('@value' in node)) return addNode(node, graph);
  const { '@value': text, '@language': language, '@type': type } = node;
  return literal(String(text), language === undefined ? iri(String(type), graph) : String(language));
}

/** A name with a prefix of the context in full; any other stands as it is. */
function iri(name: string, { prefixes }: Graph): NamedNode {
  const [, prefix = '', rest = ''] = /^([a-z]+):(?!\/\/)(.*)$/.exec(name) ?? [];
  const start = prefixes[prefix];
  return namedNode(start === undefined ? name : start + rest);
}

function list(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
