import { bytesOf, type Bytes } from "../../bytes.ts";

/** What may stand in a field of a request. Whole numbers only; `object` and `objects` are taken as they are. */
export type FieldType = "text" | "texts" | "int" | "uint" | "ints" | "flag" | "object" | "objects" | readonly string[];

/** The fields of a request, by name, and what each may hold. A list of words admits exactly these. */
export type FieldTypes = Readonly<Record<string, FieldType>>;

/** A request's fields. What is missing or null is undefined. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a request as Go's `encoding/json` would into a struct: fields that it does not know are passed over, and a
 * field of the wrong type makes the whole request invalid.
 *
 * @returns undefined when it is invalid
 */
export function readJson(json: Bytes, types: FieldTypes): Fields | undefined {
  const parsed = parse(json);
  return isObject(parsed) ? fieldsOf(parsed, types) : undefined;
}

/** The fields of an object within a request. */
export function fieldsOf(object: object, types: FieldTypes): Fields | undefined {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(object)) {
    const type = types[name];
    if (type === undefined || value === null) continue;
    if (!fits(value, type)) return undefined;
    fields[name] = value;
  }
  return fields;
}

/** JSON as Go writes it: `<`, `>` and `&` are escaped, too. */
export function writeJson(value: unknown): Bytes {
  const json = JSON.stringify(value).replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
  return json;
}

/** Whether it is a JSON object. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Texts stay the bytes that they came as; only what was escaped has to become bytes. */
function parse(json: Bytes): unknown {
  try {
    return JSON.parse(json, (_, value: unknown) => (typeof value === "string" ? narrow(value) : value));
  } catch {
    // Whoever asked is told that it is invalid.
    return undefined;
  }
}

function narrow(text: string): Bytes {
  return /[\u0100-\uffff]/.test(text) ? bytesOf(text) : text;
}

function fits(value: unknown, type: FieldType): boolean {
  if (typeof type !== "string") return type.includes(value as string);
  return fitsOf[type](value);
}

const fitsOf: Record<Exclude<FieldType, readonly string[]>, (value: unknown) => boolean> = {
  text: (value) => typeof value === "string",
  texts: (value) => Array.isArray(value) && value.every((one) => typeof one === "string"),
  int: Number.isInteger,
  uint: (value) => Number.isInteger(value) && (value as number) >= 0,
  ints: (value) => Array.isArray(value) && value.every(Number.isInteger),
  flag: (value) => typeof value === "boolean",
  object: isObject,
  objects: (value) => Array.isArray(value) && value.every(isObject),
};
