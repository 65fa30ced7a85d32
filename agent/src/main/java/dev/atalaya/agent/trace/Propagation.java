package dev.atalaya.agent.trace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers that carry a trace from process to process: W3C Trace Context and Baggage, B3 single
 * and multi, Jaeger's.
 *
 * <p>All configured forms are sent; the first that is present and valid is taken. B3 may also say
 * whether to sample where there is no trace yet; that counts where no form has a trace. A debug
 * trace of B3's or Jaeger's is sampled, and goes on as one, also where this process does not export
 * it.
 */
public final class Propagation {
  private static final String TRACEPARENT = "traceparent";
  private static final String TRACESTATE = "tracestate";
  private static final String BAGGAGE = "baggage";
  private static final String B3 = "b3";
  private static final String B3_TRACE = "X-B3-TraceId";
  private static final String B3_SPAN = "X-B3-SpanId";
  private static final String B3_SAMPLED = "X-B3-Sampled";
  private static final String B3_FLAGS = "X-B3-Flags";
  private static final String JAEGER = "uber-trace-id";

  private static final String[] TRACE_HEADERS = {TRACEPARENT, B3, B3_TRACE, JAEGER};

  private final String[] fields;

  /** {@code names} as {@code otel.propagators} lists them; unknown ones are ignored. */
  public Propagation(Collection<String> names) {
    List<String> all = new ArrayList<>();
    if (names.contains("tracecontext")) {
      all.add(TRACEPARENT);
      all.add(TRACESTATE);
    }
    if (names.contains("b3")) all.add(B3);
    if (names.contains("b3multi")) {
      all.add(B3_TRACE);
      all.add(B3_SPAN);
      all.add(B3_SAMPLED);
      all.add(B3_FLAGS);
    }
    if (names.contains("jaeger")) all.add(JAEGER);
    if (names.contains("baggage")) all.add(BAGGAGE);
    fields = all.toArray(new String[0]);
  }

  /** Whether the application, or another tracer, has set a trace header. */
  public static boolean isIn(Headers headers) {
    for (String name : TRACE_HEADERS) if (headers.get(name) != null) return true;
    return false;
  }

  /** The headers to send, in order. */
  @Nullable String field(int index) {
    return index < fields.length ? fields[index] : null;
  }

  @Nullable String value(int index, Span span) {
    if (index >= fields.length) return null;
    Request request = span.request();
    switch (fields[index]) {
      case TRACEPARENT:
        return "00-" + ids(span) + (request.sampled() ? "-01" : "-00");
      case TRACESTATE:
        return request.remote.traceState;
      case BAGGAGE:
        return request.remote.baggage;
      case B3:
        return ids(span) + flag(request, "-1", "-0", "-d");
      case B3_TRACE:
        return request.traceId();
      case B3_SPAN:
        return Ids.span(span.id());
      case B3_SAMPLED:
        return flag(request, "1", "0", null); // a debug trace implies it
      case B3_FLAGS:
        return flag(request, null, null, "1");
      default: // Jaeger's
        return request.traceId() + ":" + Ids.span(span.id()) + ":0:" + flag(request, "1", "0", "3");
    }
  }

  RemoteParent extract(Headers headers) {
    RemoteParent remote = RemoteParent.NONE;
    RemoteParent wish = RemoteParent.NONE;
    String state = null;
    String baggage = null;
    for (String field : fields) {
      if (field.equals(BAGGAGE)) baggage = headers.get(BAGGAGE);
      if (field.equals(TRACESTATE) || remote.present()) continue;
      RemoteParent read = read(field, headers);
      if (read.present()) remote = read;
      else if (wish == RemoteParent.NONE) wish = read;
      if (field.equals(TRACEPARENT) && read.present()) state = headers.get(TRACESTATE);
    }
    if (!remote.present()) remote = wish;
    return state == null && baggage == null ? remote : remote.with(state, baggage);
  }

  private static RemoteParent read(String field, Headers headers) {
    switch (field) {
      case TRACEPARENT:
        return traceParent(headers.get(TRACEPARENT));
      case B3:
        return b3(headers.get(B3));
      case B3_TRACE:
        boolean debug = "1".equals(headers.get(B3_FLAGS));
        String sampled = debug ? "d" : headers.get(B3_SAMPLED);
        return b3(headers.get(B3_TRACE), headers.get(B3_SPAN), sampled);
      case JAEGER:
        return jaeger(headers.get(JAEGER));
      default: // read together with another
        return RemoteParent.NONE;
    }
  }

