/** Structured log lines: a message that never varies, and the facts beside it. No secrets. */
export interface Log {
  debug(message: string, facts?: Record<string, unknown>): void;
  info(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
  error(message: string, facts?: Record<string, unknown>): void;
}

/** What a metric is. */
export interface MetricDefinition {
  /** Prometheus name. */
  readonly name: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly labels: readonly string[];
  /** For histograms: upper bounds, in the unit that the name ends with. */
  readonly buckets?: readonly number[];
}

const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Every metric of the plane. All carry the label `pod` (CORDUM_INSTANCE_ID) besides their own. */
export const metricTable = {
  jobsTotal: {
    name: "cordum_jobs_total",
    type: "counter",
    help: "Jobs that entered a state, by topic.",
    labels: ["topic", "state"],
  },
  rateLimitHits: {
    name: "cordum_rate_limit_hits_total",
    type: "counter",
    help: "Requests refused by the limiter, by its mode.",
    labels: ["mode"],
  },
  httpRequests: {
    name: "cordum_api_gateway_http_requests_total",
    type: "counter",
    help: "HTTP requests answered.",
    labels: ["method", "route", "status"],
  },
  httpSeconds: {
    name: "cordum_api_gateway_http_request_duration_seconds",
    type: "histogram",
    help: "Time to answer an HTTP request.",
    labels: ["method", "route"],
    buckets: latencyBuckets,
  },
  lockWaits: {
    name: "cordum_scheduler_job_lock_busy_total",
    type: "counter",
    help: "Job locks found held by somebody else.",
    labels: [],
  },
  lockAbandoned: {
    name: "cordum_scheduler_job_lock_abandoned_total",
    type: "counter",
    help: "Locks of jobs and of workflow runs given up because they could not be renewed.",
    labels: [],
  },
  leaseHeld: {
    name: "cordum_lease_held",
    type: "gauge",
    help: "1 while this replica holds the lease.",
    labels: ["lease"],
  },
  leaseTerms: {
    name: "cordum_lease_terms_total",
    type: "counter",
    help: "Terms of leadership begun.",
    labels: ["lease"],
  },
  redeliveries: {
    name: "cordum_bus_redeliveries_total",
    type: "counter",
    help: "Messages delivered again.",
    labels: ["subject"],
  },
  handedBack: {
    name: "cordum_bus_handed_back_total",
    type: "counter",
    help: "Messages handed back unstarted at shutdown.",
    labels: ["subject"],
  },
  duplicatePublishes: {
    name: "cordum_bus_duplicate_publishes_total",
    type: "counter",
    help: "Messages that the stream already had.",
    labels: ["subject"],
  },
  handlerFailures: {
    name: "cordum_bus_handler_failures_total",
    type: "counter",
    help: "Handlers that threw; their message came again after a backoff.",
    labels: ["subject"],
  },
  staleDrops: {
    name: "cordum_bus_stale_drops_total",
    type: "counter",
    help: "Messages dropped unstarted, since the stream had given them to another replica by then.",
    labels: ["subject"],
  },
  poisonMessages: {
    name: "cordum_bus_poison_messages_total",
    type: "counter",
    help: "Messages that nobody could read, dead-lettered.",
    labels: ["subject"],
  },
  replayed: {
    name: "cordum_scheduler_replayed_total",
    type: "counter",
    help: "Pending jobs taken up by the replayer.",
    labels: ["topic"],
  },
  reconciled: {
    name: "cordum_scheduler_reconciled_total",
    type: "counter",
    help: "Jobs moved by the reconciler, by cause.",
    labels: ["cause"],
  },
  staleResults: {
    name: "cordum_scheduler_stale_results_total",
    type: "counter",
    help: "Results refused because their epoch or state had passed.",
    labels: [],
  },
  refusedWrites: {
    name: "cordum_job_writes_refused_total",
    type: "counter",
    help: "State changes refused by compare-and-set.",
    labels: ["to"],
  },
  refusedClaims: {
    name: "cordum_worker_claims_refused_total",
    type: "counter",
    help: "Dispatches not started because the claim was refused.",
    labels: [],
  },
  outboxDelivered: {
    name: "cordum_outbox_delivered_total",
    type: "counter",
    help: "Outbox entries delivered, at once or by the sweep.",
    labels: ["path"],
  },
  outboxFailed: {
    name: "cordum_outbox_failures_total",
    type: "counter",
    help: "Outbox deliveries that failed and were left for the sweep.",
    labels: [],
  },
  workflowRuns: {
    name: "cordum_workflow_runs_total",
    type: "counter",
    help: "Workflow runs that entered a state.",
    labels: ["state"],
  },
  workflowSteps: {
    name: "cordum_workflow_steps_total",
    type: "counter",
    help: "Steps of workflow runs that entered a state, by the type of the step.",
    labels: ["type", "state"],
  },
  workflowWritesRefused: {
    name: "cordum_workflow_writes_refused_total",
    type: "counter",
    help: "Changes of workflow runs refused because somebody had opened or written the run since.",
    labels: [],
  },
  workflowReconciled: {
    name: "cordum_workflow_reconciled_total",
    type: "counter",
    help: "Workflow runs moved by the reconciler or the delay poller, by cause.",
    labels: ["cause"],
  },
  runLockWaits: {
    name: "cordum_workflow_run_lock_busy_total",
    type: "counter",
    help: "Run locks found held by somebody else.",
    labels: [],
  },
  poolConnections: {
    name: "cordum_redis_pool_connections",
    type: "gauge",
    help: "Open Redis connections.",
    labels: ["state"],
  },
  dispatchSeconds: {
    name: "cordum_scheduler_dispatch_latency_seconds",
    type: "histogram",
    help: "From a job's creation to its dispatch.",
    labels: ["topic"],
    buckets: latencyBuckets,
  },
  deadLetters: {
    name: "cordum_dlq_entries_total",
    type: "counter",
    help: "Dead letters recorded, by cause.",
    labels: ["cause"],
  },
} as const satisfies Record<string, MetricDefinition>;

/** A key of {@link metricTable}. */
export type MetricKey = keyof typeof metricTable;

/** Counts and measures. */
export interface Metrics {
  count(metric: MetricKey, labels?: Record<string, string>, by?: number): void;
  set(metric: MetricKey, value: number, labels?: Record<string, string>): void;
  observe(metric: MetricKey, value: number, labels?: Record<string, string>): void;
  /** All metrics in the Prometheus text format. */
  expose(): Promise<string>;
}
