import { isAlias, isNode, LineCounter, parseDocument, type Document, type Node } from "yaml";

import { UsageError } from "../../../core/mod.ts";
import { PlanNode, type PlanText } from "./plan-node.ts";

/**
 * Opens a YAML text.
 *
 * @param name How complaints call the file.
 * @throws UsageError with the line, when the text is no YAML.
 */
export function openPlan(name: string, text: string): PlanNode {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: "1.2", prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    throw new UsageError(`${name}:${lines.linePos(error.pos[0]).line}: ${error.message}`, "mend the YAML there");
  }
  return new PlanNode(new YamlText(name, document, lines), document.contents, "");
}

class YamlText implements PlanText {
  readonly #name: string;
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;

  constructor(name: string, document: Document.Parsed, lines: LineCounter) {
    this.#name = name;
    this.#document = document;
    this.#lines = lines;
  }

  place(node: Node | null): string {
    const offset = node?.range?.[0];
    return offset === undefined ? this.#name : `${this.#name}:${this.#lines.linePos(offset).line}`;
  }

  resolved(value: unknown): Node | null {
    if (isAlias(value)) return value.resolve(this.#document) ?? null;
    return isNode(value) ? value : null;
  }
}
