// The graph island: the drawing of /graph to move in, with the server's positions.

import { Canvas } from "./canvas";
import { Panel } from "./panel";
import { type Graph, asked, around, between } from "./graphs";
import { button, element, say } from "./page";

const figure = document.querySelector<HTMLElement>("figure#drawing");
if (figure) void start(figure);

async function start(place: HTMLElement): Promise<void> {
  const status = element("p", { class: "status small", role: "status", "aria-live": "polite" });
  const tell = (words: string): void => void (status.textContent = words);
  let found: Graph;
  try {
    found = await asked();
  } catch (error) {
    tell(say("graph_failed", { why: String(error) }));
    place.before(status);
    return;
  }
  if (!found.nodes.length) return;
  const stage = element("div", {
    class: "stage",
    tabindex: 0,
    role: "application",
    "aria-label": say("graph_stage", { nodes: found.nodes.length, edges: found.edges.length }),
    "aria-describedby": "stage-keys",
  });
  place.querySelector("svg")?.remove();
  const canvas = new Canvas(stage, found);
  const panel = new Panel(canvas, {
    expand: (id) => more(around(id), id),
    path: (one, other) => more(between(one, other), null, [one, other]),
  });
  const beside = element("div", { class: "beside" }, stage, panel.element);
  place.prepend(tools(canvas), beside, status);
  place.classList.add("alive");
  canvas.begin();
  canvas.onSelect((id) => {
    panel.show(id);
    if (id) tell(canvas.words(id));
  });

  async function more(
    wanted: Promise<Graph>,
    centre: string | null,
    ends?: [string, string],
  ): Promise<void> {
    tell(say("graph_asking"));
    try {
      const got = await wanted;
      // Two parts, and a part and the whole, have positions of their own each.
      const alike = got.whole && found.whole;
      const added = canvas.add(got, alike ? null : (centre ?? ends?.[0]));
      // What is chosen is told too: before what came of the request, which stays to be read.
      if (centre) canvas.select(centre);
      if (ends) tell(canvas.mark(ends) ? say("graph_path_shown") : say("graph_no_path"));
      else if (got.whole) tell(say("graph_added", { nodes: added }));
      else tell(say("graph_newest", { nodes: added }));
    } catch (error) {
      tell(say("graph_failed", { why: error instanceof Error ? error.message : String(error) }));
    }
  }
}

/** Buttons above the drawing, and a field that finds a name. */
function tools(canvas: Canvas): HTMLElement {
  const names = element("datalist", { id: "graph-names" });
  names.append(...canvas.names().map((name) => element("option", { value: name })));
  const find: HTMLInputElement = element("input", {
    id: "graph-find",
    type: "search",
    list: "graph-names",
    input: () => canvas.look(find.value),
    change: () => canvas.go(find.value),
  });
  const groups: HTMLInputElement = element("input", {
    id: "graph-communities",
    type: "checkbox",
    change: () => canvas.communities(groups.checked),
  });
  const keys = element("p", { id: "stage-keys", class: "note-text" }, say("graph_keys"));
  return element(
    "div",
    { class: "tools" },
    element(
      "div",
      { class: "bar" },
      element("div", {}, element("label", { for: "graph-find" }, say("graph_find")), find, names),
      button(say("zoom_in"), () => canvas.zoom(1.4)),
      button(say("zoom_out"), () => canvas.zoom(1 / 1.4)),
      button(say("zoom_all"), () => canvas.all()),
      canvas.hasCommunities()
        ? element(
            "label",
            { class: "check", for: "graph-communities" },
            groups,
            ` ${say("graph_communities")}`,
          )
        : null,
    ),
    keys,
  );
}
