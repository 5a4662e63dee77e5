import { expect, test } from "vitest";

import { UsageError } from "../../core/mod.ts";
import { apiKeys } from "./api-keys.ts";

test("a key stands for its tenant and, if it says so, for a limit", () => {
  const keys = apiKeys(["alpha:acme", "beta:load-2:25"]);
  expect(keys.find("alpha")).toEqual({ tenant: "acme", limitPerSecond: undefined });
  expect(keys.find("beta")).toEqual({ tenant: "load-2", limitPerSecond: 25 });
});

test.each(["", "alph", "alpha ", "acme", "alpha:acme"])("%j is no key", (key) => {
  expect(apiKeys(["alpha:acme"]).find(key)).toBeUndefined();
});

test("without keys nobody is let in", () => {
  expect(apiKeys([]).find("")).toBeUndefined();
});

test.each(["alpha", ":acme", "alpha:", "alpha:acme:0", "alpha:acme:many", "alpha:ac me"])(
  "%j cannot be read, and is named by its position, not by its secret",
  (entry) => {
    const read = (): unknown => apiKeys(["first:tenant", entry]);
    expect(read).toThrow(UsageError);
    expect(read).toThrow("entry 2");
    expect(read).not.toThrow("alpha");
  },
);
