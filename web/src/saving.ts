// Keeping a query on the server, beside the named ones, for whoever has the operator's token.

import { element, here, say } from "./page";

export function saving(query: () => string): HTMLElement {
  const [name, question, token] = [
    field("save-name", say("editor_name"), { pattern: "[a-z0-9][a-z0-9-]*" }),
    field("save-question", say("editor_question"), {}),
    field("save-token", say("editor_token"), { type: "password", autocomplete: "off" }),
  ];
  const status = element("p", { role: "status", class: "small" });
  const keep = element(
    "button",
    { type: "button", click: () => void put(name!, question!, token!, query(), status) },
    say("editor_save"),
  );
  return element(
    "details",
    {},
    element("summary", {}, say("editor_save")),
    element("div", { class: "filters bar" }, ...[name!, question!, token!].map((one) => one.parentElement!), keep),
    status,
  );
}

function field(id: string, words: string, more: Record<string, string>): HTMLInputElement {
  const made = element("input", { id, type: "text", ...more });
  element("div", {}, element("label", { for: id }, words), made);
  return made;
}

async function put(
  name: HTMLInputElement,
  question: HTMLInputElement,
  token: HTMLInputElement,
  query: string,
  status: HTMLElement,
): Promise<void> {
  const words = question.value.trim() || name.value;
  const answer = await fetch(here(`/queries/${encodeURIComponent(name.value)}`), {
    method: "PUT",
    headers: { "Content-Type": "application/sparql-query", Authorization: `Bearer ${token.value}` },
    body: `# title: ${words}\n# question: ${words}\n#\n# Saved on the SPARQL page.\n\n${query}`,
  });
  if (answer.ok) {
    const link = element("a", { href: here(`/queries/${name.value}`) }, name.value);
    const [before, after] = say("editor_kept", { name: "\0" }).split("\0");
    status.replaceChildren(before ?? "", link, after ?? "");
  } else {
    const problem = await answer.json().catch(() => ({}));
    status.textContent = say("editor_not_kept", { why: problem.detail ?? String(answer.status) });
  }
}
