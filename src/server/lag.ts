import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How often it is looked, in milliseconds: what a timer is late by that long is no lag. */
const resolution = 20;

/** How late the timers of a thread were, in seconds. */
export interface Lag {
  mean: number;
  p99: number;
  max: number;
}

/** Measures that of this thread; each call has what came since the one before. */
export function measureLag(): () => Lag {
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  return () => {
    const seconds = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - resolution / 1000) || 0;
    const lag = { mean: seconds(delays.mean), p99: seconds(delays.percentile(99)), max: seconds(delays.max) };
    delays.reset();
    return lag;
  };
}
