import { isPlainObject } from "./json-value.ts";
import { suggestion, type Mistakes } from "./mistakes.ts";

/** The least and the most of a number, both allowed. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** A year: whoever wants more has mistaken the unit. */
export const mostSeconds = 365 * 24 * 60 * 60;

/**
 * The fields of one object of a document. What has the wrong type is noted as a mistake, and read as if it were not
 * there, so that the rest is looked at too.
 */
export class Fields {
  readonly path: string;
  readonly mistakes: Mistakes;
  readonly #isObject: boolean;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #known: string[] = [];

  constructor(value: unknown, path: string, mistakes: Mistakes) {
    this.path = path;
    this.mistakes = mistakes;
    this.#isObject = isPlainObject(value);
    this.#values = isPlainObject(value) ? value : {};
    if (!this.#isObject) mistakes.add(path, `must be an object, not ${kindOf(value)}`);
  }

  /** Anything. */
  any(key: string): unknown {
    if (!this.#known.includes(key)) this.#known.push(key);
    return Object.hasOwn(this.#values, key) ? this.#values[key] : undefined;
  }

  /** A text, which is not empty unless that is allowed. */
  text(key: string, mostLength: number, leastLength = 1): string | undefined {
    const value = this.#typed(key, "a text", (each) => typeof each === "string");
    if (value === "" && leastLength > 0) return this.#wrong(key, "must not be empty");
    const length = value?.length ?? 0;
    if (length > mostLength) return this.#wrong(key, `must have at most ${mostLength} characters, not ${length}`);
    return value;
  }

  /** A number, of the unit that its name ends in. */
  number(key: string, { least, most }: Bounds): number | undefined {
    const value = this.#typed(key, "a number", (each): each is number => Number.isFinite(each));
    if (value === undefined || (value >= least && value <= most)) return value;
    return this.#wrong(key, `must be from ${least} to ${most}, not ${value}`);
  }

  /** A whole number. */
  count(key: string, range: Bounds): number | undefined {
    const value = this.number(key, range);
    return value === undefined || Number.isInteger(value) ? value : this.#wrong(key, `must be whole, not ${value}`);
  }

  /** Seconds, or fractions of them, above 0; as milliseconds. */
  seconds(key: string): number | undefined {
    const value = this.number(key, { least: 0.001, most: mostSeconds });
    return value === undefined ? undefined : Math.round(value * 1_000);
  }

  /** A list. */
  list(key: string, kind = "a list"): readonly unknown[] | undefined {
    return this.#typed(key, kind, (each): each is unknown[] => Array.isArray(each));
  }

  /** Notes that a field must be there. */
  require<T>(key: string, value: T | undefined): T | undefined {
    if (this.#isObject && !Object.hasOwn(this.#values, key)) this.mistakes.add(this.at(key), "is missing");
    return value;
  }

  /** Notes every field that nobody asked for. */
  end(): void {
    const unknown = Object.keys(this.#values).filter((key) => !this.#known.includes(key));
    for (const key of unknown) this.mistakes.add(this.at(key), `unknown key${suggestion(key, this.#known)}`);
  }

  /** The path of a field. */
  at(key: string): string {
    return this.path === "" ? key : `${this.path}.${key}`;
  }

  #typed<T>(key: string, kind: string, isRight: (value: unknown) => value is T): T | undefined {
    const value = this.any(key);
    if (value === undefined || isRight(value)) return value;
    return this.#wrong(key, `must be ${kind}, not ${kindOf(value)}`);
  }

  #wrong(key: string, what: string): undefined {
    this.mistakes.add(this.at(key), what);
    return undefined;
  }
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return typeof value === "string" ? `the text ${JSON.stringify(value.slice(0, 40))}` : JSON.stringify(value);
}
