import { gatewayOnTrial, type GatewayOnTrial } from "../gateway-on-trial.test-support.ts";

/** A document with a step of each kind that gateways treat apart. */
export const orderDocument = {
  name: "Order",
  steps: {
    charge: { type: "worker", topic: "job.echo", input: { workMs: 5 }, retry: { max_retries: 2 } },
    agree: { type: "approval", prompt: "Ship it?", depends_on: ["charge"], timeout_sec: 60 },
    cool: { type: "delay", delay_sec: 1.5, depends_on: ["agree"] },
    notify: {
      type: "parallel",
      depends_on: ["cool"],
      children: [
        { topic: "job.echo", input: { to: "${input.customer}" } },
        { topic: "job.default", input: {} },
      ],
      need: "any",
    },
  },
};

/** A gateway with that workflow registered as `order`, and a way to start it. */
export async function gatewayWithOrder(): Promise<GatewayOnTrial & { start(body?: object): Promise<string> }> {
  const gateway = await gatewayOnTrial();
  await gateway.send("PUT", "/api/v1/workflows/order", { body: orderDocument });
  const start = async (body: object = {}): Promise<string> =>
    String((await gateway.send("POST", "/api/v1/workflows/order/runs", { body })).body["run_id"]);
  return { ...gateway, start };
}
