import { machine } from "../runtime/machine.ts";
import type { LuaValue } from "../runtime/table.ts";
import { fail } from "./arguments.ts";
import { isDigit, matchesClass } from "./character-classes.ts";

const capturesAtMost = 32;
const unfinished = -1;
const positionOnly = -2;

const dollar = 36;
const open = 40;
const close = 41;
const star = 42;
const plus = 43;
const minus = 45;
const dot = 46;
const question = 63;
const bracket = 91;
const escape = 37;
const closingBracket = 93;
const caret = 94;

function isSuffix(code: number): boolean {
  return code === star || code === plus || code === minus || code === question;
}

/** One of Lua's patterns at work on one text. */
export class Pattern {
  readonly #text: string;
  /** A zero byte ends a pattern, as in C. */
  readonly #pattern: string;
  #captures: { start: number; length: number }[] = [];

  constructor(text: string, pattern: string) {
    this.#text = text;
    const end = pattern.indexOf("\0");
    this.#pattern = end < 0 ? pattern : pattern.slice(0, end);
  }

  /** Where the match that starts here ends, or -1. @param from - where in the pattern to begin */
  matchAt(start: number, from: number): number {
    this.#captures = [];
    return this.#match(start, from);
  }

  /** What the match from `start` to `end` captured; if nothing, the match itself when it is wanted. */
  captures(start: number, end: number, wantsWhole: boolean): LuaValue[] {
    if (this.#captures.length === 0 && wantsWhole) return [this.#text.slice(start, end)];
    return this.#captures.map((_, index) => this.capture(index, start, end));
  }

  whole(start: number, end: number): string {
    return this.#text.slice(start, end);
  }

  capture(index: number, start: number, end: number): string | number {
    const capture = this.#captures[index];
    if (capture === undefined) return index === 0 ? this.#text.slice(start, end) : fail("invalid capture index");
    if (capture.length === positionOnly) return capture.start + 1;
    if (capture.length === unfinished) fail("unfinished capture");
    return this.#text.slice(capture.start, capture.start + capture.length);
  }

  #match(textStart: number, patternStart: number): number {
    let at = textStart;
    let place = patternStart;
    while (place < this.#pattern.length) {
      if (--machine.turns < 0) machine.exhausted();
      const special = this.#special(at, place);
      if (special !== undefined) return special;
      const skipped = this.#skipped(at, place);
      if (skipped !== undefined) {
        ({ at, place } = skipped);
        if (at < 0) return -1;
        continue;
      }
      const end = this.#classEnd(place);
      if (isSuffix(this.#code(end))) return this.#repeat(at, place, end);
      if (!this.#single(at, place, end)) return -1;
      at += 1;
      place = end;
    }
    return at;
  }

  /** Items that decide the rest of the match themselves: captures, and `$` at the end. */
  #special(at: number, place: number): number | undefined {
    const code = this.#code(place);
    if (code === open) {
      const isPosition = this.#code(place + 1) === close;
      return this.#startCapture(at, place + (isPosition ? 2 : 1), isPosition ? positionOnly : unfinished);
    }
    if (code === close) return this.#endCapture(at, place + 1);
    if (code === dollar && place + 1 === this.#pattern.length) return at === this.#text.length ? at : -1;
    return undefined;
  }

  /** Items that go over a piece of the text: `%b()`, `%f[set]` and `%1`. */
  #skipped(at: number, place: number): { at: number; place: number } | undefined {
    if (this.#code(place) !== escape) return undefined;
    const kind = this.#code(place + 1);
    if (kind === 98) return { at: this.#matchBalance(at, place + 2), place: place + 4 };
    if (kind === 102) return this.#matchFrontier(at, place + 2);
    if (isDigit(kind)) return { at: this.#matchBack(at, kind), place: place + 2 };
    return undefined;
  }

  /** An item that may occur any number of times, or once or not at all. */
  #repeat(at: number, place: number, end: number): number {
    const suffix = this.#code(end);
    if (suffix === minus) return this.#expandLeast(at, place, end);
    const least = suffix === plus ? 1 : 0;
    const most = suffix === question ? 1 : Infinity;
    let count = 0;
    while (count < most && this.#single(at + count, place, end)) count += 1;
    for (; count >= least; count--) {
      const rest = this.#match(at + count, end + 1);
      if (rest >= 0) return rest;
    }
    return -1;
  }

  #expandLeast(start: number, place: number, end: number): number {
    for (let at = start; ; at++) {
      const rest = this.#match(at, end + 1);
      if (rest >= 0) return rest;
      if (!this.#single(at, place, end)) return -1;
    }
  }

  #startCapture(at: number, place: number, length: number): number {
    if (this.#captures.length >= capturesAtMost) fail("too many captures");
    this.#captures.push({ start: at, length });
    const depth = this.#captures.length;
    const rest = this.#match(at, place);
    if (rest < 0) this.#captures.length = depth - 1;
    return rest;
  }

  #endCapture(at: number, place: number): number {
    const capture = this.#captures.findLast(({ length }) => length === unfinished);
    if (capture === undefined) return fail("invalid pattern capture");
    capture.length = at - capture.start;
    const rest = this.#match(at, place);
    if (rest < 0) capture.length = unfinished;
    return rest;
  }

  #matchBalance(at: number, place: number): number {
    if (place + 1 >= this.#pattern.length) fail("unbalanced pattern");
    const opening = this.#code(place);
    const closing = this.#code(place + 1);
    if (this.#text.charCodeAt(at) !== opening) return -1;
    let depth = 1;
    for (let end = at + 1; end < this.#text.length; end++) {
      const code = this.#text.charCodeAt(end);
      if (code === closing) {
        depth -= 1;
        if (depth === 0) return end + 1;
      } else if (code === opening) depth += 1;
    }
    return -1;
  }

  #matchFrontier(at: number, place: number): { at: number; place: number } {
    if (this.#code(place) !== bracket) fail("missing '[' after '%f' in pattern");
    const end = this.#classEnd(place);
    const before = at === 0 ? 0 : this.#text.charCodeAt(at - 1);
    const here = at < this.#text.length ? this.#text.charCodeAt(at) : 0;
    const isFrontier = !this.#inSet(before, place, end - 1) && this.#inSet(here, place, end - 1);
    return { at: isFrontier ? at : -1, place: end };
  }

  #matchBack(at: number, digit: number): number {
    const capture = this.#captures[digit - 49];
    if (capture === undefined || capture.length === unfinished) return fail("invalid capture index");
    if (capture.length === positionOnly) return -1;
    const captured = this.#text.slice(capture.start, capture.start + capture.length);
    return this.#text.startsWith(captured, at) ? at + captured.length : -1;
  }

  #single(at: number, place: number, end: number): boolean {
    if (at >= this.#text.length) return false;
    const code = this.#text.charCodeAt(at);
    switch (this.#code(place)) {
      case dot:
        return true;
      case escape:
        return matchesClass(code, this.#code(place + 1));
      case bracket:
        return this.#inSet(code, place, end - 1);
      default:
        return this.#code(place) === code;
    }
  }

  /** Whether a byte is in a set. @param last - where its `]` is */
  #inSet(code: number, first: number, last: number): boolean {
    const isNegated = this.#code(first + 1) === caret;
    let place = first + (isNegated ? 2 : 1);
    while (place < last) {
      const here = this.#code(place);
      if (here === escape) {
        if (matchesClass(code, this.#code(place + 1))) return !isNegated;
        place += 2;
      } else if (this.#code(place + 1) === minus && place + 2 < last) {
        if (here <= code && code <= this.#code(place + 2)) return !isNegated;
        place += 3;
      } else {
        if (here === code) return !isNegated;
        place += 1;
      }
    }
    return isNegated;
  }

  /** Where the item that stands for one character ends. */
  #classEnd(start: number): number {
    const code = this.#code(start);
    if (code === escape) {
      if (start + 1 >= this.#pattern.length) fail("malformed pattern (ends with '%')");
      return start + 2;
    }
    if (code !== bracket) return start + 1;
    let place = start + (this.#code(start + 1) === caret ? 2 : 1);
    do {
      if (place >= this.#pattern.length) fail("malformed pattern (missing ']')");
      place += this.#code(place) === escape && place + 1 < this.#pattern.length ? 2 : 1;
    } while (this.#code(place) !== closingBracket);
    return place + 1;
  }

  #code(place: number): number {
    return place < this.#pattern.length ? this.#pattern.charCodeAt(place) : -1;
  }
}
