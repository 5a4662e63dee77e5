import crypto from "k6/crypto";
import encoding from "k6/encoding";
import exec from "k6/execution";
import type { Options } from "k6/options";
import nats from "k6/x/nats";

import { keepOperation, plan, stream } from "./operations.ts";

/** k6 reads its options from here. */
export const options = plan.options as Options;

const subject = "sys.job.submit";

/** One operation: publishes a whole job to the stream that the schedulers consume, and waits for its receipt. */
export function publish(): void {
  const { url, body, timeoutMs } = stream(exec.scenario.name);
  const job = `k6-${encoding.b64encode(crypto.randomBytes(12), "rawurl")}`;
  const receipt = nats.publish(url, subject, `submit:${job}`, body.replaceAll("$JOB", job), timeoutMs);
  keepOperation(receipt.tookMs, { job, sequence: `${receipt.sequence}`, error: receipt.error });
}
