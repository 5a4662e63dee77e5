import { describe, expect, test } from "vitest";

import { takeTurns } from "./turns.ts";

const draw = (count: number, turn: () => number): number[] => Array.from({ length: count }, () => turn());

describe("takeTurns", () => {
  test("alternates without shares", () => {
    expect(draw(6, takeTurns(3))).toEqual([0, 1, 2, 0, 1, 2]);
  });

  test("keeps to the shares exactly, and spreads them", () => {
    const turns = draw(40, takeTurns(2, [9, 1]));
    expect(turns.filter((turn) => turn === 1)).toHaveLength(4);
    for (let from = 0; from < 40; from += 10) {
      expect(turns.slice(from, from + 10).filter((turn) => turn === 1)).toHaveLength(1);
    }
  });

  test("never chooses one without a share", () => {
    expect(new Set(draw(20, takeTurns(3, [0, 1, 0])))).toEqual(new Set([1]));
  });

  test.each([[[1]], [[1, 1, 1]], [[0, 0]], [[2, -1]], [[Number.NaN, 1]]])("refuses the shares %j for two", (shares) => {
    expect(() => takeTurns(2, shares)).toThrow("Cannot split a load over 2 gateways");
  });
});
