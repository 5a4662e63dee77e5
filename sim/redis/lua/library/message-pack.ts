import { machine } from "../runtime/machine.ts";
import { setRaw } from "../runtime/indexing.ts";
import { nowhere } from "../runtime/site.ts";
import { LuaTable, type LuaValue } from "../runtime/table.ts";
import { badArgument, fail, intArgument, optional, stringArgument, type Arguments } from "./arguments.ts";
import { entriesOf } from "./entries.ts";
import { floatBytes, floatOf, integerBytes, signedOf, unsignedOf } from "./floats.ts";
import type { Library } from "./library.ts";

/** Deeper tables become nil (LUACMSGPACK_MAX_NESTING). */
const depthAtMost = 16;

/** Salvatore Sanfilippo's `cmsgpack`. */
export const messagePack: Library = {
  pack: (...args) => {
    if (args.length === 0) badArgument(0, "MessagePack pack needs input.");
    return args.map((value) => encode(value, 0)).join("");
  },
  unpack: (...args) => decodeAll(args, 0, 0),
  unpack_one: (...args) => decodeAll(args, 1, optional(args, 2, intArgument, 0)),
  unpack_limit: (...args) => decodeAll(args, intArgument(args, 2), optional(args, 3, intArgument, 0)),
  _NAME: "cmsgpack",
  _VERSION: "lua-cmsgpack 0.4.0",
  _COPYRIGHT: "Copyright (C) 2012, Salvatore Sanfilippo",
  _DESCRIPTION: "MessagePack C implementation for Lua",
};

function encode(value: LuaValue, depth: number): string {
  if (typeof value === "string") return sized(value.length, "\xd9", "\xda", "\xdb", 0xa0, 32) + value;
  if (typeof value === "number") return encodeNumber(value);
  if (typeof value === "boolean") return value ? "\xc3" : "\xc2";
  if (!(value instanceof LuaTable) || depth === depthAtMost) return "\xc0";
  const entries = [...entriesOf(value)];
  if (isList(entries)) {
    const items = entries.map((_, index) => encode(value.getNumber(index + 1), depth + 1));
    return sized(entries.length, undefined, "\xdc", "\xdd", 0x90, 16) + items.join("");
  }
  const items = entries.map(([key, one]) => encode(key, depth + 1) + encode(one, depth + 1));
  return sized(entries.length, undefined, "\xde", "\xdf", 0x80, 16) + items.join("");
}

/** A list has the keys from 1 to their count, and no others. */
function isList(entries: readonly (readonly [LuaValue, LuaValue])[]): boolean {
  let largest = 0;
  for (const [key] of entries) {
    if (typeof key !== "number" || key < 1 || !Number.isInteger(key)) return false;
    largest = Math.max(largest, key);
  }
  return largest === entries.length;
}

/** A mark with a length: within the mark, or in one, two or four bytes behind it. */
function sized(
  length: number,
  mark8: string | undefined,
  mark16: string,
  mark32: string,
  base: number,
  below: number,
): string {
  if (length < below) return String.fromCharCode(base + length);
  if (mark8 !== undefined && length <= 0xff) return mark8 + String.fromCharCode(length);
  if (length <= 0xffff) return mark16 + integerBytes(BigInt(length), 2);
  return mark32 + integerBytes(BigInt(length), 4);
}

function encodeNumber(value: number): string {
  if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63) return encodeInteger(value);
  return Math.fround(value) === value ? `\xca${floatBytes(value, 4)}` : `\xcb${floatBytes(value, 8)}`;
}

const unsignedMarks = [
  { mark: "\xcc", size: 1, most: 0xff },
  { mark: "\xcd", size: 2, most: 0xffff },
  { mark: "\xce", size: 4, most: 0xffffffff },
  { mark: "\xcf", size: 8, most: Infinity },
];

const signedMarks = [
  { mark: "\xd0", size: 1, least: -0x80 },
  { mark: "\xd1", size: 2, least: -0x8000 },
  { mark: "\xd2", size: 4, least: -0x80000000 },
  { mark: "\xd3", size: 8, least: -Infinity },
];

