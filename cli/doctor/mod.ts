export { describeFindings } from "./describe-findings.ts";
export { examineAll, type Finding } from "./examine.ts";
export { pathOfK6 } from "./k6.ts";
export { thisMachine, type Machine } from "./machine.ts";
export { obtain } from "./obtain.ts";
export { isUsable, purposes, type Purpose } from "./program.ts";
export { programsFor } from "./programs.ts";
