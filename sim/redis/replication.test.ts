import { expect, test } from "vitest";

import { seededRandom } from "../../core/mod.ts";
import { clientOf, TestClock, type TestClient } from "./redis.test-support.ts";
import { ErrorReply, ok } from "./reply.ts";
import type { FromPrimary, FromReplica } from "./replication-messages.ts";
import { RedisServer } from "./server.ts";

const readOnly = new ErrorReply("READONLY You can't write against a read only replica.");

/** A link whose messages wait until the test lets them through. */
class Link {
  readonly #toReplica: FromPrimary[] = [];
  readonly #toPrimary: FromReplica[] = [];
  readonly #primary;
  readonly #replica;
  /** Every message that has arrived at the replica. */
  readonly arrived: FromPrimary["kind"][] = [];
  /** The names of the commands in the last writes that have. */
  names: string[] = [];

  constructor(primary: RedisServer, replica: RedisServer) {
    this.#primary = primary.feed("replica:6379", (message) => this.#toReplica.push(message));
    this.#replica = replica.replicaOf("primary:6379", (message) => this.#toPrimary.push(message));
  }

  deliver(): void {
    while (this.#toReplica.length + this.#toPrimary.length > 0) {
      for (const message of this.#toPrimary.splice(0)) this.#primary.receive(message);
      for (const message of this.#toReplica.splice(0)) {
        this.arrived.push(message.kind);
        if (message.kind === "writes") this.names = message.writes.map(({ words: [name = ""] }) => name);
        this.#replica.receive(message);
      }
    }
  }

  /** Loses whatever is on its way to the replica. */
  lose(): void {
    this.#toReplica.length = 0;
  }

  cut(): void {
    this.#primary.close();
    this.#replica.close();
    this.#toReplica.length = 0;
    this.#toPrimary.length = 0;
  }
}

interface Pair {
  readonly clock: TestClock;
  readonly primary: RedisServer;
  readonly replica: RedisServer;
  readonly link: Link;
  readonly writer: TestClient;
  readonly reader: TestClient;
}

function pair(limits: { minReplicasToWrite?: number; minReplicasMaxLagMs?: number } = {}): Pair {
  const clock = new TestClock();
  const primary = new RedisServer({ clock, random: seededRandom("primary"), ...limits });
  const replica = new RedisServer({ clock, random: seededRandom("replica") });
  const link = new Link(primary, replica);
  return { clock, primary, replica, link, writer: clientOf(primary), reader: clientOf(replica) };
}

test("a replica gets what was there, and then every write", () => {
  const { writer, reader, link, primary, replica } = pair();
  writer.run("RPUSH list a b");
  link.deliver();
  writer.run("SET k v");
  expect(reader.run("GET k")).toBeNull();
  link.deliver();
  expect([reader.run("GET k"), reader.run("LRANGE list 0 -1")]).toEqual(["v", ["a", "b"]]);
  expect(replica.offset).toBe(primary.offset);
  expect(link.arrived).toEqual(["snapshot", "writes"]);
});

test("a replica refuses writes, also those of scripts and transactions", () => {
  const { reader, link } = pair();
  link.deliver();
  expect(reader.run("SET k v")).toEqual(readOnly);
  const scripted = reader.send("EVAL", "return redis.call('SET', KEYS[1], 'v')", "1", "k");
  expect((scripted as ErrorReply).text).toMatch(/^READONLY /);
  reader.run("MULTI");
  expect(reader.run("SET k v")).toEqual(readOnly);
});

test("what chance and time decided on the primary, is the same on its replica", () => {
  const { writer, reader, link, clock } = pair();
  link.deliver();
  for (const words of ["SADD set a b c d e", "SPOP set 2", "SET lock me PX 1000", "INCRBYFLOAT f 0.1", "SET x y"]) {
    writer.run(words);
  }
  writer.send("EVAL", "redis.call('SET', KEYS[1], redis.call('TIME')[2]) redis.call('EXPIRE', KEYS[1], 5)", "1", "s");
  clock.advance(300);
  link.deliver();
  const same = ["SMEMBERS set", "PTTL lock", "GET f", "GET s", "PTTL s"];
  expect(same.map((words) => reader.run(words))).toEqual(same.map((words) => writer.run(words)));
});

test("a replica hides what has expired, and deletes it when its primary says so", () => {
  const { writer, reader, link, clock } = pair();
  writer.run("SET k v PX 100");
  link.deliver();
  clock.advance(101);
  expect([reader.run("GET k"), reader.run("DBSIZE")]).toEqual([null, 1]);
  writer.run("GET k");
  link.deliver();
  expect(reader.run("DBSIZE")).toBe(0);
});

test("a transaction reaches a replica as a whole", () => {
  const { writer, reader, link } = pair();
  link.deliver();
  for (const words of ["MULTI", "SET a 1", "SET b 2", "EXEC"]) writer.run(words);
  link.deliver();
  expect(reader.run("MGET a b")).toEqual(["1", "2"]);
  expect(link.names).toEqual(["MULTI", "SET", "SET", "EXEC"]);
  writer.run("SET alone 1");
  link.deliver();
  expect(link.names).toEqual(["SET"]);
});

test("a failover loses the tail that was not replicated, and nothing else", () => {
  const { primary, replica, writer, reader, link } = pair();
  link.deliver();
  writer.run("SET safe 1");
  link.deliver();
  writer.run("SET lost 1");
  link.cut();
  replica.promote();
  expect(reader.run("MGET safe lost")).toEqual(["1", null]);
  expect(reader.run("SET more 1")).toEqual(ok);
  expect([primary.role, replica.role]).toEqual(["primary", "primary"]);
});

test("an old primary believes in itself until it is told, and then drops what only it has", () => {
  const { primary, replica, writer, reader, link } = pair();
  link.deliver();
  link.cut();
  replica.promote();
  expect(writer.run("SET split brain")).toEqual(ok);
  reader.run("SET new primary");
  const back = new Link(replica, primary);
  expect(writer.run("SET split again")).toEqual(readOnly);
  back.deliver();
  expect(writer.run("MGET split new")).toEqual([null, "primary"]);
  expect(back.arrived).toContain("snapshot");
});

test("an old primary that wrote nothing meanwhile goes on where it was", () => {
  const { primary, replica, writer, reader, link } = pair();
  writer.run("SET k v");
  link.deliver();
  link.cut();
  replica.promote();
  reader.run("SET new primary");
  const back = new Link(replica, primary);
  back.deliver();
  expect(writer.run("GET new")).toBe("primary");
  expect(back.arrived).toEqual(["continue", "writes"]);
});

test("a link that was cut for a while costs no full copy", () => {
  const { primary, replica, writer, reader, link } = pair();
  link.deliver();
  link.cut();
  for (let each = 0; each < 10; each++) writer.run(`SET k${each} v`);
  const back = new Link(primary, replica);
  back.deliver();
  expect(reader.run("DBSIZE")).toBe(10);
  expect(back.arrived).toEqual(["continue", "writes"]);
});

test("a replica that has missed a message asks for what it lacks, and carries nothing out of order", () => {
  const { writer, reader, link, primary, replica } = pair();
  link.deliver();
  writer.run("SET k first");
  link.lose();
  writer.run("APPEND k -second");
  link.deliver();
  expect(reader.run("GET k")).toBe("first-second");
  expect(replica.offset).toBe(primary.offset);
  expect(link.arrived).toEqual(["snapshot", "writes", "continue", "writes"]);
});

test("writes from before the first replica cost nothing: it gets a copy", () => {
  const clock = new TestClock();
  const primary = new RedisServer({ clock, random: seededRandom("primary") });
  clientOf(primary).run("SET k v");
  const replica = new RedisServer({ clock, random: seededRandom("replica") });
  const link = new Link(primary, replica);
  link.deliver();
  expect([clientOf(replica).run("GET k"), link.arrived]).toEqual(["v", ["snapshot"]]);
});

test("WAIT answers as soon as enough replicas have this client's writes", () => {
  const { writer, link } = pair();
  link.deliver();
  writer.run("SET k v");
  expect(writer.run("WAIT 1 0")).toBeUndefined();
  link.deliver();
  expect(writer.replies.at(-1)).toBe(1);
});

test("WAIT says after its timeout how many have", () => {
  const { writer, link, clock } = pair();
  link.deliver();
  writer.run("SET k v");
  writer.run("WAIT 1 500");
  clock.advance(500);
  expect(writer.replies.at(-1)).toBe(0);
});

test("with too few replicas that keep up, writes are refused and reads are not", () => {
  const { writer, link, clock } = pair({ minReplicasToWrite: 1, minReplicasMaxLagMs: 2_000 });
  const refused = new ErrorReply("NOREPLICAS Not enough good replicas to write.");
  expect(writer.run("SET k v")).toEqual(refused);
  link.deliver();
  expect(writer.run("SET k v")).toEqual(ok);
  clock.advance(2_001);
  expect([writer.run("SET k w"), writer.run("GET k")]).toEqual([refused, "v"]);
  link.deliver();
  expect(writer.run("SET k w")).toEqual(ok);
});

test("whoever waits on a server that becomes a replica is sent away", () => {
  const { primary, replica, writer } = pair();
  writer.run("BLPOP list 0");
  replica.promote();
  primary.replicaOf("other:6379", () => undefined);
  expect(writer.replies).toEqual([
    new ErrorReply("UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)"),
  ]);
});
