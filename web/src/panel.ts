// What is selected in a graph, in words: its page, its ties, and where to go from it.

import type { Canvas } from "./canvas";
import type { Tie, Vertex } from "./graphs";
import { address, button, element, say } from "./page";

const SHOWN = 30;

interface Acts {
  expand(id: string): void;
  path(one: string, other: string): void;
}

export class Panel {
  readonly element = element("section", { class: "card panel", "aria-label": say("graph_chosen") });
  private start: string | null = null;

  constructor(
    private readonly canvas: Canvas,
    private readonly acts: Acts,
  ) {
    this.show(null);
  }

  show(id: string | null): void {
    if (id === null) this.element.replaceChildren(element("p", {}, say("graph_nothing_chosen")));
    else if (this.canvas.isEdge(id)) this.element.replaceChildren(...this.tie(id));
    else this.element.replaceChildren(...this.vertex(id));
  }

  private vertex(id: string): HTMLElement[] {
    const found = this.canvas.data(id) as Vertex;
    const ties = this.canvas.ties(id);
    const listed = ties.slice(0, SHOWN).map((one) => element("li", {}, ...this.line(one)));
    const rest = ties.length - listed.length;
    return [
      element("h3", {}, leads(found.url ?? id, found.label)),
      element("p", { class: "small soft" }, [found.text, found.edtf].filter(Boolean).join(" · ")),
      element("p", { class: "bar" }, ...this.buttons(id)),
      element("ul", { class: "plain small" }, ...listed),
      element("p", { class: "soft small" }, rest > 0 ? say("graph_more_ties", { number: rest }) : ""),
    ];
  }

  private buttons(id: string): HTMLElement[] {
    const found = [button(say("graph_expand"), () => this.acts.expand(id))];
    const start = this.start;
    if (start && start !== id) {
      const words = say("graph_path_to", { from: this.canvas.label(start) });
      found.push(button(words, () => this.acts.path(start, id)));
    }
    found.push(
      button(say("graph_path_from"), () => {
        this.start = id;
        this.show(id);
      }),
    );
    return found;
  }

  private tie(id: string): HTMLElement[] {
    const found = this.canvas.data(id) as Tie;
    return [
      element("h3", {}, leads(found.url, this.canvas.words(id))),
      element("p", { class: "small" }, found.quotation ?? ""),
      element("p", { class: "small soft" }, [found.edtf, found.factuality].filter(Boolean).join(" · ")),
    ];
  }

  private line(one: Tie): (Node | string)[] {
    const [source, target] = [this.canvas.label(one.source), this.canvas.label(one.target)];
    return [`${source} → `, leads(one.url, one.label), ` → ${target}`];
  }
}

function leads(iri: string, words: string): HTMLElement {
  const to = address(iri);
  return to ? element("a", { href: to }, words) : element("span", {}, words);
}
