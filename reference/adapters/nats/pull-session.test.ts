import { expect, test, vi } from "vitest";

import { useNats } from "../../../test/servers.ts";
import { durableName } from "../../domain/subjects.ts";
import { busAt, managerAt, unusedSubject } from "./bus.test-support.ts";
import { consumingProcess } from "./consuming-process.test-support.ts";

const nats = useNats();
const patient = { timeout: 20_000, interval: 20 };

test("a replica that sleeps is handed nothing more once its request has run out", async () => {
  await using bus = await busAt(nats.server.url, { NATS_JS_ACK_WAIT: "1s" });
  await using manager = await managerAt(nats.server.url);
  const subject = unusedSubject();
  await using asleep = consumingProcess(nats.server.url, subject);
  const openRequests = async () =>
    (await manager.consumers.info("CORDUM_JOBS", durableName("test", subject))).num_waiting;
  await bus.publish({ subject, body: "a" });
  await vi.waitFor(() => expect(asleep.said()).toContain("a#1"), patient);
  await vi.waitFor(async () => expect(await openRequests()).toBe(1), patient);
  await asleep.pause();
  await vi.waitFor(async () => expect(await openRequests()).toBe(0), patient);

  const got: string[] = [];
  await bus.consume({ stream: "CORDUM_JOBS", subject, queue: "test", concurrency: 1 }, ({ body, deliveries }) => {
    got.push(`${body}#${deliveries}`);
    return Promise.resolve("done");
  });
  for (const body of ["b", "c", "d", "e"]) await bus.publish({ subject, body });
  await vi.waitFor(() => expect(got).toEqual(["b#1", "c#1", "d#1", "e#1"]), patient);
});
