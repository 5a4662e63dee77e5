/**
 * Every fault, for `seatrial list faults`: its name as it is imported, what it does in one sentence, and the only world
 * that has it, if there is but one.
 */
export const faultCatalog = [
  { name: "kill", doc: "SIGKILL: the replica is gone in mid-instruction; heal starts it again." },
  { name: "terminate", doc: "SIGTERM: the replica shuts down gracefully; heal starts it again." },
  { name: "pause", doc: "SIGSTOP: the replica sleeps with everything in hand; heal wakes it." },
  { name: "restart", doc: "SIGTERM, and started again as soon as it has exited; heal waits until it is ready." },
  { name: "join", doc: "One more replica of a role joins under load, and stays." },
  { name: "crashAt", doc: "The replica kills itself before or after the n-th call of a kind; heal starts it again." },
  { name: "pauseAt", doc: "The replica falls asleep before or after the n-th call of a kind; heal wakes it." },
  { name: "terminateAt", doc: "The replica is told to stop in the n-th call of a kind; heal starts it again." },
  { name: "delayAt", doc: "The replica waits before or after the n-th call of a kind, or each of them." },
  { name: "cut", doc: "Every connection to a server is closed, and none can be made; heal lets new ones be made." },
  { name: "delay", doc: "Everything on a link comes later, in both directions; heal takes the delay away." },
  {
    name: "blackhole",
    doc: "Connections stay and are taken, and nothing arrives; heal closes those that lost something.",
  },
  { name: "reset", doc: "A connection breaks as soon as something is sent on it; heal lets new ones live." },
  { name: "throttle", doc: "Bytes pass no faster than a rate in each direction; heal takes the limit away." },
  { name: "loseReply", doc: "Requests arrive and take effect, and replies are lost; heal closes the connections." },
  {
    name: "failOver",
    doc: "Redis's primary is lost, and its replica takes over with what it has received; heal brings the lost one back.",
    only: "sim",
  },
  {
    name: "sleepPrimary",
    doc: "Redis's primary sleeps, its replica takes over, and when heal wakes it there are two until it is told.",
    only: "sim",
  },
  {
    name: "restartServer",
    doc: "Redis or NATS is killed, and starts again by itself; heal waits until it is back.",
    only: "sim",
  },
  {
    name: "loseLeader",
    doc: "NATS stores and delivers nothing until its cluster has another leader; heal waits until there is one.",
    only: "sim",
  },
  {
    name: "partition",
    doc: "Nothing passes a link in one of its directions, and nobody is told; heal lets packets pass again.",
    only: "sim",
  },
  {
    name: "clockJump",
    doc: "The wall clock of a replica jumps forward; heal makes it jump back.",
    only: "sim",
  },
] as const;
