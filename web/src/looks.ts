// Colours of the stylesheet, for what is drawn on a canvas. They change with light and dark.

const KINDS: Record<string, string> = {
  person: "--accent",
  organization: "--good",
  state: "--good",
  outlet: "--good",
  event: "--event-edge",
  statement: "--statement-edge",
  place: "--statement-edge",
  article: "--soft",
};
const TIES: [string, string][] = [
  ["request ask order", "--event-edge"],
  ["accuse condemn threaten assault coerce sanction", "--bad"],
  ["deny reject", "--warn"],
  ["agree consult support cooperate aid", "--good"],
];
const COMMUNITIES = 8;

/** So that nothing is told by colour alone. */
const SHAPES: Record<string, string> = {
  organization: "rectangle",
  state: "hexagon",
  group: "polygon",
  document: "rhomboid",
  event: "diamond",
  statement: "round-rectangle",
  place: "triangle",
  outlet: "pentagon",
  article: "cut-rectangle",
};
const HEADS: [string, string][] = [
  ["request ask order", "vee"],
  ["deny reject", "tee"],
  ["agree consult support cooperate aid", "circle"],
];

/** The value of a custom property now. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function ofKind(kind: string): string {
  return colour(KINDS[kind] ?? "--soft");
}

export function ofTie(kind: string): string {
  const word = kind.toLowerCase();
  return colour(TIES.find(([words]) => words.split(" ").includes(word))?.[1] ?? "--soft");
}

export function ofCommunity(number: number): string {
  return colour(`--community-${number % COMMUNITIES}`);
}

export function shapeOf(kind: string): string {
  return SHAPES[kind] ?? "ellipse";
}

/** The head of an arrow. */
export function headOf(kind: string): string {
  const word = kind.toLowerCase();
  return HEADS.find(([words]) => words.split(" ").includes(word))?.[1] ?? "triangle";
}

/** Call back when the reader turns to light or dark. */
export function onScheme(act: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", act);
}
