/** Wraps a port when it is made: the harness's way to stand between a role and the outside. */
export type Intercept = <Port extends object>(name: string, port: Port) => Port;
