import { busAt } from "./bus.test-support.ts";

/** `node consuming-process-main.test-support.ts <url> <subject>`: consumes, and prints what it starts. */
const [url = "", subject = ""] = process.argv.slice(2);
const bus = await busAt(url, { NATS_JS_ACK_WAIT: "1s" });
await bus.consume({ stream: "CORDUM_JOBS", subject, queue: "test", concurrency: 1 }, ({ body, deliveries }) => {
  process.stdout.write(`${body}#${deliveries}\n`);
  return Promise.resolve("done");
});
