import { Chance } from "./chance.ts";

/** How cjson writes and reads; scripts can change it, and it stays changed for the scripts after them. */
export class JsonSettings {
  sparseConvert = false;
  sparseRatio = 2;
  sparseSafe = 10;
  encodeMaxDepth = 1000;
  decodeMaxDepth = 1000;
  numberPrecision = 14;
  keepBuffer = true;
  encodeInvalidNumbers: false | true | "null" = false;
  decodeInvalidNumbers = true;
}

/** What a server's Lua keeps from one script to the next. */
export class ScriptMemory {
  readonly chance = new Chance();
  readonly json = new JsonSettings();
}
