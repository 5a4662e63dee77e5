import { HttpError } from "./http-error.ts";

/** What a client asks for a page with. */
export interface PageQuery {
  readonly limit?: string;
  readonly cursor?: string;
}

/** A page of a list that the store cuts by number. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}

const limitDefault = 50;
const limitMax = 200;
const offsetMax = 1_000_000;

/**
 * Reads one page, and one item more to know whether another follows.
 *
 * The cursor is a place in the list: what is added at its head while a client turns the pages shifts the rest, so
 * that the client may see an item twice, and misses none.
 *
 * @throws HttpError `invalid_request`
 */
export async function readPage<Item, View>(
  query: PageQuery,
  read: (range: { offset: number; limit: number }) => Promise<readonly Item[]>,
  view: (item: Item) => View,
): Promise<Page<View>> {
  const limit = readLimit(query.limit);
  const offset = query.cursor === undefined ? 0 : readCursor(query.cursor);
  const found = await read({ offset, limit: limit + 1 });
  const items = found.slice(0, limit).map(view);
  return { items, next_cursor: found.length > limit ? writeCursor(offset + limit) : null };
}

/**
 * How many items a client wants. @defaultValue 50
 *
 * @throws HttpError `invalid_request` for anything but 1 to 200
 */
export function readLimit(text: string | undefined): number {
  if (text === undefined) return limitDefault;
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > limitMax) throw invalidQuery(`limit must be a whole number from 1 to ${limitMax}`);
  return limit;
}

function writeCursor(offset: number): string {
  return Buffer.from(`from:${offset}`).toString("base64url");
}

function readCursor(text: string): number {
  const offset = Number(/^from:(\d{1,7})$/.exec(Buffer.from(text, "base64url").toString())?.[1] ?? Number.NaN);
  if (Number.isNaN(offset) || offset > offsetMax) throw invalidQuery("cursor is not one that this API gave");
  return offset;
}

/** A query that cannot be answered. */
export function invalidQuery(message: string): HttpError {
  const hint = "leave out cursor for the first page, then pass the next_cursor of the page before";
  return new HttpError({ status: 400, code: "invalid_request", message, hint });
}
