/** The JSON schema of an idempotency key, in the header `Idempotency-Key` or in the body. */
export const idempotencyKey = { type: "string", pattern: "^[\\x21-\\x7e]{1,200}$" };
