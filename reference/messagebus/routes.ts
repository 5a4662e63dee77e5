import type { HashRing } from "../domain/messagebus/hash-ring.ts";
import type { Handler } from "./message.ts";
import type { Entry, Subscription, TopicRoute } from "./under-way.ts";

/** Idle topics whose shard is remembered, so that it need not be hashed again. */
const rememberedMax = 10_000;

/** Which shard each topic goes to, and who subscribes to it. */
export class Routes {
  #ring: HashRing;
  readonly #routes = new Map<string, TopicRoute>();
  readonly #switched: (route: TopicRoute, parked: readonly Entry[]) => void;
  #moving = 0;
  #underWay = 0;

  /** @param switched - told when a topic has left its old shard, with what has waited for that */
  constructor(ring: HashRing, switched: (route: TopicRoute, parked: readonly Entry[]) => void) {
    this.#ring = ring;
    this.#switched = switched;
  }

  /** Topics between two shards. */
  get moving(): number {
    return this.#moving;
  }

  /** Messages on their way to an end. */
  get underWay(): number {
    return this.#underWay;
  }

  of(topic: string): TopicRoute {
    const known = this.#routes.get(topic);
    if (known) return known;
    const shard = this.#ring.shardOf(topic);
    const route: TopicRoute = { topic, shard, subscriptions: [], underWay: 0, move: undefined };
    if (this.#routes.size < rememberedMax) this.#routes.set(topic, route);
    return route;
  }

  subscribe(topic: string, handler: Handler): () => void {
    const route = this.of(topic);
    const subscription: Subscription = { handler };
    route.subscriptions = [...route.subscriptions, subscription];
    this.#routes.set(topic, route);
    return () => {
      route.subscriptions = route.subscriptions.filter((each) => each !== subscription);
      this.#forgetIfSpare(route);
    };
  }

  /** One more message of this topic is under way. */
  begin(route: TopicRoute): void {
    if (route.underWay === 0) this.#routes.set(route.topic, route);
    route.underWay += 1;
    this.#underWay += 1;
  }

  /** A message has reached its end; with the last one on its old shard, its topic switches. */
  end({ route }: Entry): void {
    route.underWay -= 1;
    this.#underWay -= 1;
    const { move } = route;
    // Of a topic that moves only the old shard's messages can end: the new one's are parked.
    if (move && --move.before === 0) this.#switch(route, move.parked);
    this.#forgetIfSpare(route);
  }

  /** From now on topics go where this ring says; those with messages under way only once these are settled. */
  redirect(ring: HashRing): void {
    this.#ring = ring;
    for (const route of this.#routes.values()) {
      const shard = ring.shardOf(route.topic);
      if (shard === route.shard) continue;
      route.shard = shard;
      if (route.underWay === 0) continue;
      route.move = { before: route.underWay, parked: [] };
      this.#moving += 1;
    }
  }

  #switch(route: TopicRoute, parked: readonly Entry[]): void {
    route.move = undefined;
    this.#moving -= 1;
    this.#switched(route, parked);
  }

  #forgetIfSpare({ topic, subscriptions, underWay }: TopicRoute): void {
    if (underWay > 0 || subscriptions.length > 0 || this.#routes.size <= rememberedMax) return;
    this.#routes.delete(topic);
  }
}
