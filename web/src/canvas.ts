// A graph on a canvas: positions are the server's, looks are the stylesheet's.

import cytoscape from "cytoscape";
import type { Graph, Tie, Vertex } from "./graphs";
import { colour, headOf, ofCommunity, ofKind, ofTie, onScheme, shapeOf } from "./looks";
import { address, element, say } from "./page";

type Direction = [number, number];
const ARROWS: Record<string, Direction> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Left, top, right and bottom on the screen. */
type Box = [number, number, number, number];

const ROOM = 95;
/** Units of the drawing that a node gets on average, either way. */
const LETTER = 6.4;
const LINE = 16;
const FOREMOST = 10;
/** One of so many nodes has its name even where others stand. */
const CROWD = 600;
/** Edges of which more are drawn fainter, so that nodes show. */
const FONT = 12;
/** Pixels of a label. */

export class Canvas {
  private readonly cy: cytoscape.Core;
  private readonly scale: number;
  private grouped = false;
  private waiting = false;

  constructor(
    private readonly stage: HTMLElement,
    private readonly first: Graph,
  ) {
    keepPolicy();
    this.scale = spread(first.nodes);
    this.cy = cytoscape({
      minZoom: 0.02,
      maxZoom: 12,
      autoungrabify: true,
      boxSelectionEnabled: false,
      selectionType: "single",
      layout: { name: "preset" },
    });
  }

  /** Draw: the stage must stand in the page. */
  begin(): void {
    this.cy.mount(this.stage);
    this.cy.add([...this.first.nodes.map((one) => this.vertex(one)), ...this.first.edges.map(tie)]);
    this.dress();
    this.all();
    this.arrange();
    onScheme(() => this.dress());
    this.cy.on("viewport resize", () => this.later());
    this.cy.on("dbltap", "node, edge", (event) => this.open(event.target.id()));
    this.stage.addEventListener("keydown", (event) => this.key(event));
  }

  onSelect(act: (id: string | null) => void): void {
    this.cy.on("select", (event) => act(event.target.id()));
    this.cy.on("unselect", () => {
      if (this.cy.$(":selected").empty()) act(null);
    });
  }

  vertices(): Vertex[] {
    return this.cy.nodes().map((one) => one.data() as Vertex);
  }

  names(): string[] {
    return [...new Set(this.first.nodes.map((one) => one.label))].sort();
  }

  hasCommunities(): boolean {
    return this.first.nodes.some((one) => one.community !== undefined);
  }

  data(id: string): Vertex | Tie {
    return this.cy.getElementById(id).data();
  }

  isEdge(id: string): boolean {
    return this.cy.getElementById(id).isEdge();
  }

  ties(id: string): Tie[] {
    return this.cy
      .getElementById(id)
      .connectedEdges()
      .map((one) => one.data() as Tie);
  }

  label(id: string): string {
    return (this.data(id) as Vertex).label;
  }

  /** A node or an edge in one line, for those who do not see it. */
  words(id: string): string {
    const found = this.data(id);
    if (this.isEdge(id)) {
      const edge = found as Tie;
      return `${this.label(edge.source)} → ${edge.label} → ${this.label(edge.target)}`;
    }
    return say("graph_node", { label: found.label, edges: this.ties(id).length });
  }

  /**
   * Add what is not there yet; how many nodes that were. Where positions are those of another
   * drawing, they stand in rings about the node `centre`.
   */
  add(more: Graph, centre: string | null = null): number {
    const before = this.cy.nodes().length;
    const fresh = (id: string): boolean => this.cy.getElementById(id).empty();
    const nodes = more.nodes.filter((one) => fresh(one.id)).map((one) => this.vertex(one));
    const middle = centre ? this.cy.getElementById(centre).position() : null;
    if (middle) nodes.forEach((one, at) => (one.position = ringed(middle, at)));
    this.cy.add(nodes);
    const edges = more.edges.filter((one) => fresh(one.id));
    this.cy.add(edges.filter((one) => !fresh(one.source) && !fresh(one.target)).map(tie));
    this.later();
    return this.cy.nodes().length - before;
  }

  select(id: string): void {
    this.cy.$(":selected").unselect();
    const found = this.cy.getElementById(id);
    found.select();
    const near = found.closedNeighborhood();
    this.cy.animate({ fit: { eles: near, padding: 60 }, duration: this.pace() });
  }

  /** Show the shortest way between two nodes of what is drawn; whether there is one. */
  mark([one, other]: [string, string]): boolean {
    const from = this.cy.getElementById(one);
    const way = this.cy.elements().aStar({ root: from, goal: this.cy.getElementById(other) });
    this.cy.elements().removeClass("way").toggleClass("dim", way.found);
    if (!way.found) return false;
    way.path.removeClass("dim").addClass("way");
    this.cy.animate({ fit: { eles: way.path, padding: 80 }, duration: this.pace() });
    return true;
  }

