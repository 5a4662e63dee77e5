import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { copyProductionModules, productionPaths } from "./production-modules.ts";

const packages = {
  "": {},
  "node_modules/app": {},
  "node_modules/app/node_modules/part": {},
  "node_modules/app/node_modules/tool": { dev: true },
  "node_modules/maybe": { devOptional: true },
  "node_modules/other-platform": {},
  "node_modules/tool": { dev: true },
};

test("a production install leaves out what only development needs", () => {
  expect(productionPaths({ packages })).toEqual([
    ...["node_modules/app", "node_modules/app/node_modules/part", "node_modules/other-platform"],
  ]);
});

test("what is installed here is copied, without tools that lie inside of packages", () => {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-modules-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const installed = Object.keys(packages).filter((path) => path !== "" && !path.endsWith("other-platform"));
  for (const path of installed) {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, "index.js"), "");
  }
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages }));
  const target = join(folder, "image");
  copyProductionModules(folder, target);
  const copied = Object.keys(packages).filter((path) => path !== "" && existsSync(join(target, path, "index.js")));
  expect(copied).toEqual(["node_modules/app", "node_modules/app/node_modules/part"]);
});
