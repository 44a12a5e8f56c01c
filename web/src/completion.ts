// What can be written at the cursor: terms of the vocabulary, prefixes and the query's variables.

import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";

interface Word {
  term: string;
  kind: string;
  label: string;
  meaning: string;
}

export interface Vocabulary {
  prefixes: Record<string, string>;
  words: Word[];
}

type Source = (context: CompletionContext) => Promise<CompletionResult | null>;

export function completing(vocabulary: Promise<Vocabulary>): Source {
  const options = vocabulary.then(known).catch(() => []);
  return async (context) => {
    const variable = context.matchBefore(/\?\w*/);
    if (variable) return { from: variable.from, options: variables(context), validFor: /^\?\w*$/ };
    const term = context.matchBefore(/<?[\w-]*:?[\w\/-]*/);
    if (!term || (term.from === term.to && !context.explicit)) return null;
    return { from: term.from, options: await options, validFor: /^<?[\w-]*:?[\w\/-]*$/ };
  };
}

function known({ prefixes, words }: Vocabulary): Completion[] {
  const terms = words.map((one) => ({
    label: one.term,
    detail: one.label,
    info: one.meaning || undefined,
    type: one.kind,
    apply: (view: EditorView, _: Completion, from: number, to: number) =>
      write(view, one.term, from, to, prefixes),
  }));
  const starts = Object.entries(prefixes).map(([name, iri]) => ({
    label: `PREFIX ${name}:`,
    apply: `PREFIX ${name}: <${iri}>\n`,
    detail: iri,
  }));
  return [...terms, ...starts];
}

/** Write a term, and its PREFIX line at the top where the query has none. */
function write(
  view: EditorView,
  term: string,
  from: number,
  to: number,
  prefixes: Record<string, string>,
): void {
  const name = term.startsWith("<") ? "" : term.slice(0, term.indexOf(":"));
  const iri = prefixes[name];
  const there = new RegExp(`prefix\\s+${name}\\s*:`, "i").test(view.state.doc.toString());
  const line = iri && !there ? `PREFIX ${name}: <${iri}>\n` : "";
  view.dispatch({
    changes: [
      ...(line ? [{ from: 0, insert: line }] : []),
      { from, to, insert: term },
    ],
    selection: { anchor: line.length + from + term.length },
  });
}

function variables(context: CompletionContext): Completion[] {
  const text = context.state.doc.toString();
  const here = context.matchBefore(/\?\w*/)?.text;
  const found = new Set(text.match(/\?\w+/g) ?? []);
  return [...found].filter((one) => one !== here).map((label) => ({ label, type: "variable" }));
}
