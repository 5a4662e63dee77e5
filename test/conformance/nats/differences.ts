import type { Step } from "./play.ts";
import { call, pull, store } from "./requests.ts";
import { consumer, step, stream } from "./transcripts/transcript.ts";

/** Something that the engine does differently, and is to. */
export interface AcceptedDifference {
  readonly what: string;
  readonly why: string;
  /** Shows it: the last step is answered differently. */
  readonly shownBy: readonly Step[];
}

const push = { stream_name: "A", config: { durable_name: "p", deliver_subject: "x", ack_policy: "none" } };

/** All differences that are known. Random sequences keep clear of them; of each it is tested that it is still one. */
export const differences: readonly AcceptedDifference[] = [
  {
    what: "a call that the server does not know is refused by name",
    why: "nats-server says nothing at all; whoever meets the simulator's limits has to see it",
    shownBy: [step("call", call("NO.SUCH.CALL"))],
  },
  {
    what: "push consumers, mirrors, sources, republishing, direct gets and snapshots are refused by name",
    why: "nothing in the plane uses them",
    shownBy: [stream("A"), step("push", call("CONSUMER.CREATE.A.p", push))],
  },
  {
    what: "the filter of a consumer cannot be changed",
    why: "nats-server 2.9 takes the new filter in some places, and keeps the old one in others",
    shownBy: [
      stream("A", { subjects: ["a.*"] }),
      consumer("A", "c", { filter_subject: "a.x" }),
      consumer("A", "c", { filter_subject: "a.y" }),
    ],
  },
  {
    what: "of a pull request that is not JSON, it is only said that it is not",
    why: "nats-server quotes the error of Go's parser",
    shownBy: [stream("A"), consumer("A", "c"), step("pull", pull("A", "c", "{"))],
  },
  {
    what: "calls are not reported on $JS.EVENT.ADVISORY.API",
    why: "nobody listens there, and each report repeats a whole request and its answer",
    shownBy: [step("listen", "SUB $JS.EVENT.ADVISORY.API 9\r\n"), step("call", call("STREAM.NAMES"))],
  },
  {
    what: "deleting the newest message of a subject does no harm to what is known of the others",
    why: "nats-server 2.9 then takes the deleted message for the last one, and finds nothing there",
    shownBy: [
      stream("A", { subjects: ["a.*"] }),
      ...["1", "2", "3"].map((body) => step("store", store("a.x", body))),
      step("delete the newest", call("STREAM.MSG.DELETE.A", { seq: 3 })),
      step("the last one", call("STREAM.MSG.GET.A", { last_by_subj: "a.x" })),
    ],
  },
  {
    what: "a stream in memory behaves as one in files",
    why: "nats-server keeps two implementations, which differ in small things such as when an empty stream begins",
    shownBy: [
      stream("A", { subjects: ["a"], storage: "memory" }),
      step("store", store("a", "1")),
      step("delete", call("STREAM.MSG.DELETE.A", { seq: 1 })),
      step("info", call("STREAM.INFO.A")),
    ],
  },
];
