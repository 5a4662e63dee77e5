export { examineAll, type Finding } from "./examine.ts";
export { pathOfK6 } from "./k6.ts";
export { thisMachine } from "./machine.ts";
export { obtain } from "./obtain.ts";
export { isUsable, purposes, type Purpose } from "./program.ts";
