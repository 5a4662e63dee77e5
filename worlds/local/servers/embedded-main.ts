import { systemClock, systemRandom } from "../../../core/mod.ts";
import { listenNats, listenRedis } from "../../../sim/mod.ts";

/**
 * One of the simulator's servers on loopback, as a process of its own: `embedded-main.ts redis --port 6379`. It says
 * when it is ready; it ends with SIGTERM, SIGINT, or when its standard input does: whoever started it is gone then.
 */
async function serve(name: string, port: number): Promise<void> {
  const listen = Object.hasOwn(engines, name) ? engines[name] : undefined;
  if (listen === undefined) throw new Error(`there is no embedded server "${name}"`);
  const server = await listen({ host, port, clock: systemClock(), random: systemRandom() });
  for (const end of ["close", "error"]) process.stdin.on(end, () => process.kill(process.pid, "SIGTERM"));
  process.stdin.resume();
  process.stdout.write(`the embedded ${name} is ready on ${host}:${server.port}\n`);
}

const host = "127.0.0.1";

type Listen = (
  options: Parameters<typeof listenRedis>[0] & Parameters<typeof listenNats>[0],
) => Promise<{ readonly port: number }>;

const engines: Readonly<Record<string, Listen>> = { redis: listenRedis, nats: listenNats };

// Nothing is kept, so nothing is to be saved.
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(0));

const [name = "", flag, port = ""] = process.argv.slice(2);
if (flag !== "--port" || !/^\d+$/.test(port)) throw new Error(`not a port: "${port}"`);
await serve(name, Number(port));
