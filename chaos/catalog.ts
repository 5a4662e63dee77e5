/** Every fault, for `seatrial list faults`: its name as it is imported, and what it does in one sentence. */
export const faultCatalog = [
  { name: "kill", doc: "SIGKILL: the replica is gone in mid-instruction; heal starts it again." },
  { name: "stop", doc: "SIGTERM: the replica shuts down gracefully; heal starts it again." },
  { name: "pause", doc: "SIGSTOP: the replica sleeps with everything in hand; heal wakes it." },
  { name: "join", doc: "One more replica of a role joins under load, and stays." },
  { name: "crashAt", doc: "The replica kills itself before or after the n-th call of a kind; heal starts it again." },
  { name: "pauseAt", doc: "The replica falls asleep before or after the n-th call of a kind; heal wakes it." },
  { name: "stopAt", doc: "The replica is told to stop in the n-th call of a kind; heal starts it again." },
  { name: "delayAt", doc: "The replica waits before or after the n-th call of a kind, or each of them." },
] as const;
