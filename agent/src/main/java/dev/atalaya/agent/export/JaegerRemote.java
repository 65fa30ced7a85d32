package dev.atalaya.agent.export;

import dev.atalaya.agent.trace.Sampler;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.extension.trace.jaeger.sampler.JaegerRemoteSampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.time.Duration;
import java.util.Collections;

/** OpenTelemetry's JaegerRemoteSampler as ours; apart, so that its classes load late. */
final class JaegerRemote implements Sampler {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final JaegerRemoteSampler sampler;

  private JaegerRemote(JaegerRemoteSampler sampler) {
    this.sampler = sampler;
  }

  static Sampler start(String service, String endpoint, int pollingMillis, double initialRate) {
    return new JaegerRemote(
        JaegerRemoteSampler.builder()
            .setServiceName(service)
            .setEndpoint(endpoint)
            .setPollingInterval(Duration.ofMillis(Math.max(1, pollingMillis)))
            .setInitialSampler(
                io.opentelemetry.sdk.trace.samplers.Sampler.traceIdRatioBased(initialRate))
            .build());
  }

  @Override
  public boolean sample(long high, long low, String name, Parent parent) {
    return sampler
            .shouldSample(
                Context.root(),
                hex(high, low),
                name,
                SpanKind.SERVER,
                Attributes.empty(),
                Collections.emptyList())
            .getDecision()
        == SamplingDecision.RECORD_AND_SAMPLE;
  }

  private static String hex(long high, long low) {
    char[] digits = new char[32];
    for (int i = 15; i >= 0; i--, high >>>= 4) digits[i] = HEX[(int) (high & 15)];
    for (int i = 31; i >= 16; i--, low >>>= 4) digits[i] = HEX[(int) (low & 15)];
    return new String(digits);
  }
}
