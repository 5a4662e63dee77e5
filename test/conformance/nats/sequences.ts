import fc from "fast-check";

import type { Step } from "./play.ts";
import { answer, call, pull, store } from "./requests.ts";

/** The names that a sequence uses: its own, so that many can run on one server. */
export interface Names {
  readonly streams: readonly [string, string];
  /** What all its subjects begin with. */
  readonly prefix: string;
}

/** The filter of each consumer, in a sequence: it stays, since the engine refuses to change one. */
type Filters = Readonly<Record<string, string | undefined>>;

/** One step of a sequence, once it has its names. */
export type Make = (names: Names) => Step;

type MakeFiltered = (names: Names, filters: Filters) => Step;

/** Whoever may consume. Each has a subscription of its own, since the server serves them in any order. */
const consumerNames = ["c1", "c2", "c3"] as const;

/** What a sequence subscribes to: answers, and for each consumer what it delivers and what is said of it. */
export const subscriptions = [
  "SUB _API.* 1\r\n",
  ...consumerNames.map((name, index) => `SUB _PULL.${name}.> ${10 + index}\r\n`),
  ...consumerNames.map((name, index) => `SUB $JS.EVENT.ADVISORY.CONSUMER.*.*.${name} ${20 + index}\r\n`),
].join("");

/** Sequences of requests to two streams and three consumers; time stands still. */
export function sequences(length: number): fc.Arbitrary<readonly Make[]> {
  return fc
    .tuple(
      fc.tuple(...consumerNames.map(() => fc.option(filterTail, { nil: undefined }))),
      createStream(0),
      createConsumer,
      fc.array(operation, { minLength: 5, maxLength: length, size: "max" }),
    )
    .map(([chosen, stream, consumer, operations]) => {
      const filters = Object.fromEntries(consumerNames.map((name, index) => [name, chosen[index]]));
      return [stream, consumer, ...operations].map((make) => (names: Names) => make(names, filters));
    });
}

const long = 600_000_000_000;
const which = fc.constantFrom<0 | 1>(0, 0, 0, 1);
const tails = ["a", "b", "a.b", "c"];
const tail = fc.constantFrom(...tails);
const filterTail = fc.constantFrom("a", "b", "*", ">", "a.*", "*.b");
const consumerName = fc.constantFrom(...consumerNames);

const subjectSets = [[">"], ["*"], ["a", "b"], ["a", "a.>"], ["c"]];

