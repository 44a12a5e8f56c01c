// The map island: the places that the page drew, to move in and to look at closely.

import { Chart, type Spot, type Town } from "./chart";
import { button, drawn, element, json, land, say } from "./page";

for (const figure of document.querySelectorAll<HTMLElement>("figure.map")) void start(figure);

async function start(figure: HTMLElement): Promise<void> {
  const before = figure.querySelector("svg");
  if (!before) return;
  const spots = [...before.querySelectorAll<SVGAElement>("a[data-at], a[data-box]")].map(read);
  const towns = [...before.querySelectorAll<SVGTextElement>("text.town[data-at]")].map(town);
  const stage = drawn("svg", {
    class: "figure stage",
    role: "group",
    tabindex: 0,
    "aria-label": say("map_stage", { number: spots.length }),
  });
  before.replaceWith(stage);
  figure.classList.add("alive");
  const chart = new Chart(stage, spots, towns);
  figure.prepend(tools(chart));
  chart.all();
  chart.coast(await json(land));
}

/** A place as the server wrote it into its drawing; degrees, south before west. */
function read(mark: SVGAElement): Spot {
  const numbers = (mark.dataset.at ?? mark.dataset.box ?? "").split(" ").map(Number);
  const [south = 0, west = 0, north = south, east = west] = numbers;
  return {
    name: mark.dataset.name ?? "",
    title: mark.querySelector("title")?.textContent ?? "",
    href: mark.getAttribute("href") ?? "",
    number: Number(mark.dataset.number ?? 1),
    vague: mark.dataset.vague !== undefined,
    extent: mark.dataset.box !== undefined,
    south,
    west,
    north,
    east,
  };
}

/** A large town, for orientation. */
function town(words: SVGTextElement): Town {
  const [latitude = 0, longitude = 0] = (words.dataset.at ?? "").split(" ").map(Number);
  return { name: words.textContent ?? "", latitude, longitude };
}

function tools(chart: Chart): HTMLElement {
  return element(
    "div",
    { class: "tools" },
    element(
      "div",
      { class: "bar" },
      button(say("zoom_in"), () => chart.zoom(1.6)),
      button(say("zoom_out"), () => chart.zoom(1 / 1.6)),
      button(say("zoom_all"), () => chart.all()),
    ),
    element("p", { class: "note-text" }, say("map_keys")),
  );
}
