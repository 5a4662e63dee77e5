import { autocannonEngine, k6Engine, openEngine, type EngineName, type LoadEngine } from "../../loadgen/mod.ts";
import { pathOfK6, thisMachine } from "../doctor/mod.ts";

/** The engine of this name. k6 is looked for when it is asked to run, and is missed then. */
export function loadEngine(name: EngineName): LoadEngine {
  switch (name) {
    case "open":
      return openEngine;
    case "autocannon":
      return autocannonEngine;
    case "k6":
      return k6Engine({ binary: pathOfK6(thisMachine()), environment: inherited() });
  }
}

const inheritedNames = ["PATH", "HOME", "TMPDIR"];

/** Nothing else: a variable in somebody's shell changes no trial. */
function inherited(): Record<string, string> {
  return Object.fromEntries(inheritedNames.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
