/** A check as the catalog shows it. */
export interface CheckEntry {
  /** As scenarios call it. */
  readonly name: string;
  /** How its verdicts are titled; a bound or a client may follow. */
  readonly title: string;
  /** One sentence: what must hold. */
  readonly doc: string;
}

/** Every check there is. */
export const checkCatalog: readonly CheckEntry[] = [
  {
    name: "allReplicasHealthy",
    title: "all replicas healthy",
    doc: "Every replica comes up, is seen healthy from outside, and stays; of each role there are as many as asked for.",
  },
  {
    name: "degradedLimitHolds",
    title: "degraded limit holds",
    doc: "A limit over all gateways holds while they share a count, while they cannot, and over the changes.",
  },
  {
    name: "delaysAreNotEarly",
    title: "delays are not early",
    doc: "What comes after a workflow's delay does not begin before the delay is over.",
  },
  {
    name: "everyEffectIsAcknowledged",
    title: "every effect is acknowledged",
    doc: "No job takes effect of which no client was told; for clients that send again until they know.",
  },
  {
    name: "everyFaultStrikes",
    title: "every fault strikes",
    doc: "Each planned fault strikes; a trap that never springs makes the run no proof. Every scenario with faults has it.",
  },
  {
    name: "everyRunEnds",
    title: "every run ends",
    doc: "Every acknowledged run of a workflow succeeds by every gateway's word, and its steps have taken effect.",
  },
  {
    name: "faultsMeetRuns",
    title: "faults meet",
    doc: "Each fault strikes while so many runs of workflows are under way; with fewer the run proves less than it says.",
  },
  {
    name: "legalTransitions",
    title: "legal transitions",
    doc: "Every job goes from state to state as the rules allow, and its log holds every write that was accepted.",
  },
  {
    name: "linkFaultsAreFelt",
    title: "link faults are felt",
    doc: "A replica that a fault cuts off from Redis or NATS says so itself; one that is far from Redis measures it.",
  },
  {
    name: "lockIsExclusive",
    title: "lock is exclusive",
    doc: "Each lock has one holder at a time, lasts as long as its holder needs it, and is released by nobody else.",
  },
  {
    name: "lostRepliesAreResolved",
    title: "lost replies are resolved",
    doc: "Who never heard what became of a submission, and sends it again under its key, is told in the end.",
  },
  {
    name: "noEffectTwice",
    title: "no effect twice",
    doc: "No job takes effect more than once, however often it is executed.",
  },
  {
    name: "noJobIsLost",
    title: "no job is lost",
    doc: "Every acknowledged job succeeds by the plane's word, and the sink has accepted its effect.",
  },
  {
    name: "oneDispatchPerEpoch",
    title: "one dispatch per epoch",
    doc: "The stream stores one dispatch of each attempt.",
  },
  {
    name: "oneExecutionPerEpoch",
    title: "one execution per epoch",
    doc: "Each attempt is started by one worker, once.",
  },
  {
    name: "oneJobPerKey",
    title: "one job per key",
    doc: "An idempotency key stands for one job that can be found, for every gateway and every resend.",
  },
  {
    name: "oneLeaderAtATime",
    title: "one leader at a time",
    doc: "Under each lease, one replica leads at a time.",
  },
  {
    name: "oneTerminalState",
    title: "one terminal state",
    doc: "A job has one end, the same for every reader, and nobody ever sees it undone.",
  },
  {
    name: "onlyTheTailIsLost",
    title: "only the tail is lost",
    doc: "When a primary of Redis is replaced, no job is lost but those written to while it was the only one to know.",
  },
  {
    name: "rateLimitHolds",
    title: "rate limit holds",
    doc: "Over all gateways, a client's admitted requests keep to its limit, and no more are refused than must be.",
  },
  {
    name: "recoversWithin",
    title: "recovers within",
    doc: "After each fault, every job that waited or came in takes effect within the bound.",
  },
  {
    name: "stepsRunOnceInOrder",
    title: "steps run once, in order",
    doc: "Each job of each step of a run takes effect once, and none begins before what it comes after has.",
  },
  {
    name: "workersAgree",
    title: "workers agree within",
    doc: "After each change, every gateway lists exactly the workers that live, within the bound.",
  },
];
