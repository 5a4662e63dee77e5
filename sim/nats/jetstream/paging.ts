import type { Bytes } from "../../bytes.ts";
import { apiError, type ApiError } from "./api-error.ts";
import { readJson, type Fields, type FieldTypes } from "./go-json.ts";

/** Where in a list an answer begins, and of how many at most. */
export interface Paged {
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
}

/** What a list that could not be given says of itself. */
export const noPage: Paged = { total: 0, offset: 0, limit: 0 };

/** At most so many names, or descriptions, at once. */
export const namesLimit = 1_024;
export const listLimit = 256;

/** Reads a request whose body may be missing. */
export function readOptional(body: Bytes, types: FieldTypes): Fields | ApiError {
  const text = body.trim();
  if (text === "" || /^\{\s*\}$/.test(text)) return {};
  return readJson(text, types) ?? apiError("invalidJson");
}

/** Whether reading came to an error. */
export function isApiError(value: object): value is ApiError {
  return "err_code" in value;
}

/** Part of a list. */
export function pageOf<One>(all: readonly One[], asked: unknown, limit: number): { page: One[]; paged: Paged } {
  const offset = Math.min(typeof asked === "number" ? asked : 0, all.length);
  return { page: all.slice(offset, offset + limit), paged: { total: all.length, offset, limit } };
}
