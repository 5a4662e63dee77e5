import { isMap, isScalar, isSeq, type Node } from "yaml";

import { isDuration, ms, nearestNames, UsageError } from "../../../core/mod.ts";

/** The file that a value stands in. */
export interface PlanText {
  /** `plan.yaml:12` */
  place(node: Node | null): string;
  /** What an alias stands for; anything else stands for itself. */
  resolved(value: unknown): Node | null;
}

/** A value of a YAML file that knows where it stands, so that every complaint leads there. */
export class PlanNode {
  readonly #file: PlanText;
  readonly #node: Node | null;
  /** What it is called in complaints: `configurations.small.shards`. */
  readonly path: string;

  constructor(file: PlanText, node: Node | null, path: string) {
    this.#file = file;
    this.#node = node;
    this.path = path;
  }

  /** The values of a table by key. A key that is not known is refused, with the nearest one that is. */
  table<Key extends string>(known: readonly Key[]): Partial<Record<Key, PlanNode>> {
    const entries = this.entries();
    for (const [key, node] of entries) {
      if ((known as readonly string[]).includes(key)) continue;
      const [nearest] = nearestNames(key, known);
      throw node.complaint(
        `unknown key "${key}"`,
        nearest === undefined ? `there is ${known.join(", ")}` : `did you mean "${nearest}"?`,
      );
    }
    return Object.fromEntries(entries) as Partial<Record<Key, PlanNode>>;
  }

  /** The entries of a table whose keys are names. */
  entries(): [string, PlanNode][] {
    if (!isMap(this.#node)) throw this.#notA("table", 'write keys and values, such as "shards: 8"');
    return this.#node.items.map(({ key, value }) => {
      const name = isScalar(key) ? String(key.value) : "";
      const path = this.path === "" ? name : `${this.path}.${name}`;
      return [name, new PlanNode(this.#file, this.#file.resolved(value), path)];
    });
  }

  list(most: number): PlanNode[] {
    if (!isSeq(this.#node)) throw this.#notA("list", "write it like [0.5, 0.8]");
    const { items } = this.#node;
    if (items.length === 0 || items.length > most)
      throw this.complaint(`has ${items.length} entries`, `give 1 to ${most}`);
    return items.map((item, index) => new PlanNode(this.#file, this.#file.resolved(item), `${this.path}[${index}]`));
  }

  isText(): boolean {
    return typeof this.#value() === "string";
  }

  text(): string {
    const value = this.#value();
    if (typeof value !== "string" && typeof value !== "number") throw this.#notA("text", "write a word or a sentence");
    return `${value}`;
  }

  oneOf<Word extends string>(words: readonly Word[]): Word {
    const text = this.text();
    const word = words.find((each) => each === text);
    if (word !== undefined) return word;
    const [nearest] = nearestNames(text, words);
    throw this.complaint(
      `"${text}" is none of ${words.join(", ")}`,
      nearest === undefined ? `choose one of them` : `did you mean "${nearest}"?`,
    );
  }

  number(least: number, most: number): number {
    const value = this.#value();
    if (typeof value !== "number" || !Number.isFinite(value))
      throw this.#notA("number", `give one from ${least} to ${most}, without a unit`);
    return this.#within(value, least, most, `${value}`);
  }

  whole(least: number, most: number): number {
    const value = this.number(least, most);
    if (!Number.isInteger(value))
      throw this.complaint(`${value} is not whole`, `give a whole number from ${least} to ${most}`);
    return value;
  }

  /** Milliseconds from `250ms`, `30s`, `2m`. */
  durationMs(leastMs: number, mostMs: number): number {
    const text = this.text();
    const positive = text.replace(/^-/, "");
    if (!isDuration(positive))
      throw this.complaint(`"${text}" is no duration`, 'write it with its unit, such as "250ms", "30s" or "2m"');
    return this.#within(text === positive ? ms(positive) : -ms(positive), leastMs, mostMs, text, "ms");
  }

  /** A number and its unit, such as `1000/s`, `10%`, `1KiB`; each unit with its factor. */
  quantity(units: Readonly<Record<string, number>>, least: number, most: number): number {
    const text = this.text();
    const parts = /^(-?\d+(?:\.\d+)?)\s*(\D*)$/.exec(text);
    const factor = Object.hasOwn(units, parts?.[2] ?? "") ? units[parts?.[2] ?? ""] : undefined;
    const examples = Object.keys(units).map((unit) => `"10${unit}"`);
    if (!parts || factor === undefined)
      throw this.complaint(`"${text}" has no unit that fits`, `write it like ${examples.join(", ")}`);
    return this.#within(Number(parts[1]) * factor, least, most, text);
  }

  /** A complaint that leads to this place. */
  complaint(what: string, hint: string): UsageError {
    const subject = this.path === "" ? "" : ` ${this.path}:`;
    return new UsageError(`${this.#file.place(this.#node)}:${subject} ${what}`, hint);
  }

  #within(value: number, least: number, most: number, written: string, unit = ""): number {
    if (value >= least && value <= most) return value;
    throw this.complaint(
      `${written} is ${value < least ? "too little" : "too much"}`,
      `give ${least} to ${most}${unit === "" ? "" : ` ${unit}`}`,
    );
  }

  #value(): unknown {
    return isScalar(this.#node) ? this.#node.value : undefined;
  }

  #notA(kind: string, hint: string): UsageError {
    return this.complaint(`this is no ${kind}`, hint);
  }
}
