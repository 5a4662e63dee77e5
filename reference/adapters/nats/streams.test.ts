import { expect, test } from "vitest";

import { EnvironmentError } from "../../../core/mod.ts";
import { useNats } from "../../../test/servers.ts";
import { busAt, managerAt } from "./bus.test-support.ts";

const nats = useNats();

test("replicas that start together make the two streams once, as documented", async () => {
  const { url } = nats.server;
  const buses = await Promise.all([busAt(url), busAt(url), busAt(url)]);
  await using manager = await managerAt(url);
  const found = await manager.streams.list().next();
  const byName = Object.fromEntries(found.map(({ config }) => [config.name, config]));
  const hour = 3_600_000_000_000;
  const shared = {
    storage: "file",
    retention: "limits",
    num_replicas: 1,
    max_age: 168 * hour,
    duplicate_window: hour / 30,
  };
  expect(Object.keys(byName).toSorted()).toEqual(["CORDUM_JOBS", "CORDUM_SYS"]);
  expect(byName["CORDUM_SYS"]).toMatchObject({ ...shared, subjects: ["sys.>"] });
  expect(byName["CORDUM_JOBS"]).toMatchObject({ ...shared, subjects: ["job.>", "worker.*.jobs"] });
  expect(buses.flatMap((bus) => bus.logged).filter((line) => line.includes("differs"))).toEqual([]);
  await Promise.all(buses.map((bus) => bus.close()));
});

test("an existing stream that differs is left as it is, with its messages, and logged", async () => {
  await using first = await busAt(nats.server.url);
  await first.publish({ subject: "sys.job.submit", body: "kept" });
  await using second = await busAt(nats.server.url, { NATS_JS_MAX_AGE: "1h" });
  const differing = second.logged.filter((line) => line.includes("differs"));
  expect(differing).toHaveLength(2);
  expect(differing[0]).toContain("max_age");
  await using manager = await managerAt(nats.server.url);
  const { config, state } = await manager.streams.info("CORDUM_SYS");
  expect(config.max_age).toBe(168 * 3_600_000_000_000);
  expect(state.messages).toBe(1);
});

test("replicas that start together with different settings agree on what the first has made", async () => {
  await using manager = await managerAt(nats.server.url);
  await Promise.all(["CORDUM_JOBS", "CORDUM_SYS"].map((stream) => manager.streams.delete(stream)));
  const ages = ["1h", "2h", "3h"];
  const buses = await Promise.all(ages.map((age) => busAt(nats.server.url, { NATS_JS_MAX_AGE: age })));
  expect(buses.flatMap((bus) => bus.logged).filter((line) => line.includes("differs"))).toHaveLength(4);
  await Promise.all(buses.map((bus) => bus.close()));
});

test("more replicas than servers are refused in words", async () => {
  await using manager = await managerAt(nats.server.url);
  await manager.streams.delete("CORDUM_JOBS");
  const starting = busAt(nats.server.url, { NATS_JS_REPLICAS: "3" }, { startWithinMs: 300 });
  await expect(starting).rejects.toSatisfy((thrown) => {
    return thrown instanceof EnvironmentError && thrown.code === "stream_refused" && /replicas/.test(thrown.message);
  });
});