function encodeInteger(value: number): string {
  if (value >= -32 && value <= 127) return String.fromCharCode(value & 255);
  const form =
    value >= 0 ? unsignedMarks.find(({ most }) => value <= most) : signedMarks.find(({ least }) => value >= least);
  return form ? form.mark + integerBytes(BigInt(value), form.size) : "";
}

/** Decodes so many values, or all of them; unless all were asked for, the place behind them comes first. */
function decodeAll(args: Arguments, limit: number, offset: number): LuaValue[] {
  const data = stringArgument(args, 1);
  if (offset < 0 || limit < 0) {
    fail(`Invalid request to unpack with offset of ${offset} and limit of ${data.length}.`);
  }
  if (offset > data.length) fail(`Start offset ${offset} greater than input length ${data.length}.`);
  const takesAll = limit === 0 && offset === 0;
  const most = takesAll ? Infinity : limit;
  const decoder = new Decoder(data, offset);
  const values: LuaValue[] = [];
  while (!decoder.isAtEnd && values.length < most) values.push(decoder.next());
  return takesAll ? values : [decoder.isAtEnd ? -1 : decoder.place, ...values];
}

type Read = (decoder: Decoder) => LuaValue;

class Decoder {
  place: number;
  readonly #data: string;

  constructor(data: string, place: number) {
    this.#data = data;
    this.place = place;
  }

  get isAtEnd(): boolean {
    return this.place >= this.#data.length;
  }

  next(): LuaValue {
    const mark = this.take(1).charCodeAt(0);
    if (mark <= 0x7f) return mark;
    if (mark >= 0xe0) return mark - 256;
    if (mark < 0x90) return this.map(mark & 15);
    if (mark < 0xa0) return this.list(mark & 15);
    if (mark < 0xc0) return this.take(mark & 31);
    const read = reads[mark] ?? fail("Bad data format in input.");
    return read(this);
  }

  take(length: number): string {
    if (this.place + length > this.#data.length) fail("Missing bytes in input.");
    this.place += length;
    return this.#data.slice(this.place - length, this.place);
  }

  length(size: number): number {
    return Number(unsignedOf(this.take(size)));
  }

  list(length: number): LuaTable {
    const table = new LuaTable();
    for (let place = 1; place <= length; place++) table.set(place, this.next());
    return table;
  }

  map(length: number): LuaTable {
    const table = new LuaTable();
    const site = { ...nowhere, caller: machine.site };
    for (let left = length; left > 0; left--) {
      const key = this.next();
      setRaw(table, key, this.next(), site);
    }
    return table;
  }
}

const reads: Readonly<Record<number, Read>> = {
  0xc0: () => undefined,
  0xc2: () => false,
  0xc3: () => true,
  0xca: (decoder) => floatOf(decoder.take(4)),
  0xcb: (decoder) => floatOf(decoder.take(8)),
  0xcc: (decoder) => decoder.length(1),
  0xcd: (decoder) => decoder.length(2),
  0xce: (decoder) => decoder.length(4),
  0xcf: (decoder) => decoder.length(8),
  0xd0: (decoder) => Number(signedOf(decoder.take(1))),
  0xd1: (decoder) => Number(signedOf(decoder.take(2))),
  0xd2: (decoder) => Number(signedOf(decoder.take(4))),
  0xd3: (decoder) => Number(signedOf(decoder.take(8))),
  0xd9: (decoder) => decoder.take(decoder.length(1)),
  0xda: (decoder) => decoder.take(decoder.length(2)),
  0xdb: (decoder) => decoder.take(decoder.length(4)),
  0xdc: (decoder) => decoder.list(decoder.length(2)),
  0xdd: (decoder) => decoder.list(decoder.length(4)),
  0xde: (decoder) => decoder.map(decoder.length(2)),
  0xdf: (decoder) => decoder.map(decoder.length(4)),
};
