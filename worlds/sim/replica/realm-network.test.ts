import { expect, test } from "vitest";

import type { Connection, Kernel, Realm } from "../../../sim/mod.ts";
import { simulated } from "../kernel.test-support.ts";

interface Sender {
  readonly kernel: Kernel;
  readonly realm: Realm;
  readonly connection: Connection;
  /** What the server has got, and when. */
  readonly heard: { readonly at: number; readonly what: unknown }[];
}

/** A replica with an open connection to a server. */
function sending<Value>(use: (sender: Sender) => Promise<Value>): Promise<Value> {
  return simulated(async ({ kernel, network, realmOf }) => {
    const heard: { at: number; what: unknown }[] = [];
    network.listen({ name: "server" }, () => ({
      received: (what) => void heard.push({ at: kernel.now(), what }),
      closed: (reason) => void heard.push({ at: kernel.now(), what: reason }),
    }));
    const own = realmOf("worker-1");
    const connection = own.connect("server", { received: () => undefined, closed: () => undefined });
    await kernel.clock.sleep(100);
    return use({ kernel, realm: own.host.realm, connection, heard });
  });
}

const say = (connection: Connection, text: string): void => connection.send(text, text.length, text);

test("what a replica says in the event that has paused it is said when it goes on", async () => {
  const [meanwhile, afterwards] = await sending(async ({ kernel, realm, connection, heard }) => {
    kernel.enter(realm, "speak", () => {
      say(connection, "before");
      realm.pause();
      say(connection, "after");
      connection.close();
    });
    await kernel.clock.sleep(1_000);
    const early = heard.map(({ what }) => what);
    const resumedAt = kernel.now();
    realm.resume();
    await kernel.clock.sleep(1_000);
    const late = heard.slice(early.length).map(({ at, what }) => [at > resumedAt, what]);
    return [early, late] as const;
  });
  expect(meanwhile).toEqual(["before"]);
  expect(afterwards).toEqual([
    [true, "after"],
    [true, "closed"],
  ]);
});

test("what a replica says in the event that has killed it is never said", async () => {
  const heard = await sending(async ({ kernel, realm, connection, heard: all }) => {
    kernel.enter(realm, "speak", () => {
      realm.end({ why: "killed" });
      say(connection, "from the grave");
    });
    await kernel.clock.sleep(1_000);
    return all.map(({ what }) => what);
  });
  expect(heard).toEqual(["reset"]);
});