function createStream(fixed?: 0 | 1): fc.Arbitrary<Make> {
  const settings = fc.record(
    {
      retention: fc.constantFrom("limits", "limits", "interest", "workqueue"),
      max_msgs: fc.constantFrom(2, 4),
      max_bytes: fc.constantFrom(150, 300),
      max_msgs_per_subject: fc.constantFrom(1, 2),
      max_msg_size: fc.constantFrom(20, 60),
      max_consumers: fc.constantFrom(1, 2),
      discard: fc.constantFrom("old", "new"),
      discard_new_per_subject: fc.boolean(),
      allow_rollup_hdrs: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const action = fixed === undefined ? fc.constantFrom("CREATE", "UPDATE") : fc.constant("CREATE");
  const index = fixed === undefined ? which : fc.constant(fixed);
  const subjects = fixed === undefined ? fc.constantFrom(...subjectSets) : fc.constantFrom([">"], ["*"], ["a", "b"]);
  return fc.tuple(action, index, settings, subjects).map(([verb, one, config, set]): Make => {
    return ({ streams, prefix }) => {
      const name = streams[one];
      const whole = { name, subjects: set.map((each) => `${prefix}.${each}`), ...config };
      return { about: verb, send: call(`STREAM.${verb}.${name}`, whole) };
    };
  });
}

const publish: fc.Arbitrary<Make> = fc
  .tuple(
    tail,
    fc.constantFrom("", "x", "some more text"),
    fc.record(
      {
        "Nats-Msg-Id": fc.constantFrom("1", "2", "3"),
        "Nats-Expected-Last-Sequence": fc.constantFrom("0", "1", "2", "3"),
        "Nats-Expected-Last-Msg-Id": fc.constantFrom("1", "2"),
        "Nats-Expected-Last-Subject-Sequence": fc.constantFrom("0", "1", "2"),
        "Nats-Rollup": fc.constantFrom("sub", "all"),
        Trace: fc.constant("t"),
      },
      { requiredKeys: [] },
    ),
    fc.nat(3),
  )
  .map(([token, body, headers, plain]): Make => {
    const used = plain > 0 ? undefined : headers;
    return ({ prefix }) => ({ about: "publish", send: store(`${prefix}.${token}`, body, used) });
  });

const createConsumer: fc.Arbitrary<MakeFiltered> = fc
  .tuple(
    which,
    consumerName,
    fc.record(
      {
        deliver_policy: fc.constantFrom("all", "all", "last", "new", "by_start_sequence", "last_per_subject"),
        opt_start_seq: fc.constantFrom(1, 3),
        ack_policy: fc.constantFrom("explicit", "explicit", "explicit", "all", "none"),
        max_deliver: fc.constantFrom(1, 2, 3),
        max_ack_pending: fc.constantFrom(1, 2, 3),
        max_waiting: fc.constantFrom(1, 2),
        headers_only: fc.boolean(),
        max_batch: fc.constantFrom(2, 3),
        backoff: fc.constantFrom([long], [long, long]),
        description: fc.constantFrom("x", "y"),
      },
      { requiredKeys: ["ack_policy"] },
    ),
    fc.boolean(),
  )
  .map(([one, name, settings, isDurable]): MakeFiltered => {
    return ({ streams, prefix }, { [name]: filter }) => {
      const filtered = filter === undefined ? settings : { ...settings, filter_subject: `${prefix}.${filter}` };
      const config = isDurable ? { ...filtered, durable_name: name } : { ...filtered, inactive_threshold: long };
      const body = { stream_name: streams[one], config };
      return { about: "consumer", send: call(`CONSUMER.CREATE.${streams[one]}.${name}`, body) };
    };
  });

const ask: fc.Arbitrary<Make> = fc
  .tuple(
    which,
    consumerName,
    fc.oneof(
      fc.constantFrom<unknown>("", "1", "3"),
      fc.record(
        { batch: fc.nat(4), no_wait: fc.boolean(), expires: fc.constant(long), max_bytes: fc.constantFrom(60, 150) },
        { requiredKeys: ["batch"] },
      ),
    ),
    fc.constantFrom("_PULL", "_PULL", "_PULL", "_DEAD"),
  )
  .map(([one, name, request, inbox]): Make => {
    return ({ streams }) => ({ about: "pull", send: pull(streams[one], name, request, inbox) });
  });

const answers = ["+ACK", "+ACK", "", "-NAK", "-NAK", '-NAK {"delay":600000000000}', "+WPI", "+TERM", "+TERM x", "+NXT"];

const settle: fc.Arbitrary<Make> = fc
  .tuple(fc.integer({ min: -4, max: 3 }), fc.constantFrom(...answers))
  .map(([index, body]): Make => () => ({ about: `answer ${index} ${body}`, send: answer(index, body) }));

const dead: fc.Arbitrary<Make> = fc.constantFrom("SUB _DEAD.> 9\r\n", "UNSUB 9\r\n").map((send): Make => () => ({
  about: "inbox",
  send,
}));

const messageCalls: fc.Arbitrary<Make> = fc
  .tuple(
    which,
    fc.oneof(
      fc.record({ seq: fc.nat(6) }).map((body) => ["STREAM.MSG.GET", body] as const),
      fc.record({ last_by_subj: filterTail }).map((body) => ["STREAM.MSG.GET", body] as const),
      fc.record({ next_by_subj: filterTail, seq: fc.nat(4) }).map((body) => ["STREAM.MSG.GET", body] as const),
      fc
        .record({ seq: fc.nat(6), keep: fc.nat(2), filter: filterTail }, { requiredKeys: [] })
        .map((body) => ["STREAM.PURGE", body] as const),
      fc.constant(["STREAM.PURGE", ""] as const),
    ),
  )
  .map(([one, [name, body]]): Make => {
    return ({ streams, prefix }) => {
      const json = JSON.stringify(body).replace(/("(?:filter|last_by_subj|next_by_subj)":")/, `$1${prefix}.`);
      return { about: name, send: call(`${name}.${streams[one]}`, body === "" ? "" : json) };
    };
  });

const looks: fc.Arbitrary<Make> = fc
  .tuple(which, consumerName, fc.constantFrom("STREAM.INFO", "CONSUMER.INFO", "CONSUMER.NAMES", "CONSUMER.LIST"))
  .map(([one, name, what]): Make => {
    return ({ streams }) => {
      const subject = what === "CONSUMER.INFO" ? `${what}.${streams[one]}.${name}` : `${what}.${streams[one]}`;
      return { about: what, send: call(subject) };
    };
  });

const removals: fc.Arbitrary<Make> = fc
  .tuple(which, consumerName, fc.constantFrom("CONSUMER.DELETE", "CONSUMER.DELETE", "STREAM.DELETE"))
  .map(([one, name, what]): Make => {
    return ({ streams }) => {
      const subject = what === "STREAM.DELETE" ? `${what}.${streams[one]}` : `${what}.${streams[one]}.${name}`;
      return { about: what, send: call(subject) };
    };
  });

const operation: fc.Arbitrary<MakeFiltered> = fc.oneof(
  { weight: 8, arbitrary: publish },
  { weight: 8, arbitrary: ask },
  { weight: 8, arbitrary: settle },
  { weight: 4, arbitrary: looks },
  { weight: 3, arbitrary: createConsumer },
  { weight: 2, arbitrary: messageCalls },
  { weight: 1, arbitrary: createStream() },
  { weight: 1, arbitrary: dead },
  { weight: 1, arbitrary: removals },
);
