package dev.atalaya.agent.library.logback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.bridge.Tracing;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogbackInstrumentationTest {
  private final Woven woven = Woven.with(new LogbackInstrumentation());
  private final LoggerContext context = new LoggerContext();
  private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
  private final BlockingQueue<Map<String, String>> logged = new LinkedBlockingQueue<>();
  private final Logger logger = context.getLogger("test");

  LogbackInstrumentationTest() {
    context.setMDCAdapter(mdc);
  }

  @AfterEach
  void close() {
    context.stop();
    woven.close();
  }

  @Test
  void an_event_has_the_ids_of_its_span() throws Exception {
    logger.addAppender(appender());
    woven.inRequest(
        () -> {
          mdc.put("user", "anna");
          logger.info("in the request");
          assertEquals(
              Map.of("user", "anna", "trace_id", Tracing.traceId(), "span_id", Tracing.spanId()),
              next());
          assertEquals(Map.of("user", "anna"), mdc.getCopyOfContextMap());
          return null;
        });
    logger.info("after it");
    assertEquals(Map.of("user", "anna"), next());
  }

  @Test
  void an_asynchronous_appender_sees_the_thread_that_logged() throws Exception {
    AsyncAppender asynchronous = new AsyncAppender();
    asynchronous.setContext(context);
    asynchronous.addAppender(appender());
    asynchronous.start();
    logger.addAppender(asynchronous);
    woven.inRequest(
        () -> {
          logger.info("in the request");
          assertEquals(Tracing.traceId(), next().get("trace_id"));
          return null;
        });
  }

  @Test
  void what_the_application_put_there_stays() throws Exception {
    logger.addAppender(appender());
    woven.inRequest(
        () -> {
          mdc.put("trace_id", "own");
          logger.info("in the request");
          assertEquals(Map.of("trace_id", "own"), next());
          return null;
        });
  }

  @Test
  void events_are_logged_when_the_tracer_throws() throws Exception {
    logger.addAppender(appender());
    mdc.put("user", "anna");
    int thrown =
        Woven.whileTracerThrows(
            () -> {
              logger.info("all the same");
              assertEquals(List.of("user"), List.copyOf(next().keySet()));
              return null;
            });
    assertTrue(thrown > 0);
  }

  private Map<String, String> next() throws InterruptedException {
    return logged.poll(5, TimeUnit.SECONDS);
  }

  private AppenderBase<ILoggingEvent> appender() {
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            logged.add(Map.copyOf(event.getMDCPropertyMap()));
          }
        };
    appender.setContext(context);
    appender.start();
    return appender;
  }
}
