import { ask, hpub, pub } from "../requests.ts";
import { step, type Transcript } from "./transcript.ts";

/** Publishing and subscribing, without JetStream. */
export const core: readonly Transcript[] = [
  {
    name: "wildcards, a token and the rest",
    steps: [
      step("subscribe", "SUB a.* 10\r\nSUB a.> 11\r\nSUB a.b 12\r\nSUB > 13\r\nSUB *.b 14\r\n"),
      step("two tokens", pub("a.b", "1")),
      step("one token", pub("a", "2")),
      step("three tokens", pub("a.b.c", "3")),
      step("a wildcard is published", pub("a.*", "4")),
      step("the rest is published", pub("a.>", "5")),
      step("an empty token", pub("a..b", "6")),
      step("an empty first token", pub(".b", "7")),
      step("unsubscribe", "UNSUB 11\r\nUNSUB 13\r\n"),
      step("again", pub("a.b", "8")),
    ],
  },
  {
    name: "a subscription ends after so many messages",
    steps: [
      step("three in all", "SUB m 10\r\nUNSUB 10 3\r\n"),
      ...["1", "2", "3", "4"].map((text) => step("publish", pub("m", text))),
      step("two when it had three", "SUB n 11\r\n" + pub("n", "1") + pub("n", "2") + pub("n", "3") + "UNSUB 11 2\r\n"),
      step("nothing more", pub("n", "4")),
      step("a sid that nobody has", "UNSUB 99\r\n"),
      step("a sid twice", "SUB o 12\r\nSUB p 12\r\n"),
      step("only the first counts", pub("o", "1") + pub("p", "2")),
    ],
  },
  {
    name: "a request, its answer, and nobody there",
    steps: [
      step("subscribe", "SUB inbox.* 10\r\nSUB service 11 workers\r\n"),
      step("request", pub("service", "hello", "inbox.1")),
      step("answer", pub("inbox.1", "there")),
      step("nobody there", pub("nobody", "hello", "inbox.2")),
      step("nobody there, no reply", pub("nobody", "hello")),
      step("nobody there, a reply that nobody hears", pub("nobody", "hello", "elsewhere")),
      step("with headers", hpub("service", { Trace: "1" }, "hello", "inbox.3")),
      step("with empty headers", hpub("service", {}, "")),
      step("a server's own subject", ask("$JS.ACK.none.none.1.1.1.1.0")),
    ],
  },
  {
    name: "a queue group of one, and its plain neighbours",
    steps: [
      step("subscribe", "SUB q 10 group\r\nSUB q 11\r\nSUB * 12 other\r\n"),
      step("publish", pub("q", "1")),
      step("leave", "UNSUB 10\r\n"),
      step("publish", pub("q", "2")),
    ],
  },
  {
    name: "what is no subject",
    steps: ["a..b", ".a", "a.", "a.>.b", ">.a"].map((subject) => step("subscribe", `SUB ${subject} 10\r\n`)),
  },
  { name: "what is no operation", steps: [step("junk", "JUNK\r\n")] },
  {
    name: "an operation in small letters, in pieces",
    steps: [step("sub", "sub a 10\r\n"), step("pub", "pub a 1\r\nx\r\n")],
  },
  { name: "a payload that is longer than said", steps: [step("pub", "PUB a 1\r\nxyz\r\n")] },
  { name: "a publish without a size", steps: [step("pub", "PUB a\r\n")] },
  { name: "a payload that is too large", steps: [step("pub", "PUB a 1048577\r\n")] },
  { name: "a line that is too long", steps: [step("sub", `SUB ${"a".repeat(5_000)} 1\r\n`)] },
  { name: "headers that are longer than the message", steps: [step("hpub", "HPUB a 10 5\r\nxxxxx\r\n")] },
  {
    name: "verbose and pedantic",
    steps: [
      step("connect", 'CONNECT {"verbose":true,"pedantic":true,"headers":true}\r\n'),
      step("sub", "SUB a 10\r\n"),
      step("pub", pub("a", "1")),
      step("pub to a wildcard", pub("a.*", "1")),
      step("unsub", "UNSUB 10\r\n"),
    ],
  },
  {
    name: "no echo",
    steps: [
      step("connect", 'CONNECT {"echo":false,"headers":true,"no_responders":true}\r\nSUB a 10\r\nSUB in 11\r\n'),
      step("nobody but itself", pub("a", "1", "in")),
    ],
  },
];
