import type { Bytes } from "../../bytes.ts";
import type { Advisories } from "./advisories.ts";
import type { ApiError } from "./api-error.ts";
import type { StreamConfig } from "./stream-config.ts";
import type { Stream } from "./stream.ts";

/** Whoever keeps the streams, as the API sees it. */
export interface StreamKeeper {
  readonly streams: ReadonlyMap<string, Stream>;
  readonly advisories: Advisories;
  /** On how many servers a stream can be kept. */
  readonly replicasMax: number;
  /** There is no leader: every call is refused. */
  readonly unavailable: boolean;
  addStream(config: StreamConfig): Stream;
  deleteStream(stream: Stream): void;
  /** Whether another stream takes in some of the same subjects. */
  overlaps(config: StreamConfig): boolean;
  /** What is in use. */
  account(): ApiResponse;
}

/** A request to JetStream's API. */
export interface ApiRequest {
  readonly jetstream: StreamKeeper;
  /** `$JS.API.STREAM.INFO.orders`, token by token. */
  readonly tokens: readonly string[];
  readonly body: Bytes;
}

/** What a request is answered with, besides the type. Its fields stand in this order. */
export type ApiResponse = Readonly<Record<string, unknown>> & { readonly error?: ApiError };
