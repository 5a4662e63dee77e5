import { systemClock, systemRandom } from "../../../core/mod.ts";

/**
 * One of the simulator's servers on loopback, as a process of its own: `embedded-main.ts redis --port 6379`. Says when it
 * is ready; ends with SIGTERM, SIGINT, or when its standard input does: whoever started it is gone then.
 */
const engines: Readonly<Record<string, (port: number) => Promise<{ readonly port: number; close(): Promise<void> }>>> =
  {
    async redis(port) {
      const { listenRedis } = await import("../../../sim/redis/tcp.ts");
      return listenRedis({ host, port, clock: systemClock(), random: systemRandom() });
    },
    async nats(port) {
      const { listenNats } = await import("../../../sim/nats/tcp.ts");
      return listenNats({ host, port, clock: systemClock(), random: systemRandom() });
    },
  };

const host = "127.0.0.1";

const [name = "", flag, port] = process.argv.slice(2);
const listen = Object.hasOwn(engines, name) ? engines[name] : undefined;
if (listen === undefined) throw new Error(`there is no embedded server "${name}"`);
if (flag !== "--port" || !/^\d+$/.test(port ?? "")) throw new Error(`not a port: "${port}"`);

const server = await listen(Number(port));
const stop = (): void => {
  void server.close().then(() => process.exit());
};
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, stop);
process.stdin.on("close", () => process.exit()).on("error", () => process.exit());
process.stdin.resume();
process.stdout.write(`the embedded ${name} is ready on ${host}:${server.port}\n`);
