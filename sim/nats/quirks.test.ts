import { describe, expect, test } from "vitest";

import { server, type TestClient } from "./client.test-support.ts";

const ms = 1e6;

/** Three delivered, one of them handed back while the only request is dead. */
function handBackToTheDead(client: TestClient): void {
  client.prepare({ ack_wait: 30_000 * ms });
  for (const text of ["1", "2", "3"]) client.store(text);
  client.pull({ batch: 3 });
  const [, second] = client.take();
  client.session.subscribe("dead", "_DEAD");
  const payload = JSON.stringify({ batch: 5, expires: 3_600_000 * ms });
  client.session.publish({ subject: "$JS.API.CONSUMER.MSG.NEXT.WORK.c", reply: "_DEAD", payload });
  client.session.unsubscribe("dead");
  client.answer(second, "-NAK");
}

describe("a message that is handed back while all requests are dead", () => {
  test("is forgotten by 2.9.10 until its wait is over, and the newest is delivered twice", () => {
    const { clock, client } = server({ version: "2.9.10" });
    handBackToTheDead(client);
    client.pull({ batch: 5, expires: 3_600_000 * ms });
    expect(client.texts()).toEqual(["3"]);
    clock.advance(29_900);
    expect(client.texts()).toEqual([]);
    clock.advance(200);
    expect(client.texts()).toContain("2");
  });

  test("is delivered by 2.10.15 to whoever asks next", () => {
    const { client } = server({ version: "2.10.15" });
    handBackToTheDead(client);
    client.pull({ batch: 5, expires: 3_600_000 * ms });
    expect(client.texts()).toEqual(["2"]);
  });
});

describe("a termination with a reason", () => {
  const terminated = (version: string): number => {
    const { client } = server({ version });
    client.prepare();
    client.store("1");
    client.pull({ batch: 1 });
    client.answer(client.take()[0], "+TERM because");
    return Number(client.info()["num_ack_pending"]);
  };

  test("is ignored before 2.10.4, and obeyed since", () => {
    expect(terminated("2.9.10")).toBe(1);
    expect(terminated("2.10.3")).toBe(1);
    expect(terminated("2.10.4")).toBe(0);
    expect(terminated("2.11.0")).toBe(0);
  });
});
