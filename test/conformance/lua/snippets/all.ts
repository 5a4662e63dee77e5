import { edges } from "./edges.ts";
import { errors } from "./errors.ts";
import { json } from "./json.ts";
import { language } from "./language.ts";
import { libraries } from "./libraries.ts";
import { longer } from "./longer.ts";
import { packing } from "./packing.ts";
import { patterns } from "./patterns.ts";
import { redis } from "./redis.ts";
import { strings } from "./strings.ts";
import { syntax } from "./syntax.ts";
import { tables } from "./tables.ts";

/** Every script that both arms are asked, by what it is about. */
export const snippets: Readonly<Record<string, readonly string[]>> = {
  language,
  errors,
  longer,
  syntax,
  strings,
  patterns,
  tables,
  libraries,
  json,
  packing,
  redis,
  edges,
};
