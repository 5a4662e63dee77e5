/** What JetStream answers when it refuses. */
export interface ApiError {
  /** Like an HTTP status. */
  readonly code: number;
  readonly err_code: number;
  readonly description: string;
}

/** The errors of nats-server 2.9, by what they say. A code of its own stands before each description. */
const errors = {
  badRequest: [400, 10003, "bad request"],
  clusterNotAvailable: [503, 10008, "JetStream system temporarily unavailable"],
  consumerNameExists: [400, 10013, "consumer name already in use"],
  consumerNotFound: [404, 10014, "consumer not found"],
  durableNameNotInSubject: [400, 10016, "consumer expected to be durable but no durable name set in subject"],
  durableNameDiffers: [400, 10017, "consumer name in subject does not match durable name in request"],
  durableNameNotSet: [400, 10018, "consumer expected to be durable but a durable name was not set"],
  ephemeralWithDurableName: [400, 10020, "consumer expected to be ephemeral but a durable name was set in request"],
  invalidJson: [400, 10025, "invalid JSON"],
  consumersMaximum: [400, 10026, "maximum consumers limit reached"],
  noMessageFound: [404, 10037, "no message found"],
  requestNotEmpty: [400, 10038, "expected an empty request payload"],
  messageTooLarge: [400, 10054, "message size exceeds maximum allowed"],
  streamNameDiffers: [400, 10056, "stream name in subject does not match request"],
  streamNameExists: [400, 10058, "stream name already in use with a different configuration"],
  streamNotFound: [404, 10059, "stream not found"],
  streamNotExpected: [400, 10060, "expected stream does not match"],
  subjectsOverlap: [400, 10065, "subjects overlap with an existing stream"],
  replicasNotSupported: [500, 10074, "replicas > 1 not supported in non-clustered mode"],
  pullRequiresAck: [400, 10084, "consumer in pull mode requires ack policy"],
  pullWithRateLimit: [400, 10086, "consumer in pull mode can not have rate limit set"],
  maxWaitingNegative: [400, 10087, "consumer max waiting needs to be positive"],
  heartbeatRequiresPush: [400, 10088, "consumer idle heartbeat requires a push based consumer"],
  flowControlRequiresPush: [400, 10089, "consumer flow control requires a push based consumer"],
  directRequiresPush: [400, 10090, "consumer direct requires a push based consumer"],
  filterNotSubset: [400, 10093, "consumer filter subject is not a valid subset of the interest subjects"],
  headersTooLarge: [400, 10097, "header size exceeds maximum allowed of 64k"],
  workQueueRequiresExplicitAck: [400, 10098, "workqueue stream requires explicit ack"],
  workQueueMultipleUnfiltered: [400, 10099, "multiple non-filtered consumers not allowed on workqueue stream"],
  workQueueNotUnique: [400, 10100, "filtered consumer not unique on workqueue stream"],
  workQueueNotDeliverAll: [400, 10101, "consumer must be deliver all on workqueue stream"],
  badDurableName: [400, 10103, "durable name can not contain '.', '*', '>'"],
  streamSealed: [400, 10109, "invalid operation on sealed stream"],
  maxRequestBatchNegative: [400, 10114, "consumer max request batch needs to be > 0"],
  maxRequestExpiresTooSmall: [400, 10115, "consumer max request expires needs to be >= 1ms"],
  maxDeliverWithBackoff: [400, 10116, "max deliver is required to be > length of backoff values"],
  replicasExceedStream: [400, 10126, "consumer config replica count exceeds parent stream"],
  consumerNameWithSeparators: [400, 10127, "Consumer name can not contain path separators"],
  streamNameWithSeparators: [400, 10128, "Stream name can not contain path separators"],
  filterDiffersFromSubject: [400, 10131, "Consumer create request did not match filtered subject from create subject"],
  durableAndNameDiffer: [400, 10132, "Consumer Durable and Name have to be equal if both are provided"],
  replicasNegative: [400, 10133, "replicas count cannot be negative"],
} as const;

/** Errors whose description is made for the occasion, by code. */
const families = {
  consumerCreate: [500, 10012],
  sequenceNotFound: [400, 10043],
  streamGeneral: [500, 10051],
  streamInvalid: [500, 10052],
  messageDelete: [500, 10057],
  wrongLastMessageId: [400, 10070],
  wrongLastSequence: [400, 10071],
  storeFailed: [503, 10077],
  invalidPolicy: [400, 10094],
  invalidSampling: [400, 10095],
  nameTooLong: [400, 10102],
  descriptionTooLong: [400, 10107],
  purgeFailed: [500, 10110],
  rollupFailed: [500, 10111],
} as const;

/** An error that always says the same. */
export type ApiErrorName = keyof typeof errors;

/** The error of this name. */
export function apiError(name: ApiErrorName): ApiError {
  const [code, err_code, description] = errors[name];
  return { code, err_code, description };
}

/** An error of this family, with its own description. */
export function apiErrorSaying(family: keyof typeof families, description: string): ApiError {
  const [code, err_code] = families[family];
  return { code, err_code, description };
}

/** What this engine answers to what it knows and does not do: nats-server has no such error. */
export function notSimulated(what: string): ApiError {
  return { code: 501, err_code: 19999, description: `seatrial: ${what} is not simulated` };
}
