export { examineServers } from "./examine.ts";
export { obtainServers, type ObtainOptions } from "./obtain.ts";
export type { Tool } from "./tool.ts";
