import { call, pub, store } from "../requests.ts";
import { consumer, step, stream, type Transcript } from "./transcript.ts";

const overLimits = ["1", "22", "333", "4444", "55555"];

/** Storing: what is refused, what is stored once, and what has to go for it. */
export const publishing: readonly Transcript[] = [
  {
    name: "a message id is stored once",
    streams: ["A"],
    steps: [
      stream("A", { subjects: ["a.*"] }),
      step("store", store("a.x", "1", { "Nats-Msg-Id": "one" })),
      step("again", store("a.x", "1", { "Nats-Msg-Id": "one" })),
      step("on another subject", store("a.y", "1", { "Nats-Msg-Id": "one" })),
      step("another id", store("a.x", "2", { "Nats-Msg-Id": "two" })),
      step("no id", store("a.x", "3")),
      step("purge", call("STREAM.PURGE.A")),
      step("after a purge", store("a.x", "1", { "Nats-Msg-Id": "one" })),
      step("blanks around it", store("a.x", "4", { "Nats-Msg-Id": "  one" })),
      step("another header that ends like it", store("a.x", "5", { "X-Nats-Msg-Id": "one" })),
      step("without a reply", pub("a.x", "6")),
      step("info", call("STREAM.INFO.A")),
    ],
  },
  {
    name: "what the publisher expects",
    streams: ["A"],
    steps: [
      stream("A", { subjects: ["a.*"] }),
      step("the stream", store("a.x", "1", { "Nats-Expected-Stream": "A", "Nats-Msg-Id": "one" })),
      step("another stream", store("a.x", "2", { "Nats-Expected-Stream": "B" })),
      step("the last number", store("a.x", "3", { "Nats-Expected-Last-Sequence": "1" })),
      step("another number", store("a.x", "4", { "Nats-Expected-Last-Sequence": "1" })),
      step("no number", store("a.x", "5", { "Nats-Expected-Last-Sequence": "x" })),
      step("the last id", store("a.x", "6", { "Nats-Expected-Last-Msg-Id": "one" })),
      step("an id", store("a.x", "7", { "Nats-Msg-Id": "seven" })),
      step("the last id", store("a.x", "8", { "Nats-Expected-Last-Msg-Id": "seven" })),
      step("of the subject", store("a.y", "9", { "Nats-Expected-Last-Subject-Sequence": "0" })),
      step("of the subject", store("a.x", "10", { "Nats-Expected-Last-Subject-Sequence": "0" })),
      step("a roll-up", store("a.x", "11", { "Nats-Rollup": "all" })),
      step("info", call("STREAM.INFO.A")),
    ],
  },
  {
    name: "roll-ups",
    streams: ["A"],
    steps: [
      stream("A", { subjects: ["a.*"], allow_rollup_hdrs: true }),
      ...["x", "y", "x"].map((token) => step("store", store(`a.${token}`, token))),
      step("of the subject", store("a.x", "new", { "Nats-Rollup": "sub" })),
      step("info", call("STREAM.INFO.A")),
      step("of all", store("a.x", "newest", { "Nats-Rollup": "all" })),
      step("info", call("STREAM.INFO.A")),
    ],
  },
  ...[
    { max_msgs: 3 },
    { max_msgs: 3, discard: "new" },
    { max_bytes: 120 },
    { max_bytes: 120, discard: "new" },
    { max_msgs_per_subject: 1 },
    { max_msgs_per_subject: 2, discard: "new", discard_new_per_subject: true },
    { max_msgs_per_subject: 1, max_msgs: 2, discard: "new" },
    { max_msg_size: 3 },
  ].map((limits) => ({
    name: `a full stream: ${JSON.stringify(limits)}`,
    streams: ["A"],
    steps: [
      stream("A", { subjects: ["a.*"], ...limits }),
      ...overLimits.map((body) => step("store", store("a.x", body))),
      ...overLimits.map((body) => step("store", store("a.y", body, { Trace: "1" }))),
      step("info", call("STREAM.INFO.A")),
    ],
  })),
  {
    name: "nobody is interested",
    streams: ["A"],
    steps: [
      stream("A", { subjects: ["a.*"], retention: "interest" }),
      step("no consumer", store("a.x", "1", { "Nats-Msg-Id": "one" })),
      step("again", store("a.x", "1", { "Nats-Msg-Id": "one" })),
      step("info", call("STREAM.INFO.A")),
      consumer("A", "c", { filter_subject: "a.y" }),
      step("not what it wants", store("a.x", "2")),
      step("what it wants", store("a.y", "3")),
      step("info", call("STREAM.INFO.A")),
      step("the consumer goes", call("CONSUMER.DELETE.A.c")),
      step("info", call("STREAM.INFO.A")),
    ],
  },
  {
    name: "no receipts, and a message that is too large",
    streams: ["A"],
    steps: [
      stream("A", { subjects: ["a"], no_ack: true, max_msg_size: 2 }),
      step("store", store("a", "1")),
      step("too large", store("a", "333")),
      step("info", call("STREAM.INFO.A")),
    ],
  },
];
