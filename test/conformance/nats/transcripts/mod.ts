import { consumers } from "./consumers.ts";
import { core } from "./core.ts";
import { delivery } from "./delivery.ts";
import { publishing } from "./publishing.ts";
import { streams } from "./streams.ts";
import { time } from "./time.ts";
import type { Transcript } from "./transcript.ts";

/** Every hand-written conversation, by what it is about. */
export const transcripts: Readonly<Record<string, readonly Transcript[]>> = {
  core,
  streams,
  publishing,
  consumers,
  delivery,
  time,
};
