import { resolve } from "node:path";

import { harnessVariables } from "../replica-messages.ts";

/** What a replica's process is told. */
export interface ReplicaVariables {
  /** Settings of the plane that differ from the defaults. */
  readonly settings: Readonly<Record<string, string>>;
  readonly id: string;
  readonly httpPort: number;
  readonly redisUrl: string;
  readonly natsUrl: string;
  readonly originNs: bigint;
  readonly witnessFile: string;
  readonly without: readonly string[];
  readonly sinkAddress: string;
}

/** What a process needs of the machine. Nothing else is inherited: a variable in somebody's shell changes no trial. */
const inherited = ["PATH", "HOME", "TMPDIR", "TZ", "LANG", "NODE_V8_COVERAGE"];

/** Node's cache of compiled modules halves the work of a start, of which a fault plan makes many. */
const compileCache = resolve(".seatrial", "compile-cache");

/** The whole environment of one replica's process. */
export function replicaVariables(options: ReplicaVariables): Record<string, string> {
  return {
    NODE_COMPILE_CACHE: compileCache,
    ...pick(process.env, inherited),
    ...options.settings,
    CORDUM_INSTANCE_ID: options.id,
    REDIS_URL: options.redisUrl,
    NATS_URL: options.natsUrl,
    HTTP_PORT: `${options.httpPort}`,
    [harnessVariables.originNs]: `${options.originNs}`,
    [harnessVariables.witnessFile]: options.witnessFile,
    [harnessVariables.without]: options.without.join(","),
    [harnessVariables.sink]: options.sinkAddress,
  };
}

function pick(variables: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = variables[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
