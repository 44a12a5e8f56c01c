// What a page gives its islands: their words, and where records are.

const meta = document.querySelector<HTMLMetaElement>("meta[name=islands]");
const given: { words: Record<string, string>; base: string; root: string; land: string } = JSON.parse(
  meta?.content ?? "{}",
);

export const land = given.land;

/** A text of the catalogue (api/strings.toml), with its gaps filled. */
export function say(name: string, gaps: Record<string, string | number> = {}): string {
  const text = given.words[name];
  if (text === undefined) throw new Error(`no words for ${name}`);
  return text.replace(/\{(\w+)\}/g, (_, gap: string) => String(gaps[gap]));
}

/** The address on this server of an IRI of this store, or null where there is no page of it. */
export function address(iri: string): string | null {
  if (iri.startsWith(given.base)) return `${given.root}/${iri.slice(given.base.length)}`;
  return /^https?:/.test(iri) ? iri : null;
}

export function here(path: string): string {
  return given.root + path;
}

type Attributes = Record<string, string | number | boolean | ((event: Event) => void)>;
type Child = Node | string | null;

/** An element with attributes, listeners (functions) and children. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  dress(made, attributes);
  made.append(...children.filter((one) => one !== null));
  return made;
}

export function drawn<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  dress(made, attributes);
  made.append(...children.filter((one) => one !== null));
  return made;
}

export function button(words: string, act: () => void): HTMLButtonElement {
  return element("button", { type: "button", click: act }, words);
}

function dress(made: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false) made.setAttribute(name, String(value));
  }
}

/** JSON of this server; an error that a person can read. */
export async function json<T>(url: string, accept = "application/json"): Promise<T> {
  const answer = await fetch(url, { headers: { Accept: accept } });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail ?? `${answer.status}`);
  return body as T;
}
