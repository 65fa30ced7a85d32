package dev.atalaya.agent.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.trace.Sampler;
import dev.atalaya.agent.trace.Sampler.Parent;
import java.util.List;
import java.util.SplittableRandom;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import okhttp3.Protocol;
import okio.Buffer;
import org.junit.jupiter.api.Test;

class SamplersTest {
  @Test
  void unconditional_samplers_ignore_the_caller() {
    assertTrue(asks("always_on", "", Parent.UNSAMPLED));
    assertFalse(asks("always_off", "", Parent.SAMPLED));
  }

  @Test
  void parent_decides_where_there_is_one() {
    assertTrue(asks("parentbased_always_off", "", Parent.SAMPLED));
    assertFalse(asks("parentbased_always_off", "", Parent.NONE));
    assertFalse(asks("parentbased_always_on", "", Parent.UNSAMPLED));
    assertTrue(asks("parentbased_always_on", "", Parent.NONE));
    assertFalse(asks("parentbased_traceidratio", "1", Parent.UNSAMPLED));
  }

  @Test
  void ratio_of_traces_is_sampled() {
    assertEquals(2_500, sampled("traceidratio", "0.25"), 200);
    assertEquals(10_000, sampled("traceidratio", ""));
    assertEquals(10_000, sampled("traceidratio", "7"));
    assertEquals(0, sampled("traceidratio", "0"));
  }

  @Test
  void initial_rate_holds_until_jaeger_answers() {
    String nobody = "endpoint=http://localhost:1,pollingIntervalMs=60000,initialSamplingRate=0.5";

    assertEquals(5_000, sampled("jaeger_remote", nobody), 300);
    assertFalse(asks("parentbased_jaeger_remote", nobody, Parent.UNSAMPLED));
  }

  @Test
  void jaeger_decides_once_it_has_answered() throws Exception {
    ProtoBuffer strategy = new ProtoBuffer(16);
    int probabilistic = strategy.begin(0x12);
    strategy.fixed64(0x09, Double.doubleToRawLongBits(1.0));
    strategy.end(probabilistic);
    try (MockWebServer jaeger = new MockWebServer()) {
      jaeger.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
      jaeger.enqueue(
          new MockResponse.Builder()
              .addHeader("content-type", "application/grpc")
              .body(
                  new Buffer().writeByte(0).writeInt(strategy.length).write(strategy.toByteArray()))
              .trailers(Headers.of("grpc-status", "0"))
              .build());
      jaeger.start();
      Sampler sampler =
          sampler(
              "jaeger_remote",
              "endpoint=http://localhost:"
                  + jaeger.getPort()
                  + ",pollingIntervalMs=60000,initialSamplingRate=0");

      assertFalse(sampler.sample(1, 1, "GET", Parent.NONE));
      Collector.await("answer", () -> sampler.sample(1, 1, "GET", Parent.NONE));

      assertTrue(jaeger.takeRequest().getBody().utf8().contains("shop"));
    }
  }

  private static boolean asks(String name, String argument, Parent parent) {
    return sampler(name, argument).sample(1, 1, "GET", parent);
  }

  private static int sampled(String name, String argument) {
    Sampler sampler = sampler(name, argument);
    SplittableRandom random = new SplittableRandom(7);
    int sampled = 0;
    for (int i = 0; i < 10_000; i++) {
      if (sampler.sample(random.nextLong(), random.nextLong(), "GET", Parent.NONE)) sampled++;
    }
    return sampled;
  }

  private static Sampler sampler(String name, String argument) {
    String options = "otel.traces.sampler=" + name;
    if (!argument.isEmpty()) options += ",otel.traces.sampler.arg=" + argument;
    return Samplers.sampler(Options.read(options), () -> "shop");
  }
}
