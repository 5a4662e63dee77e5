export { examineServers } from "./examine.ts";
export { obtainServers } from "./obtain.ts";
