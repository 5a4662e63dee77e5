import type { WorkflowDefinition } from "../../domain/workflow/definition.ts";
import type { Command, Redis, Workflows } from "../../ports/mod.ts";

/** What the workflows' store is made of. */
export interface WorkflowsParts {
  readonly redis: Redis;
}

/** Workflows in Redis: `wf:def:<tenant>:<id>` (JSON), and `wf:index:<tenant>`, in order of the ids. */
export function redisWorkflows({ redis }: WorkflowsParts): Workflows {
  return {
    async put(tenant, definition) {
      // Listed first: an id without a definition is passed over, a definition that is not listed would be lost.
      await redis.command("ZADD", indexKey(tenant), 0, definition.id);
      await redis.command("SET", definitionKey(tenant, definition.id), JSON.stringify(definition));
    },
    async read(tenant, id) {
      return definitionOf(await redis.command("GET", definitionKey(tenant, id)));
    },
    async remove(tenant, id) {
      const removed = await redis.command("DEL", definitionKey(tenant, id));
      await redis.command("ZREM", indexKey(tenant), id);
      return removed === 1;
    },
    async list(tenant, { offset, limit }) {
      const ids = (await redis.command("ZRANGE", indexKey(tenant), offset, offset + limit - 1)) as string[];
      if (ids.length === 0) return [];
      const texts = await redis.pipeline(ids.map((id): Command => ["GET", definitionKey(tenant, id)]));
      return texts.flatMap((text) => definitionOf(text) ?? []);
    },
  };
}

function definitionKey(tenant: string, id: string): string {
  return `wf:def:${tenant}:${id}`;
}

function indexKey(tenant: string): string {
  return `wf:index:${tenant}`;
}

function definitionOf(text: unknown): WorkflowDefinition | undefined {
  return typeof text === "string" ? (JSON.parse(text) as WorkflowDefinition) : undefined;
}
