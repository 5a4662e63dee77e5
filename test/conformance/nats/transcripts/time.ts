import { answer, call, pull, store } from "../requests.ts";
import { consumer, ms, step, stream, wait, type Transcript } from "./transcript.ts";

/** What happens by itself as time passes. The real server is waited for, not timed. */
export const time: readonly Transcript[] = [
  {
    name: "a request expires, after heartbeats",
    streams: ["A"],
    steps: [
      stream("A", { subjects: ["a"] }),
      consumer("A", "c"),
      step("store", store("a", "1")),
      step("pull", pull("A", "c", { batch: 3, expires: 250 * ms, idle_heartbeat: 100 * ms })),
      wait("two heartbeats and the end", 3, 1_000),
      step("info", call("CONSUMER.INFO.A.c")),
    ],
  },
  {
    name: "not acknowledged in time, in the order of the stream",
    streams: ["A"],
    steps: [
      stream("A", { subjects: ["a"] }),
      consumer("A", "c", { ack_wait: 200 * ms }),
      ...["1", "2", "3"].map((body) => step("store", store("a", body))),
      step("pull", pull("A", "c", { batch: 9, expires: 60_000 * ms })),
      wait("all again", 3, 1_000),
      step("ack", answer(-1, "+ACK")),
      step("ack", answer(-2, "+ACK")),
      wait("the one that is left", 1, 1_000),
      step("ack", answer(-1, "+ACK")),
      step("info", call("CONSUMER.INFO.A.c")),
    ],
  },
  {
    name: "handed back for a while",
    streams: ["A"],
    steps: [
      stream("A", { subjects: ["a"] }),
      consumer("A", "c"),
      ...["1", "2"].map((body) => step("store", store("a", body))),
      step("pull", pull("A", "c", { batch: 9, expires: 60_000 * ms })),
      step("nak for a while", answer(0, '-NAK {"delay":300000000}')),
      wait("it comes again", 1, 1_000),
      step("info", call("CONSUMER.INFO.A.c")),
    ],
  },
  {
    name: "each time a little later, and then never",
    streams: ["A"],
    steps: [
      stream("A", { subjects: ["a"] }),
      consumer("A", "c", { backoff: [100 * ms, 200 * ms], max_deliver: 3 }),
      step("store", store("a", "1")),
      step("pull", pull("A", "c", { batch: 9, expires: 60_000 * ms })),
      wait("again", 1, 1_000),
      wait("and again", 1, 1_000),
      wait("the advisory", 1, 1_000),
      step("info", call("CONSUMER.INFO.A.c")),
    ],
  },
  {
    name: "what is too old goes",
    streams: ["A"],
    steps: [
      stream("A", { subjects: ["a"], max_age: 300 * ms, duplicate_window: 200 * ms }),
      consumer("A", "c"),
      step("store", store("a", "1", { "Nats-Msg-Id": "one" })),
      step("pull", pull("A", "c", { batch: 9, expires: 60_000 * ms })),
      wait("the advisory that it is terminated", 1, 2_000),
      step("info", call("STREAM.INFO.A")),
      step("the id is forgotten", store("a", "1", { "Nats-Msg-Id": "one" })),
    ],
  },
  {
    name: "an ephemeral consumer that nobody uses goes",
    streams: ["A"],
    steps: [
      stream("A", { subjects: ["a"] }),
      step(
        "consumer",
        call("CONSUMER.CREATE.A.e", { stream_name: "A", config: { name: "e", inactive_threshold: 200 * ms } }),
      ),
      wait("the advisory that it is deleted", 1, 3_000),
      step("info", call("CONSUMER.INFO.A.e")),
    ],
  },
];
