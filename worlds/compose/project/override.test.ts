import { expect, test } from "vitest";

import type { Role } from "../../../core/mod.ts";
import { overlayServices } from "./compose-files.ts";
import { overrideOf, portVariables, type TrialProject } from "./override.ts";

const replica = (role: Role, number: number, port: number) => ({
  ...{ id: `${role}-${number}`, role, port, variables: { CORDUM_INSTANCE_ID: `${role}-${number}` } },
});

const trial: TrialProject = {
  name: "seatrial-1-ab",
  labels: { "seatrial.harness": "1@2" },
  image: "seatrial-trial:x",
  user: "7:8",
  folders: { "/seatrial/witnesses": "/run/witnesses" },
  redisPort: 20_001,
  natsPort: 20_002,
  replicas: [replica("gateway", 1, 20_003), replica("scheduler", 2, 20_004), replica("worker", 3, 20_005)],
};

interface Override {
  readonly services: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const { services, ...rest } = overrideOf(trial, overlayServices()) as Override;

test("a replica gets its name, its image, its variables, its folders and a port on loopback", () => {
  expect(Object.keys(services)).toEqual(["redis", "nats", "api-gateway", "scheduler-2", "worker-3"]);
  expect(services["scheduler-2"]).toMatchObject({
    container_name: "seatrial-1-ab-scheduler-2",
    image: "seatrial-trial:x",
    user: "7:8",
    environment: { CORDUM_INSTANCE_ID: "scheduler-2" },
    volumes: ["/run/witnesses:/seatrial/witnesses"],
    ports: ["127.0.0.1:20004:8081"],
  });
  expect(services["redis"]).toMatchObject({ ports: ["127.0.0.1:20001:6379"] });
});

test("a gateway of the base files is published by their own variable, or it would be published twice", () => {
  expect(services["api-gateway"]).not.toHaveProperty("ports");
  const second = [...trial.replicas, replica("gateway", 2, 20_006), replica("gateway", 3, 20_007)];
  expect(portVariables({ replicas: second })).toEqual({ API_GATEWAY_PORT: "20003", API_GATEWAY_2_PORT: "20006" });
  const further = overrideOf({ ...trial, replicas: second }, overlayServices()) as Override;
  expect(further.services["api-gateway-3"]).toMatchObject({ ports: ["127.0.0.1:20007:8081"] });
});

test("Toxiproxy is there where links can be disturbed: its API by the base file's variable, its links besides", () => {
  const toxiproxy = { api: 20_008, clients: { 21_000: 20_009 } };
  const linked = overrideOf({ ...trial, toxiproxy }, overlayServices()) as Override;
  expect(linked.services["toxiproxy"]).toMatchObject({ ports: ["127.0.0.1:20009:21000"], labels: trial.labels });
  expect(portVariables({ replicas: [], toxiproxy })).toEqual({ TOXIPROXY_PORT: "20008" });
});

test("the third replica of a role is like the second, wherever the override lies", () => {
  expect(services["worker-3"]).toMatchObject({
    command: ["worker"],
    extends: { file: expect.stringMatching(/^\/.*deploy\/replica\.yaml$/) as string, service: "replica" },
  });
  expect(services["scheduler-2"]).not.toHaveProperty("command");
});

test("everything that can be left behind carries the label of its harness", () => {
  expect(Object.values(services).map(({ labels }) => labels)).toEqual(Array.from({ length: 5 }, () => trial.labels));
  const labelled = { labels: trial.labels };
  expect(rest).toEqual({
    networks: { default: labelled },
    volumes: { "redis-data": labelled, "nats-data": labelled },
  });
});
