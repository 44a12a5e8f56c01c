// A map as SVG that follows drag, wheel, fingers and keys. Extents are drawn as extents.

import { type GeoProjection, geoMercator, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { drawn } from "./page";

export interface Spot {
  name: string;
  title: string;
  href: string;
  number: number;
  vague: boolean;
  extent: boolean;
  south: number;
  west: number;
  north: number;
  east: number;
}

export interface Town {
  name: string;
  latitude: number;
  longitude: number;
}

type Point = [number, number];
type Box = [number, number, number, number];
const LEAST = 5;
/** Degrees that a map shows at least, so that one town is not all there is. */
const MOST = 400_000;
const MOVES: Record<string, Point> = {
  ArrowLeft: [60, 0],
  ArrowRight: [-60, 0],
  ArrowUp: [0, 60],
  ArrowDown: [0, -60],
};
const LETTER = 7.2;

export class Chart {
  private readonly projection: GeoProjection = geoMercator();
  private readonly ground = drawn("path", { class: "land" });
  private readonly around = drawn("g", { "aria-hidden": "true" });
  private readonly marks = drawn("g");
  private shape: GeoJSON.GeoJsonObject | null = null;
  private waiting = false;
  private readonly fingers = new Map<number, Point>();

  constructor(
    private readonly stage: SVGSVGElement,
    private readonly spots: Spot[],
    private readonly towns: Town[],
  ) {
    stage.append(this.ground, this.around, this.marks);
    stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    stage.addEventListener("pointerdown", (event) => this.down(event));
    stage.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel", "pointerleave"])
      stage.addEventListener(name, (event) => this.fingers.delete((event as PointerEvent).pointerId));
    stage.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.later()).observe(stage);
  }

  coast(world: Topology<{ land: GeometryCollection }>): void {
    this.shape = feature(world, world.objects.land);
    this.later();
  }

  /** Everything that is marked, in the middle. */
  all(): void {
    const [width, height] = this.size();
    const south = Math.min(...this.spots.map((one) => one.south));
    const north = Math.max(...this.spots.map((one) => one.north));
    const west = Math.min(...this.spots.map((one) => one.west));
    const east = Math.max(...this.spots.map((one) => one.east));
    const [x, y] = [Math.max(LEAST - (east - west), 0) / 2, Math.max(LEAST - (north - south), 0) / 2];
    const corners: Point[] = [
      [west - x, Math.max(south - y, -84)],
      [east + x, Math.min(north + y, 84)],
    ];
    this.projection.rotate([-(west + east) / 2, 0]);
    this.projection.fitExtent(
      [
        [60, 40],
        [width - 60, height - 40],
      ],
      { type: "MultiPoint", coordinates: corners },
    );
    this.later();
  }

  zoom(factor: number, at?: Point): void {
    const [width, height] = this.size();
    const [x, y] = at ?? [width / 2, height / 2];
    const scale = this.projection.scale();
    const next = Math.min(Math.max(scale * factor, width / 8), MOST);
    const [dx, dy] = this.projection.translate();
    const k = next / scale;
    this.projection.scale(next).translate([x + (dx - x) * k, y + (dy - y) * k]);
    this.later();
  }

  private pan(x: number, y: number): void {
    const [dx, dy] = this.projection.translate();
    this.projection.translate([dx + x, dy + y]);
    this.later();
  }

  private size(): Point {
    return [this.stage.clientWidth || 960, this.stage.clientHeight || 560];
  }

  private later(): void {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.draw();
    });
  }

  private draw(): void {
    const [width, height] = this.size();
    this.projection.clipExtent([
      [-20, -20],
      [width + 20, height + 20],
    ]);
    this.stage.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const path = this.shape ? geoPath(this.projection)(this.shape as never) : "";
    this.ground.setAttribute("d", path ?? "");
    if (this.marks.childElementCount) this.moveMarks();
    else this.makeMarks();
    this.name();
  }

  private makeMarks(): void {
    const order = [...this.spots].sort((a, b) => Number(b.extent) - Number(a.extent));
    this.spots.splice(0, this.spots.length, ...order);
    for (const one of this.spots) {
      const shape = one.extent
        ? drawn("rect", { class: "extent" })
        : drawn("circle", { class: one.vague ? "pin vague" : "pin", r: radius(one) });
      const words = drawn("text", { class: "halo name", "font-size": 13, "text-anchor": "middle" });
      words.textContent = one.name;
      this.marks.append(
        drawn("a", { href: one.href, "aria-label": one.title }, drawn("title", {}, one.title), shape, words),
      );
    }
    this.moveMarks();
  }

  private moveMarks(): void {
    this.spots.forEach((one, number) => {
      const [shape, words] = [...this.marks.children[number]!.children].slice(1);
      const [left, bottom] = this.at(one.south, one.west);
      const [right, top] = this.at(one.north, one.east);
      if (one.extent) {
        shape!.setAttribute("x", `${left}`);
        shape!.setAttribute("y", `${top}`);
        shape!.setAttribute("width", `${Math.max(right - left, 1)}`);
        shape!.setAttribute("height", `${Math.max(bottom - top, 1)}`);
      } else {
        shape!.setAttribute("cx", `${left}`);
        shape!.setAttribute("cy", `${bottom}`);
      }
      words!.setAttribute("x", `${(left + right) / 2}`);
      words!.setAttribute("y", `${one.extent ? (top + bottom) / 2 : bottom + radius(one) + 13}`);
    });
  }

  /** Where a place is on the screen, east of the west side of what lies across the date line. */
  private at(latitude: number, longitude: number): Point {
    const found = this.projection([longitude, Math.min(Math.max(latitude, -84), 84)]);
    return found ?? [-999, -999];
  }

  /** Names where there is room, what happened most first, towns for orientation last. */
  private name(): void {
    const taken: Box[] = [];
    const order = this.spots.map((one, at) => ({ one, at })).sort((a, b) => b.one.number - a.one.number);
    for (const { one, at } of order) {
      const words = this.marks.children[at]!.querySelector("text")!;
      const [x, y] = [Number(words.getAttribute("x")), Number(words.getAttribute("y"))];
      const free = claim(taken, x, y, one.name, LETTER);
      words.setAttribute("visibility", free ? "visible" : "hidden");
    }
    this.around.replaceChildren(...this.towns.flatMap((one) => this.town(taken, one)));
  }

  private town(taken: Box[], one: Town): SVGElement[] {
    const [x, y] = this.at(one.latitude, one.longitude);
    if (!claim(taken, x, y - 6, one.name, LETTER - 1)) return [];
    const words = drawn("text", { class: "halo town", "font-size": 11, "text-anchor": "middle", x, y: y - 6 });
    words.textContent = one.name;
    return [drawn("circle", { class: "town", cx: x, cy: y, r: 2 }), words];
  }

  private wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey && document.activeElement !== this.stage) return;
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY / 400), [event.offsetX, event.offsetY]);
  }

  private down(event: PointerEvent): void {
    this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
  }

  private move(event: PointerEvent): void {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const now: Point = [event.clientX, event.clientY];
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.fingers.set(event.pointerId, now);
    if (other) {
      const box = this.stage.getBoundingClientRect();
      this.zoom(apart(now, other) / (apart(before, other) || 1), [
        (now[0] + other[0]) / 2 - box.left,
        (now[1] + other[1]) / 2 - box.top,
      ]);
    } else this.pan(now[0] - before[0], now[1] - before[1]);
  }

  private key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const way = MOVES[event.key];
    if (way) this.pan(...way);
    else if (event.key === "+") this.zoom(1.6);
    else if (event.key === "-") this.zoom(1 / 1.6);
    else if (event.key === "0") this.all();
    else return;
    event.preventDefault();
  }
}

/** Whether a name finds room around a point; what it takes is noted. */
function claim(taken: Box[], x: number, y: number, name: string, letter: number): boolean {
  const half = (name.length * letter) / 2;
  const box: Box = [x - half, y - 13, x + half, y + 3];
  const free = taken.every((b) => box[0] > b[2] || box[2] < b[0] || box[1] > b[3] || box[3] < b[1]);
  if (free) taken.push(box);
  return free;
}

function radius(one: Spot): number {
  return Math.min(5 + 1.5 * Math.sqrt(one.number), 18);
}

function apart([x, y]: Point, [a, b]: Point): number {
  return Math.hypot(x - a, y - b);
}