  /** {@code 00-<32 hex>-<16 hex>-<2 hex>}; a later version may append more. */
  private static RemoteParent traceParent(@Nullable String value) {
    if (value == null || value.length() < 55 || value.startsWith("ff")) return RemoteParent.NONE;
    if (value.charAt(2) != '-' || value.charAt(35) != '-' || value.charAt(52) != '-') {
      return RemoteParent.NONE;
    }
    if (value.length() > 55 && (value.startsWith("00") || value.charAt(55) != '-')) {
      return RemoteParent.NONE;
    }
    int flags = Character.digit(value.charAt(54), 16);
    return remote(
        value.substring(3, 35),
        value.substring(36, 52),
        (flags & 1) == 1 ? Sampler.Parent.SAMPLED : Sampler.Parent.UNSAMPLED,
        false);
  }

  /** {@code <trace>-<span>[-<sampled>[-<parent>]]}, or the sampling state alone. */
  private static RemoteParent b3(@Nullable String value) {
    if (value == null) return RemoteParent.NONE;
    String[] parts = value.split("-", 4);
    if (parts.length < 2) return b3(null, null, value);
    return b3(parts[0], parts[1], parts.length > 2 ? parts[2] : null);
  }

  private static RemoteParent b3(
      @Nullable String trace, @Nullable String span, @Nullable String sampled) {
    Sampler.Parent flag = b3Sampled(sampled);
    boolean debug = "d".equals(sampled);
    RemoteParent remote = remote(trace, span, flag, debug);
    return remote.present() ? remote : RemoteParent.wish(flag, debug);
  }

  /** Any other value leaves the decision to this process, as does none. */
  private static Sampler.Parent b3Sampled(@Nullable String value) {
    if (value == null) return Sampler.Parent.NONE;
    if (value.equals("1") || value.equals("d") || value.equalsIgnoreCase("true")) {
      return Sampler.Parent.SAMPLED;
    }
    return value.equals("0") || value.equalsIgnoreCase("false")
        ? Sampler.Parent.UNSAMPLED
        : Sampler.Parent.NONE;
  }

  /** {@code <trace>:<span>:<parent>:<flags>}, perhaps URL-encoded. */
  private static RemoteParent jaeger(@Nullable String value) {
    if (value == null) return RemoteParent.NONE;
    String[] parts = value.replace("%3A", ":").replace("%3a", ":").split(":");
    if (parts.length != 4 || parts[3].isEmpty()) return RemoteParent.NONE;
    int flags = Character.digit(parts[3].charAt(parts[3].length() - 1), 16);
    boolean debug = (flags & 2) != 0;
    boolean sampled = debug || (flags & 1) != 0;
    return remote(
        parts[0], parts[1], sampled ? Sampler.Parent.SAMPLED : Sampler.Parent.UNSAMPLED, debug);
  }

  private static RemoteParent remote(
      @Nullable String trace, @Nullable String span, Sampler.Parent sampled, boolean debug) {
    if (trace == null || span == null || trace.isEmpty() || trace.length() > 32)
      return RemoteParent.NONE;
    if (!isHex(trace) || !isHex(span)) return RemoteParent.NONE;
    String id = "00000000000000000000000000000000".substring(trace.length()) + trace;
    String spanId = span.length() < 16 ? "0000000000000000".substring(span.length()) + span : span;
    long high = Ids.parse(id, 0);
    long low = Ids.parse(id, 16);
    long parent = Ids.parse(spanId, 0);
    if (parent == 0 || (high == 0 && low == 0)) return RemoteParent.NONE;
    return new RemoteParent(high, low, parent, sampled, debug, null, null);
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), 16) < 0) return false;
    }
    return true;
  }

  private static String ids(Span span) {
    return span.request().traceId() + "-" + Ids.span(span.id());
  }

  private static @Nullable String flag(
      Request request,
      @Nullable String sampled,
      @Nullable String unsampled,
      @Nullable String debug) {
    if (request.remote.debug) return debug;
    return request.sampled() ? sampled : unsampled;
  }
}
