import { join } from "node:path";

import type { Role } from "../../../core/mod.ts";
import { projectRoot, type Service } from "./compose-files.ts";
import { numberOf, serviceOf } from "./service-names.ts";

/** A replica that a trial has, with the host port that its HTTP server is published on. */
export interface TrialReplica {
  readonly id: string;
  readonly role: Role;
  readonly port: number;
  readonly variables: Readonly<Record<string, string>>;
}

/** The loopback ports that Toxiproxy is published on. */
export interface ToxiproxyPorts {
  readonly api: number;
  /** For links from the clients, by the port inside the container. */
  readonly clients: Readonly<Record<number, number>>;
}

/** What a trial changes about the project's compose files. */
export interface TrialProject {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The image of the plane on trial. */
  readonly image: string;
  /** Who the processes in the replicas are: `0:0`. */
  readonly user: string;
  /** Folders of this machine that replicas write to, by their path in the container. */
  readonly folders: Readonly<Record<string, string>>;
  readonly redisPort: number;
  readonly natsPort: number;
  /** Only where links can be disturbed. */
  readonly toxiproxy?: ToxiproxyPorts | undefined;
  readonly replicas: readonly TrialReplica[];
}

/** The port of every replica's HTTP server, inside its container. */
export const containerPort = 8_081;

const loopback = "127.0.0.1";

/**
 * The compose file of a trial, which comes on top of the project's own: labels by which everything is found again,
 * names, published ports, what the harness tells its replicas, and every replica from the third of its role on.
 *
 * @param overlay - services of the HA overlay: further replicas are like the second of their role
 */
export function overrideOf(trial: TrialProject, overlay: Readonly<Record<string, Service>>): object {
  const { labels, redisPort, natsPort, toxiproxy } = trial;
  const server = (id: string, published: Readonly<Record<number, number>>): Service => ({
    container_name: containerOf(trial.name, id),
    labels,
    ports: Object.entries(published).map(([inside, outside]) => `${loopback}:${outside}:${inside}`),
  });
  const replicas = trial.replicas.map((replica) => [serviceOfReplica(replica), serviceFor(replica, trial, overlay)]);
  return {
    services: {
      redis: server("redis", { 6379: redisPort }),
      nats: server("nats", { 4222: natsPort }),
      ...(toxiproxy ? { toxiproxy: server("toxiproxy", toxiproxy.clients) } : {}),
      ...(Object.fromEntries(replicas) as Readonly<Record<string, Service>>),
    },
    networks: { default: { labels } },
    volumes: { "redis-data": { labels }, "nats-data": { labels } },
  };
}

/** The name of the container of a replica or a server. */
export function containerOf(project: string, id: string): string {
  return `${project}-${id}`;
}

/** The service of a replica. */
export function serviceOfReplica({ id, role }: Pick<TrialReplica, "id" | "role">): string {
  return serviceOf(role, numberOf(id));
}

/** The variables by which the base files publish their ports: compose adds ports, and takes none away. */
export function portVariables({
  replicas,
  toxiproxy,
}: Pick<TrialProject, "replicas" | "toxiproxy">): Record<string, string> {
  const gateways = replicas.filter(isPublishedByBase).map((each) => [serviceOfReplica(each), each.port] as const);
  const ports = [...gateways, ...(toxiproxy ? [["toxiproxy", toxiproxy.api] as const] : [])];
  return Object.fromEntries(
    ports.map(([service, port]) => [`${service.toUpperCase().replaceAll("-", "_")}_PORT`, `${port}`]),
  );
}

function isPublishedByBase({ id, role }: TrialReplica): boolean {
  return role === "gateway" && numberOf(id) <= 2;
}

function serviceFor(replica: TrialReplica, trial: TrialProject, overlay: Readonly<Record<string, Service>>): Service {
  const like = numberOf(replica.id) <= 2 ? {} : furtherReplica(overlay[serviceOf(replica.role, 2)] ?? {});
  return {
    ...like,
    image: trial.image,
    container_name: containerOf(trial.name, replica.id),
    labels: trial.labels,
    user: trial.user,
    environment: replica.variables,
    // The harness looks itself, four times a second; a process of its own for each look would load the machine.
    healthcheck: { interval: "24h" },
    volumes: Object.entries(trial.folders).map(([inside, outside]) => `${outside}:${inside}`),
    ...(isPublishedByBase(replica) ? {} : { ports: [`${loopback}:${replica.port}:${containerPort}`] }),
  };
}

/** What it extends is named from the project's root, and the override lies elsewhere. */
function furtherReplica({ extends: extended, ...service }: Service): Service {
  const { file, service: base } = extended as { readonly file: string; readonly service: string };
  return { ...service, extends: { file: join(projectRoot, file), service: base } };
}
