export { EndlessScriptError } from "./runtime/errors.ts";
export { ScriptMemory } from "./runtime/memory.ts";
export type { ScriptHost } from "./runtime/machine.ts";
export { compileScript, type CompiledScript } from "./script.ts";
