package war;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.matcher.ElementMatchers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A servlet that brings its own OpenTelemetry, Logback, Prometheus client and Byte Buddy. */
public final class OwnTelemetry extends HttpServlet {
  private final List<SpanData> exported = new CopyOnWriteArrayList<>();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger log = LoggerFactory.getLogger("war");
  private final Counter visits = Counter.build("own_visits", "Visits.").register();
  private Tracer tracer;

  @Override
  public void init() {
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new Exporter()))
            .build();
    OpenTelemetrySdk.builder().setTracerProvider(provider).buildAndRegisterGlobal();
    tracer = GlobalOpenTelemetry.getTracer("war");
    logged.start();
    ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("war").addAppender(logged);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    exported.clear();
    logged.list.clear();
    visits.inc();
    boolean before = Span.current().getSpanContext().isValid();
    Span outer = tracer.spanBuilder("outer").startSpan();
    try (Scope ignored = outer.makeCurrent()) {
      Span inner = tracer.spanBuilder("inner").startSpan();
      try (Scope alsoIgnored = inner.makeCurrent()) {
        log.info("inside");
      } finally {
        inner.end();
      }
    } finally {
      outer.end();
    }
    PrintWriter out = response.getWriter();
    out.println("span before: " + before);
    for (SpanData span : exported) {
      boolean child =
          span.getParentSpanId().equals(outer.getSpanContext().getSpanId())
              && span.getTraceId().equals(outer.getSpanContext().getTraceId());
      out.println(
          span.getName()
              + (child ? " in outer" : " root " + !span.getParentSpanContext().isValid()));
    }
    for (ILoggingEvent event : logged.list) {
      out.println("logged " + event.getFormattedMessage());
      out.println("mdc " + event.getMDCPropertyMap().containsKey("trace_id"));
    }
    out.println("visits " + CollectorRegistry.defaultRegistry.getSampleValue("own_visits"));
    out.println("generated " + generated());
    for (Class<?> type :
        new Class<?>[] {
          Span.class,
          SdkTracerProvider.class,
          LoggerFactory.class,
          LoggerContext.class,
          Counter.class,
          ByteBuddy.class
        }) {
      String source = "" + type.getProtectionDomain().getCodeSource().getLocation();
      out.println(source.substring(source.lastIndexOf('/') + 1));
    }
  }

  private static String generated() {
    try {
      return new ByteBuddy()
          .subclass(Object.class)
          .method(ElementMatchers.named("toString"))
          .intercept(FixedValue.value("bytes"))
          .make()
          .load(OwnTelemetry.class.getClassLoader())
          .getLoaded()
          .getConstructor()
          .newInstance()
          .toString();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Exporter implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      exported.addAll(spans);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
