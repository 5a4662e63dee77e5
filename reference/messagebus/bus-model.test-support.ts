import { quiet } from "../scheduler/manual-clock.test-support.ts";
import { busOnTrial, type BusOnTrial } from "./bus-on-trial.test-support.ts";
import { missing, type BusLeftover, type Delivery, type MessageBusOptions, type ShardStats } from "./mod.ts";

/** Something that happens to a bus. */
export type Step =
  | { readonly kind: "publish"; readonly topic: number; readonly priority: number; readonly key: number | undefined }
  | { readonly kind: "take" | "refuse"; readonly which: number }
  | { readonly kind: "advance"; readonly forMs: number }
  | { readonly kind: "pause" | "resume"; readonly shard: number }
  | { readonly kind: "resize"; readonly shards: number | readonly number[] }
  | { readonly kind: "replay"; readonly limit: number };

const limits = {
  ...{ shards: 3, workersPerShard: 2, queueSizeMax: 10, retriesMax: 1, dedupTtlMs: 200, dedupMax: 5 },
} satisfies Partial<MessageBusOptions>;

const topicNames = ["orders", "mail", "jobs.submit", "metrics.tick", "audit.log"];

/** A bus with witnesses of its own, which know nothing of its books. */
export class BusModel {
  readonly trial: BusOnTrial = busOnTrial(limits);
  /** What did not hold. */
  readonly problems: string[] = [];
  /** Every acceptance that the bus ever answered. */
  accepted = 0;
  /** Topics that moved with messages under way. */
  drained = 0;
  /** Ids by what became of them, as the handlers and the dead letters saw it. */
  readonly delivered: string[] = [];
  /** The last that started, by topic and priority. */
  readonly #started = new Map<string, number>();
  /** Which shard accepted an id; what may have been replayed is not in it. */
  readonly #shardOf = new Map<string, number>();
  #published = 0;
  #resizesUnderWay = 0;

  constructor() {
    for (const topic of topicNames) {
      this.trial.bus.subscribe(topic, async (delivery) => {
        this.#begins(delivery);
        await this.trial.holding(delivery);
        this.delivered.push(delivery.id);
      });
    }
  }

  /** Goes through the plan, or up to the first step after which something does not hold. */
  async run(plan: readonly Step[]): Promise<void> {
    for (const step of plan) {
      await this.#do(step);
      await quiet();
      this.#check();
      if (this.problems.length > 0) return;
    }
  }

  /** Lets every handler succeed until nothing is under way. */
  async finish(): Promise<void> {
    for (let round = 0; round < 200 && this.#underWay() > 0; round++) {
      for (const one of [...this.trial.held]) one.take();
      await this.trial.clock.advance(20);
      this.#check();
    }
    this.#claim(this.#underWay() === 0, "the bus is stuck");
    this.#claim(this.#resizesUnderWay === 0, "a resize is stuck");
  }

  async stop(withinMs: number): Promise<BusLeftover> {
    const stopped = this.trial.bus.stop({ withinMs });
    await this.trial.clock.advance(withinMs);
    return await stopped;
  }

  /** What holds at any time. */
  #check(): void {
    const { shards, ledger } = this.trial.bus.stats();
    this.#claim(missing(ledger) === 0, "the books of the bus do not add up");
    this.#claim(ledger.accepted === this.accepted, "publishers and bus disagree");
    this.#claim(ledger.delivered === this.delivered.length, "handlers and bus disagree on what was delivered");
    this.#claim(ledger.inHand === this.trial.held.length, "handlers and bus disagree on what is in hand");
    for (const shard of shards) this.#checkShard(shard);
  }

  #checkShard({ shard, ledger, busyWorkers, depth }: ShardStats): void {
    const { workersPerShard, queueSizeMax } = limits;
    this.#claim(missing(ledger) === 0, `the books of shard ${shard} do not add up`);
    this.#claim(busyWorkers <= workersPerShard, `shard ${shard} has too many workers`);
    const waiting = depth.normal + depth.high + ledger.inBackoff;
    this.#claim(waiting <= 2 * (queueSizeMax + workersPerShard), `shard ${shard} holds too much`);
    const idles = ledger.queued > 0 && busyWorkers < workersPerShard && this.#resizesUnderWay === 0;
    this.#claim(!idles, `shard ${shard} has work, and idle workers`);
  }

  #claim(holds: boolean, problem: string): void {
    if (!holds) this.problems.push(problem);
  }

  #underWay(): number {
    const { queued, inBackoff, inHand } = this.trial.bus.stats().ledger;
    return queued + inBackoff + inHand;
  }

  #begins({ id, topic, payload, attempt }: Delivery): void {
    const [order, priority] = [Math.floor((payload as number) / 100), (payload as number) % 100];
    if (attempt === 1 && this.#shardOf.has(id)) this.#startsInOrder(`${topic}/${priority}`, order);
    this.#hasLeftItsOldShard(topic, id);
  }

  /** First attempts of one topic and one priority start in the order of acceptance, on whichever shards. */
  #startsInOrder(lane: string, order: number): void {
    const before = this.#started.get(lane) ?? 0;
    this.#claim(order > before, `${lane}: ${order} starts after ${before}`);
    this.#started.set(lane, order);
  }

  /** No two shards have messages of one topic in hand. */
  #hasLeftItsOldShard(topic: string, id: string): void {
    const others = this.trial.held.filter(({ delivery }) => delivery.topic === topic);
    const shards = [id, ...others.map(({ delivery }) => delivery.id)].map((each) => this.#shardOf.get(each));
    const known = new Set(shards.filter((shard) => shard !== undefined));
    this.#claim(known.size <= 1, `${topic} is in hand on shards ${[...known].join(" and ")}`);
  }

  async #do(step: Step): Promise<void> {
    const { clock, held } = this.trial;
    switch (step.kind) {
      case "publish":
        return this.#publish(step);
      case "take":
      case "refuse":
        return held[step.which % Math.max(1, held.length)]?.[step.kind]();
      case "advance":
        return await clock.advance(step.forMs);
      case "pause":
      case "resume":
        return this.#operate(step);
      case "resize":
        return this.#resize(step.shards);
      case "replay":
        return this.#replay(step.limit);
    }
  }

  /** What is replayed starts anew, behind those that were accepted meanwhile, and perhaps on another shard. */
  #replay(limit: number): void {
    const { bus } = this.trial;
    for (const { id } of bus.deadLetters({ limit })) this.#shardOf.delete(id);
    this.accepted += bus.replay({ limit }).replayed;
  }

  #publish({ topic, priority, key }: Extract<Step, { kind: "publish" }>): void {
    const payload = ++this.#published * 100 + priority;
    const name = topicNames[topic % topicNames.length] ?? "";
    const keyed = key === undefined ? {} : { idempotencyKey: `${name}/${key}` };
    const published = this.trial.bus.publish({ topic: name, payload, priority, ...keyed });
    if (!published.accepted || published.duplicate) return;
    this.accepted += 1;
    this.#shardOf.set(published.id, published.shard);
  }

  #operate({ kind, shard }: Extract<Step, { kind: "pause" | "resume" }>): void {
    const { bus } = this.trial;
    const { shards } = bus.stats();
    bus[kind](shards[shard % shards.length]?.shard ?? 0);
  }

  #resize(shards: number | readonly number[]): void {
    if (this.#resizesUnderWay > 0) return;
    this.#resizesUnderWay += 1;
    void this.trial.bus.resize(shards).then(({ drained }) => {
      this.#resizesUnderWay -= 1;
      this.drained += drained;
    });
  }
}
