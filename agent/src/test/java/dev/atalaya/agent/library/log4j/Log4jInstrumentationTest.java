package dev.atalaya.agent.library.log4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.bridge.Tracing;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.appender.AsyncAppender;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Log4jInstrumentationTest {
  private final Woven woven = Woven.with(new Log4jInstrumentation());
  private final BlockingQueue<Map<String, String>> logged = new LinkedBlockingQueue<>();
  private final LoggerContext context = new LoggerContext("test");
  private final Configuration configuration = new DefaultConfiguration();
  private final Appender appender = new Appender();

  @AfterEach
  void close() {
    context.stop();
    ThreadContext.clearAll();
    woven.close();
  }

  @Test
  void an_event_has_the_ids_of_its_span() throws Exception {
    Logger logger = loggerTo(appender);
    woven.inRequest(
        () -> {
          logger.info("without a context");
          assertEquals(Map.of("trace_id", Tracing.traceId(), "span_id", Tracing.spanId()), next());
          ThreadContext.put("user", "anna");
          logger.info("with one");
          assertEquals(
              Map.of("user", "anna", "trace_id", Tracing.traceId(), "span_id", Tracing.spanId()),
              next());
          assertEquals(Map.of("user", "anna"), ThreadContext.getContext());
          return null;
        });
    logger.info("after it");
    assertEquals(Map.of("user", "anna"), next());
  }

  @Test
  void an_asynchronous_appender_sees_the_thread_that_logged() throws Exception {
    configuration.addAppender(appender);
    AsyncAppender asynchronous =
        AsyncAppender.newBuilder()
            .setName("asynchronous")
            .setAppenderRefs(
                new AppenderRef[] {AppenderRef.createAppenderRef("logged", Level.ALL, null)})
            .setConfiguration(configuration)
            .build();
    appender.start();
    Logger logger = loggerTo(asynchronous);
    woven.inRequest(
        () -> {
          logger.info("in the request");
          assertEquals(Tracing.traceId(), next().get("trace_id"));
          return null;
        });
    asynchronous.stop();
  }

  @Test
  void what_the_application_put_there_stays() throws Exception {
    Logger logger = loggerTo(appender);
    ThreadContext.put("trace_id", "own");
    woven.inRequest(
        () -> {
          logger.info("in the request");
          assertEquals(Map.of("trace_id", "own"), next());
          return null;
        });
  }

  @Test
  void events_are_logged_when_the_tracer_throws() throws Exception {
    Logger logger = loggerTo(appender);
    int thrown =
        Woven.whileTracerThrows(
            () -> {
              logger.info("all the same");
              assertEquals(Map.of(), next());
              return null;
            });
    assertTrue(thrown > 0);
  }

  private Map<String, String> next() throws InterruptedException {
    return logged.poll(5, TimeUnit.SECONDS);
  }

  private Logger loggerTo(AbstractAppender target) {
    target.start();
    context.start(configuration);
    LoggerConfig root = configuration.getRootLogger();
    for (String name : List.copyOf(root.getAppenders().keySet())) root.removeAppender(name);
    root.addAppender(target, Level.ALL, null);
    root.setLevel(Level.INFO);
    context.updateLoggers();
    return context.getLogger("test");
  }

  private final class Appender extends AbstractAppender {
    Appender() {
      super("logged", null, null, false, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      logged.add(event.getContextData().toMap());
    }
  }
}
