// What GET /graph answers, and the ways to ask it.

import { here, json } from "./page";

export interface Vertex {
  id: string;
  label: string;
  x: number;
  y: number;
  kind: string;
  degree: number;
  url: string;
  community?: number;
  centrality?: number;
  text?: string;
  edtf?: string;
}

export interface Tie {
  id: string;
  source: string;
  target: string;
  label: string;
  weight: number;
  interaction: string;
  url: string;
  edtf?: string;
  quotation?: string;
  factuality?: string;
}

export interface Graph {
  nodes: Vertex[];
  edges: Tie[];
  total: { nodes: number; edges: number };
  /** False where it is a part of its own, drawn of the newest records: its positions are no others'. */
  whole: boolean;
}

/** The graph of this page's filters. */
export function asked(): Promise<Graph> {
  return json(here("/graph") + location.search);
}

/** A node with its neighbours, within the same filters. */
export function around(id: string): Promise<Graph> {
  return json(withMore([["around", id]]));
}

/** The shortest way between two nodes, and what stands along it. */
export function between(one: string, other: string): Promise<Graph> {
  return json(
    withMore([
      ["path", one],
      ["path", other],
    ]),
  );
}

function withMore(pairs: [string, string][]): string {
  const kept = new URLSearchParams(location.search);
  for (const name of ["around", "path", "format", "limit"]) kept.delete(name);
  for (const [name, value] of pairs) kept.append(name, value);
  return `${here("/graph")}?${kept}`;
}
