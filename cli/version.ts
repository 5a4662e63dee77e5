import packageJson from "../package.json" with { type: "json" };

/** This Seatrial's version. */
export const version: string = packageJson.version;
