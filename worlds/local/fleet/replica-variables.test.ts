import { afterEach, expect, test, vi } from "vitest";

import { replicaVariables } from "./replica-variables.ts";

afterEach(() => vi.unstubAllEnvs());

const options = {
  settings: { API_RATE_LIMIT_RPS: "7", HTTP_PORT: "1" },
  id: "scheduler-2",
  httpPort: 4_321,
  redisUrl: "redis://here",
  natsUrl: "nats://here",
  originNs: 12n,
  witnessFile: "/run/witnesses/scheduler-2.jsonl",
  without: ["outbox", "job-lock"],
  sinkAddress: "127.0.0.1:9",
};

test("a replica is told its settings, its name, its addresses and its harness", () => {
  expect(replicaVariables(options)).toMatchObject({
    API_RATE_LIMIT_RPS: "7",
    CORDUM_INSTANCE_ID: "scheduler-2",
    HTTP_PORT: "4321",
    REDIS_URL: "redis://here",
    NATS_URL: "nats://here",
    SEATRIAL_ORIGIN_NS: "12",
    SEATRIAL_WITNESS_FILE: "/run/witnesses/scheduler-2.jsonl",
    SEATRIAL_WITHOUT: "outbox,job-lock",
    SEATRIAL_SINK: "127.0.0.1:9",
  });
});

test("a variable in somebody's shell changes no trial", () => {
  vi.stubEnv("API_RATE_LIMIT_RPS", "1");
  vi.stubEnv("CORDUM_TOPICS", "job.other");
  vi.stubEnv("NODE_OPTIONS", "--inspect");
  const variables = replicaVariables(options);
  expect(variables["API_RATE_LIMIT_RPS"]).toBe("7");
  expect(Object.keys(variables)).not.toContain("CORDUM_TOPICS");
  expect(Object.keys(variables)).not.toContain("NODE_OPTIONS");
});
