import exec from "k6/execution";
import http from "k6/http";
import type { Options } from "k6/options";

import { keepOperation, plan, stream } from "./operations.ts";

/** k6 reads its options from here. */
export const options = plan.options as Options;

/** One operation: submits a job to the gateway of this scenario's stream. */
export function submit(): void {
  const { url, headers, body, timeoutMs } = stream(exec.scenario.name);
  const answer = http.post(url, body, { headers, timeout: timeoutMs });
  const { blocked, connecting, sending, waiting, receiving } = answer.timings;
  const text = typeof answer.body === "string" ? answer.body : "";
  const tookMs = blocked + connecting + sending + waiting + receiving;
  keepOperation(tookMs, { status: `${answer.status}`, body: text, error: answer.error, code: `${answer.error_code}` });
}
