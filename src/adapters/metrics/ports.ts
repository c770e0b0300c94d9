import type { ChannelState } from '../../domain/views.js';

/** What is read when somebody asks for the figures. */
export interface MetricsSources {
  /** Tickets that are not closed. */
  openTickets(): Promise<readonly { readonly state: string; readonly kind: string; readonly count: number }[]>;
  /** Messages to people that are not delivered. */
  undelivered(): Promise<readonly { readonly channel: string; readonly state: string; readonly count: number }[]>;
  /** Channels that are on. */
  channels(): readonly ChannelState[];
}

/** What is counted as it happens. No label is anything a person wrote, a number of a person, or a path with either in it. */
export interface Metrics {
  /** @param kind of the answer; `to-lawyer` where a lawyer has the conversation */
  turn(kind: string, channel: string, ms: number): void;
  /** @param outcome `used`, `retry`, `failed` … as the model reports it */
  modelCall(outcome: string): void;
  /** @param route its pattern, not its path */
  request(method: string, route: string, status: number): void;
  readonly contentType: string;
  /** In Prometheus' text format. */
  text(): Promise<string>;
}
