import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Metrics, MetricsSources } from './ports.js';

/** Seconds. Rules answer within some tens of milliseconds; a language model within its time limit. */
const TURN_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Figures for Prometheus: what happened is counted, what is the case is read at each scrape. */
export function createMetrics(sources: MetricsSources): Metrics {
  const registers = [new Registry()];
  const [registry] = registers;
  if (!registry) throw new Error('there is no registry');
  collectDefaultMetrics({ register: registry, prefix: 'baimi_' });

  const turns = new Counter({
    name: 'baimi_turns_total',
    help: 'Turns by kind of answer and channel',
    labelNames: ['kind', 'channel'],
    registers,
  });
  const turnSeconds = new Histogram({
    name: 'baimi_turn_duration_seconds',
    help: 'Time from taking up a message to its answer being stored',
    labelNames: ['channel'],
    buckets: TURN_BUCKETS,
    registers,
  });
  const modelCalls = new Counter({
    name: 'baimi_model_calls_total',
    help: 'Requests to the language model by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const requests = new Counter({
    name: 'baimi_http_requests_total',
    help: 'HTTP requests by method, route and status',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const tickets = new Gauge({
    name: 'baimi_tickets_open',
    help: 'Tickets that are not closed, by state and kind',
    labelNames: ['state', 'kind'],
    registers,
  });
  const undelivered = new Gauge({
    name: 'baimi_messages_undelivered',
    help: 'Messages to people that wait or failed, by channel',
    labelNames: ['channel', 'state'],
    registers,
  });
  const databaseUp = new Gauge({ name: 'baimi_database_up', help: 'Whether the database answered at this scrape', registers });
  const channelUp = new Gauge({ name: 'baimi_channel_up', help: 'Whether a channel works', labelNames: ['channel'], registers });

  const readDatabase = async (): Promise<void> => {
    tickets.reset();
    undelivered.reset();
    try {
      const [open, waiting] = await Promise.all([sources.openTickets(), sources.undelivered()]);
      for (const { state, kind, count } of open) tickets.set({ state, kind }, count);
      for (const { channel, state, count } of waiting) undelivered.set({ channel, state }, count);
      databaseUp.set(1);
    } catch {
      // the other figures are still true, and this one says why these are missing
      databaseUp.set(0);
    }
  };

  return {
    turn(kind, channel, ms) {
      turns.inc({ kind, channel });
      turnSeconds.observe({ channel }, ms / 1000);
    },
    modelCall(outcome) {
      modelCalls.inc({ outcome });
    },
    request(method, route, status) {
      requests.inc({ method, route, status });
    },
    contentType: registry.contentType,
    async text() {
      await readDatabase();
      for (const { name, ok } of sources.channels()) channelUp.set({ channel: name }, ok ? 1 : 0);
      return registry.metrics();
    },
  };
}
