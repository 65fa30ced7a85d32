/** Counts and times what the agent sees, within bounds, and shows it as Prometheus and OTLP do. */
@NullMarked
package dev.atalaya.agent.metrics;

import org.jspecify.annotations.NullMarked;
