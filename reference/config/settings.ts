import { gatewaySettings } from "./gateway-settings.ts";
import { schedulerSettings } from "./scheduler-settings.ts";
import { sharedSettings } from "./shared-settings.ts";
import { workerSettings } from "./worker-settings.ts";
import { workflowSettings } from "./workflow-settings.ts";

/**
 * Every environment variable of the plane, with its default, unit and meaning. Durations are written like `30s`.
 *
 * Defaults are the seed's documented values; where it has none, or an unsafe one, the doc says so.
 */
export const settings = {
  ...sharedSettings,
  ...gatewaySettings,
  ...schedulerSettings,
  ...workflowSettings,
  ...workerSettings,
} as const;