  /** Dim whatever has not these words in its name. */
  look(words: string): void {
    const wanted = words.trim().toLowerCase();
    this.cy.elements().removeClass("dim way");
    if (!wanted) return;
    const hit = this.cy.nodes().filter((one) => one.data("label").toLowerCase().includes(wanted));
    this.cy.elements().not(hit.union(hit.connectedEdges())).addClass("dim");
  }

  go(name: string): void {
    const found = this.cy.nodes().filter((one) => one.data("label") === name);
    if (found.nonempty() && !found[0]!.selected()) this.select(found[0]!.id());
  }

  communities(shown: boolean): void {
    this.grouped = shown;
    this.dress();
  }

  zoom(factor: number): void {
    const middle = { x: this.stage.clientWidth / 2, y: this.stage.clientHeight / 2 };
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: middle });
  }

  all(): void {
    this.cy.elements().removeClass("dim way");
    this.cy.fit(undefined, 30);
  }

  private open(id: string): void {
    const found = this.data(id);
    const to = address(found.url ?? id);
    if (to) location.assign(to);
  }

  private key(event: KeyboardEvent): void {
    const chosen = this.cy.$("node:selected");
    const way = ARROWS[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (way) this.step(chosen.nonempty() ? chosen[0]! : null, way);
    else if (event.key === "+") this.zoom(1.4);
    else if (event.key === "-") this.zoom(1 / 1.4);
    else if (event.key === "0") this.all();
    else if (event.key === "Escape") this.cy.$(":selected").unselect();
    else if (event.key === "Enter" && chosen.nonempty()) this.open(chosen[0]!.id());
    else return;
    event.preventDefault();
  }

  /** To the nearest node in a direction; from nowhere to the best connected. */
  private step(from: cytoscape.NodeSingular | null, [dx, dy]: Direction): void {
    const ranked = this.cy
      .nodes()
      .toArray()
      .filter((one): one is cytoscape.NodeSingular => one.isNode() && one.id() !== from?.id())
      .map((one) => ({ one, cost: from ? distance(from, one, dx, dy) : -one.degree(true) }))
      .filter(({ cost }) => cost < Infinity)
      .sort((a, b) => a.cost - b.cost);
    const next = ranked[0]?.one;
    if (!next) return;
    this.cy.$(":selected").unselect();
    next.select();
    this.cy.animate({ center: { eles: next }, duration: this.pace() });
  }

  private vertex(one: Vertex): cytoscape.ElementDefinition {
    const position = { x: one.x * this.scale, y: one.y * this.scale };
    return { group: "nodes", data: one, position };
  }

  /** Once before the next picture: sizes that do not grow with the drawing, names where there is room. */
  private later(): void {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.arrange();
    });
  }

  private arrange(): void {
    const ranked = this.cy.nodes().sort((a, b) => rank(b) - rank(a));
    const nodes = ranked.toArray() as cytoscape.NodeSingular[];
    const discs = nodes.map(disc);
    const names: Box[] = [];
    this.cy.batch(() => {
      for (const [at, one] of nodes.entries()) {
        const { x, y } = one.renderedPosition();
        const half = (Math.min(one.data("label").length, 26) * LETTER) / 2;
        const top = y + size(one) / 2 + 1;
        const box: Box = [x - half, top, x + half, top + LINE];
        // The best connected have their names even over others; the rest only where nothing stands.
        const around = at < nodes.length / FOREMOST ? discs.slice(0, at) : discs;
        const free = [...names, ...around].every((other) => apart(box, other));
        if (free) names.push(box);
        one.toggleClass("named", free);
      }
      this.dress();
    });
  }

  private pace(): number {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 250;
  }

  private dress(): void {
    const card = colour("--card");
    const unit = 1 / this.cy.zoom();
    this.cy.style([
      {
        selector: "node",
        style: {
          width: (one: cytoscape.NodeSingular) => size(one) * unit,
          height: (one: cytoscape.NodeSingular) => size(one) * unit,
          shape: (one: cytoscape.NodeSingular) => shapeOf(one.data("kind")) as cytoscape.Css.NodeShape,
          // Of a group: a triangle on its tip.
          "shape-polygon-points": "-1 -0.85 1 -0.85 0 1",
          "background-color": (one: cytoscape.NodeSingular) => this.fill(one),
          "border-color": card,
          "border-width": unit,
        },
      },
      {
        selector: "node.named, node:selected, node.way",
        style: {
          label: "data(label)",
          "z-index": 1,
          color: colour("--ink"),
          "font-family": "system-ui, sans-serif",
          "font-size": FONT * unit,
          "text-outline-color": card,
          "text-outline-width": 2 * unit,
          "text-valign": "bottom",
          "text-margin-y": 2 * unit,
          "text-max-width": `${26 * LETTER * unit}px`,
          "text-wrap": "ellipsis",
        },
      },
      {
        selector: "edge",
        style: {
          width: (one: cytoscape.EdgeSingular) =>
            Math.min(1.2 + Math.log2(one.data("weight")), 6) * unit,
          "line-color": (one: cytoscape.EdgeSingular) => ofTie(one.data("interaction")),
          "target-arrow-color": (one: cytoscape.EdgeSingular) => ofTie(one.data("interaction")),
          "target-arrow-shape": (one: cytoscape.EdgeSingular) =>
            headOf(one.data("interaction")) as cytoscape.Css.ArrowShape,
          "arrow-scale": 0.45 * unit,
          "curve-style": "bezier",
          "control-point-step-size": 24 * unit,
          opacity: this.cy.edges().length > CROWD ? 0.3 : 0.65,
        },
      },
      {
        selector: "edge[factuality = 'alleged'], edge[factuality = 'requested']",
        style: { "line-style": "dashed" },
      },
      { selector: ".dim", style: { opacity: 0.12 } },
      { selector: "edge.way", style: { width: 4 * unit, opacity: 1 } },
      {
        selector: ":selected",
        style: { "border-width": 4 * unit, "border-color": colour("--target"), opacity: 1 },
      },
      {
        selector: "edge:selected",
        style: {
          width: 4 * unit,
          label: "data(label)",
          "font-size": FONT * unit,
          color: colour("--ink"),
          "text-outline-color": card,
          "text-outline-width": 2 * unit,
        },
      },
    ]);
  }

  private fill(one: cytoscape.NodeSingular): string {
    const community = one.data("community") as number | undefined;
    return this.grouped && community !== undefined ? ofCommunity(community) : ofKind(one.data("kind"));
  }
}

