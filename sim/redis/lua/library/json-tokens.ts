import { bytesOf } from "../../../bytes.ts";
import type { JsonSettings } from "../runtime/memory.ts";
import { parseNumber } from "../runtime/numerals.ts";

/** What cjson calls the pieces of a text; its messages name them. */
export interface JsonToken {
  readonly type: "T_STRING" | "T_NUMBER" | "T_BOOLEAN" | "T_NULL" | "T_END" | "T_ERROR" | (typeof signs)[string];
  /** Where it begins, from 0; of an error, where it is. */
  readonly index: number;
  readonly value: string | number | boolean;
}

const signs: Readonly<
  Record<string, "T_OBJ_BEGIN" | "T_OBJ_END" | "T_ARR_BEGIN" | "T_ARR_END" | "T_COLON" | "T_COMMA">
> = { "{": "T_OBJ_BEGIN", "}": "T_OBJ_END", "[": "T_ARR_BEGIN", "]": "T_ARR_END", ":": "T_COLON", ",": "T_COMMA" };

const words = [
  { word: "true", type: "T_BOOLEAN", value: true },
  { word: "false", type: "T_BOOLEAN", value: false },
  { word: "null", type: "T_NULL", value: "" },
] as const;

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
};

/** What C's `strtod` takes from the front of a text. */
const numeral =
  /[+-]?(?:0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)(?:[pP][+-]?\d+)?|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf(?:inity)?|nan)/iy;
const looseNumeral = /\+|-?(?:0[x0-9]|inf|nan)/iy;

/** Cuts JSON into tokens as cjson does. A zero byte is the end. */
export class JsonTokens {
  readonly #text: string;
  readonly #settings: JsonSettings;
  #index = 0;

  constructor(text: string, settings: JsonSettings) {
    this.#text = text;
    this.#settings = settings;
  }

  next(): JsonToken {
    while (/[ \t\r\n]/.test(this.#text.charAt(this.#index))) this.#index += 1;
    const index = this.#index;
    const char = this.#text.charAt(index);
    if (char === "" || char === "\0") return { type: "T_END", index, value: "" };
    const sign = signs[char];
    if (sign === undefined) return this.#longer(char, index);
    this.#index += 1;
    return { type: sign, index, value: char };
  }

  #longer(char: string, index: number): JsonToken {
    if (char === '"') return this.#string(index);
    if (/[-0-9]/.test(char)) return this.#number(index);
    const known = words.find(({ word }) => this.#text.startsWith(word, index));
    if (known) {
      this.#index += known.word.length;
      return { type: known.type, index, value: known.value };
    }
    if (this.#settings.decodeInvalidNumbers && /[+iInN]/.test(char) && this.#isLoose()) return this.#number(index);
    return this.#error("invalid token");
  }

  #number(index: number): JsonToken {
    if (!this.#settings.decodeInvalidNumbers && this.#isLoose()) return this.#error("invalid number");
    numeral.lastIndex = index;
    const found = numeral.exec(this.#text)?.[0] ?? "";
    const value = parseNumber(found);
    if (value === undefined) return this.#error("invalid number");
    this.#index += found.length;
    return { type: "T_NUMBER", index, value };
  }

  /** A number that strict JSON does not know: with a plus, hexadecimal, with zeros in front, infinite. */
  #isLoose(): boolean {
    looseNumeral.lastIndex = this.#index;
    return looseNumeral.test(this.#text);
  }

  #string(index: number): JsonToken {
    let value = "";
    this.#index += 1;
    for (;;) {
      const char = this.#text.charAt(this.#index);
      if (char === "" || char === "\0") return this.#error("unexpected end of string");
      if (char === '"') break;
      if (char === "\\") {
        const escaped = this.#escaped();
        if (typeof escaped !== "string") return escaped;
        value += escaped;
      } else {
        value += char;
        this.#index += 1;
      }
    }
    this.#index += 1;
    return { type: "T_STRING", index, value };
  }

  #escaped(): string | JsonToken {
    const char = this.#text.charAt(this.#index + 1);
    if (char === "u") return this.#codePoint() ?? this.#error("invalid unicode escape code");
    const escaped = escapes[char];
    if (escaped === undefined) return this.#error("invalid escape code");
    this.#index += 2;
    return escaped;
  }

  /** The UTF-8 bytes of an escaped character, which two escapes of surrogates can make together. */
  #codePoint(): string | undefined {
    const pair =
      /\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\u(?![dD][89a-fA-F])([0-9a-fA-F]{4})/y;
    pair.lastIndex = this.#index;
    const [found, high = "", low = "", single] = pair.exec(this.#text) ?? [];
    if (found === undefined) return undefined;
    this.#index += found.length;
    const units = single === undefined ? [high, low] : [single];
    return bytesOf(String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))));
  }

  #error(value: string): JsonToken {
    return { type: "T_ERROR", index: this.#index, value };
  }
}
