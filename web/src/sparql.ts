// The SPARQL island: an editor over the text area that completes from our vocabulary.

import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { EditorState } from "@codemirror/state";
import { Decoration, EditorView, drawSelection, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { type Vocabulary, completing } from "./completion";
import { element, here, json, say } from "./page";
import { saving } from "./saving";

const looks = EditorView.theme({
  "&": { border: "1px solid var(--line)", borderRadius: "0.35rem", background: "var(--card)" },
  "&.cm-focused": { outline: "3px solid var(--statement-edge)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontSize: "0.9rem", lineHeight: "1.5" },
  ".cm-content": { color: "var(--ink)", caretColor: "var(--ink)", minHeight: "9rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { background: "var(--paper)", color: "var(--soft)", border: "none" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--event)",
  },
  ".cm-tooltip": { background: "var(--card)", color: "var(--ink)", border: "1px solid var(--line)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionInfo": { maxWidth: "24rem", padding: "0.5rem" },
  ".wrong": { background: "color-mix(in srgb, var(--bad) 25%, transparent)" },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--link)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--good)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.variableName, tags.local(tags.variableName)], color: "var(--warn)" },
  { tag: tags.atom, color: "var(--good)" },
]);

function start(text: HTMLTextAreaElement, form: HTMLFormElement): void {
  const host = element("div", { class: "editor" });
  // Inside a shadow root CodeMirror's styles are constructed sheets, which the policy allows.
  const shadow = host.attachShadow({ mode: "open" });
  text.after(host);
  const vocabulary = json<Vocabulary>(here("/vocabulary.json"));
  const view = new EditorView({
    root: shadow,
    parent: shadow,
    state: EditorState.create({
      doc: text.value.trim() + "\n",
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        EditorView.lineWrapping,
        StreamLanguage.define(sparql),
        syntaxHighlighting(colours),
        autocompletion({ override: [completing(vocabulary)], icons: false }),
        keymap.of([
          { key: "Ctrl-Enter", mac: "Cmd-Enter", run: () => (form.requestSubmit(), true) },
          ...completionKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        EditorView.domEventHandlers({ beforeinput: overwrite }),
        EditorView.contentAttributes.of({ "aria-label": say("editor"), spellcheck: "false" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) text.value = update.state.doc.toString();
        }),
        EditorView.decorations.of(wrong(text.value)),
        looks,
      ],
    }),
  });
  text.hidden = true;
  text.required = false;
  form.querySelector("label")?.addEventListener("click", () => view.focus());
  form.append(
    element("p", { class: "note-text" }, say("editor_keys")),
    saving(() => view.state.doc.toString()),
  );
}

/** What is typed over a selection: the browser would write a style attribute, which the policy forbids. */
function overwrite(event: InputEvent, view: EditorView): boolean {
  const typed = event.inputType === "insertText" && !view.composing ? event.data : null;
  if (!typed || view.state.selection.main.empty) return false;
  view.dispatch(view.state.replaceSelection(typed), { userEvent: "input.type" });
  event.preventDefault();
  return true;
}

/** The line that the server could not read, marked. */
function wrong(text: string): ReturnType<typeof Decoration.set> {
  const line = Number(document.querySelector<HTMLElement>("[data-line]")?.dataset.line ?? 0);
  const begins = text.trim().split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  return line ? Decoration.set(Decoration.line({ class: "wrong" }).range(begins)) : Decoration.none;
}

const area = document.querySelector<HTMLTextAreaElement>("textarea#query");
if (area?.form) start(area, area.form);