/** The place of the so-manieth in rings about a point, as far apart as nodes of a drawing are. */
function ringed(middle: cytoscape.Position, at: number): cytoscape.Position {
  const ring = Math.floor((1 + Math.sqrt(1 + (4 * at) / 3)) / 2);
  const within = at - 3 * ring * (ring - 1);
  const angle = (2 * Math.PI * within) / (6 * ring);
  const [far, x, y] = [ring * ROOM, Math.cos(angle), Math.sin(angle)];
  return { x: middle.x + far * x, y: middle.y + far * y };
}

function tie(one: Tie): cytoscape.ElementDefinition {
  return { group: "edges", data: one };
}

/** Pixels across. */
function size(one: cytoscape.NodeSingular): number {
  return Math.min(6 + 2.4 * Math.sqrt(one.data("degree") || 0), 24);
}

/** The square that a node covers on the screen. */
function disc(one: cytoscape.NodeSingular): Box {
  const [{ x, y }, half] = [one.renderedPosition(), size(one) / 2];
  return [x - half, y - half, x + half, y + half];
}

function apart(one: Box, other: Box): boolean {
  return one[0] > other[2] || other[0] > one[2] || one[1] > other[3] || other[1] > one[3];
}

function rank(one: cytoscape.SingularElementArgument): number {
  return one.data("degree") || 0;
}

/** What the server's units are to be multiplied by, so that nodes stand as far apart in any graph. */
function spread(nodes: Vertex[]): number {
  const [xs, ys] = [nodes.map((one) => one.x), nodes.map((one) => one.y)];
  const reach = Math.max(...xs) - Math.min(...xs) + Math.max(...ys) - Math.min(...ys);
  return reach ? (2 * ROOM * Math.sqrt(nodes.length)) / reach : 1;
}

/** How far a node lies in a direction; what lies aside counts twice, what lies behind not at all. */
function distance(
  from: cytoscape.NodeSingular,
  to: cytoscape.NodeSingular,
  dx: number,
  dy: number,
): number {
  const [x, y] = [to.position().x - from.position().x, to.position().y - from.position().y];
  const [along, aside] = [x * dx + y * dy, Math.abs(x * dy) + Math.abs(y * dx)];
  return along > 0 && along >= aside / 2 ? along + 2 * aside : Infinity;
}

/**
 * Cytoscape adds a <style> of one rule unless an element with this id is there; the page's policy
 * forbids that. The rule stands in style.css.
 */
function keepPolicy(): void {
  const id = "__________cytoscape_stylesheet";
  if (!document.getElementById(id)) document.head.append(element("meta", { id }));
}
