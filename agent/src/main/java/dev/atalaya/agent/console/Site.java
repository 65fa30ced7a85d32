package dev.atalaya.agent.console;

import dev.atalaya.agent.json.Json;
import dev.atalaya.agent.log.Log;
import dev.atalaya.agent.mcp.Mcp;
import dev.atalaya.agent.mcp.Reply;
import dev.atalaya.agent.page.Assets;
import dev.atalaya.agent.page.Pages;
import dev.atalaya.agent.page.Query;
import dev.atalaya.agent.page.Source;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** What the port serves; to whom, {@link Access} says. */
public final class Site {
  private static final HttpResponse NOT_FOUND = HttpResponse.text(404, "not found");

  private final Access access;
  private @Nullable Supplier<Enumeration<MetricFamilySamples>> metrics;
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private @Nullable Function<Map<String, String>, @Nullable String> config;

  // Made when they are first asked for: most applications never are.
  private volatile @Nullable Pages pages;
  private volatile @Nullable Mcp mcp;

  /** An empty {@code token} is none: what needs one is then refused. */
  public Site(String token) {
    this(new Access(token, Log::warn));
  }

  Site(Access access) {
    this.access = access;
  }

  /** What is not given is answered by 404. */
  public Site metrics(Supplier<Enumeration<MetricFamilySamples>> families) {
    metrics = families;
    return this;
  }

  /**
   * What {@code /api/NAME} answers, and {@code /api/NAME/ID}; the pages show it as well. All before
   * the port is open.
   */
  public Site source(String name, Source source) {
    sources.put(name, source);
    return this;
  }

  /** Takes keys and values to set, all or none; returns why not, or null. */
  public Site config(Function<Map<String, String>, @Nullable String> setter) {
    config = setter;
    return this;
  }

  void boundTo(InetAddress address, String name) {
    access.boundTo(address, name);
  }

  /** That the request was refused, in the log. */
  void say(Refused refused) {
    access.say(refused);
  }

  HttpResponse answer(HttpRequest request) throws Refused {
    try {
      access.checkHost(request);
      return page(request);
    } catch (IOException | RuntimeException | LinkageError | StackOverflowError error) {
      return HttpResponse.text(500, "failed: " + error.getClass().getName());
    }
  }

  private HttpResponse page(HttpRequest request) throws IOException, Refused {
    switch (request.path) {
      case "/metrics":
        return get(request, true, metrics, families -> exposition(request, families));
      case "/mcp":
        return mcp(request);
      case "/api/config":
        return post(request, config);
      case "/console.css":
        return asset(request, "console.css", "text/css; charset=utf-8");
      case "/console.js":
        return asset(request, "console.js", "text/javascript; charset=utf-8");
      default:
        return request.path.startsWith("/api/") ? api(request) : html(request);
    }
  }

  /** {@code /api/NAME} and {@code /api/NAME/ID}. */
  private HttpResponse api(HttpRequest request) throws IOException, Refused {
    Source source = sources.get(name(request.path, 5));
    if (source == null) return NOT_FOUND;
    Query query = query(request, 5);
    return get(request, access.isLoopback(), () -> source.get(query), Site::json);
  }

  private HttpResponse html(HttpRequest request) throws IOException, Refused {
    if (sources.isEmpty()) return NOT_FOUND;
    Pages made = pages;
    if (made == null) pages = made = new Pages(sources);
    Pages shown = made;
    String name = name(request.path, 1);
    if (!shown.has(name)) return NOT_FOUND;
    Query query = query(request, 1);
    return get(request, access.isLoopback(), () -> shown.page(name, query), HttpResponse::html);
  }

  private HttpResponse mcp(HttpRequest request) throws IOException, Refused {
    if (sources.isEmpty()) return NOT_FOUND;
    access.checkOrigin(request);
    if (!request.method.equals("POST")) {
      return HttpResponse.text(405, "method not allowed").with("Allow", "POST");
    }
    if (!access.isLoopback()) access.checkToken(request);
    Mcp asked = mcp;
    if (asked == null) mcp = asked = new Mcp(sources);
    Reply reply = asked.answer(request.body(), request::header);
    return HttpResponse.json(reply.status, reply.body);
  }

  private static String name(String path, int from) {
    int slash = path.indexOf('/', from);
    return path.substring(from, slash < 0 ? path.length() : slash);
  }

  private static Query query(HttpRequest request, int from) throws Refused {
    int slash = request.path.indexOf('/', from);
    String id = slash < 0 ? "" : request.path.substring(slash + 1);
    try {
      return Query.of(id, request.query == null ? "" : request.query);
    } catch (IllegalArgumentException undecodable) {
      throw new Refused(400, "malformed query");
    }
  }

  private static HttpResponse json(Object value) {
    return HttpResponse.json(200, Json.write(value));
  }

  private HttpResponse asset(HttpRequest request, String name, String type)
      throws IOException, Refused {
    Supplier<byte @Nullable []> bytes = () -> sources.isEmpty() ? null : Assets.read(name);
    return get(request, true, bytes, read -> new HttpResponse(200, type, read));
  }

  private <T> HttpResponse get(
      HttpRequest request, boolean free, @Nullable Supplier<@Nullable T> source, Form<T> form)
      throws IOException, Refused {
    if (source == null) return NOT_FOUND;
    if (!request.method.equals("GET") && !request.method.equals("HEAD")) {
      return HttpResponse.text(405, "method not allowed").with("Allow", "GET, HEAD");
    }
    if (!free) access.checkToken(request);
    T given = source.get();
    return given == null ? NOT_FOUND : form.of(given);
  }

  private HttpResponse post(
      HttpRequest request, @Nullable Function<Map<String, String>, @Nullable String> setter)
      throws IOException, Refused {
    if (setter == null) return NOT_FOUND;
    if (!request.method.equals("POST")) {
      return HttpResponse.text(405, "method not allowed").with("Allow", "POST");
    }
    access.checkOrigin(request);
    access.checkToken(request);
    Map<String, String> keys;
    try {
      keys = keys(request);
    } catch (IllegalArgumentException malformed) {
      return error(malformed.getMessage());
    }
    String wrong = setter.apply(keys);
    if (wrong != null) return error(wrong);
    return HttpResponse.json(
        200, Json.write(Collections.singletonMap("set", new ArrayList<>(keys.keySet()))));
  }

  private static HttpResponse error(@Nullable String why) {
    return HttpResponse.json(400, Json.write(Collections.singletonMap("error", why)));
  }

  /** {@code {"key":"value"}}, or a form. */
  private static Map<String, String> keys(HttpRequest request) throws IOException, Refused {
    Map<String, String> keys = new LinkedHashMap<>();
    String body = request.body().trim();
    if (body.startsWith("{")) {
      Object parsed = Json.parse(body);
      if (!(parsed instanceof Map)) throw new IllegalArgumentException("no JSON object");
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) parsed).entrySet()) {
        Object value = entry.getValue();
        if (value instanceof Map || value instanceof List || value == null) {
          throw new IllegalArgumentException("the value of " + entry.getKey() + " is no text");
        }
        keys.put(String.valueOf(entry.getKey()), Json.text(value));
      }
    } else {
      for (String pair : body.split("[&\n]")) {
        int equals = pair.indexOf('=');
        if (equals < 1) throw new IllegalArgumentException("expected {\"key\":\"value\"}");
        keys.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return keys;
  }

  // ---- Metrics ---------------------------------------------------------------------------------

  private static HttpResponse exposition(
      HttpRequest request, Enumeration<MetricFamilySamples> families) throws IOException, Refused {
    String type = TextFormat.chooseContentType(request.header("Accept"));
    boolean zip = accepts(request.header("Accept-Encoding"), "gzip");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(32 * 1024);
    try (OutputStream out = zip ? new GZIPOutputStream(bytes, 8_192) : bytes;
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
      TextFormat.writeFormat(type, writer, named(families, names(request.query)));
    }
    HttpResponse response =
        new HttpResponse(200, type, bytes.toByteArray()).with("Vary", "Accept-Encoding");
    return zip ? response.with("Content-Encoding", "gzip") : response;
  }

  /** {@code ?name[]=} asks for some samples alone, as Prometheus' own clients let it. */
  private static Enumeration<MetricFamilySamples> named(
      Enumeration<MetricFamilySamples> families, Set<String> names) {
    if (names.isEmpty()) return families;
    List<MetricFamilySamples> kept = new ArrayList<>();
    while (families.hasMoreElements()) {
      MetricFamilySamples some = families.nextElement().filter(names::contains);
      if (some != null) kept.add(some);
    }
    return Collections.enumeration(kept);
  }

  private static Set<String> names(@Nullable String query) throws IOException, Refused {
    Set<String> names = new HashSet<>();
    if (query == null) return names;
    try {
      for (String pair : query.split("&")) {
        int equals = pair.indexOf('=');
        if (equals > 0 && decoded(pair.substring(0, equals)).equals("name[]")) {
          names.add(decoded(pair.substring(equals + 1)));
        }
      }
    } catch (IllegalArgumentException undecodable) {
      throw new Refused(400, "malformed query");
    }
    return names;
  }

  private static boolean accepts(@Nullable String header, String coding) {
    if (header == null) return false;
    for (String one : header.split(",")) {
      String[] parts = one.trim().split("\\s*;\\s*");
      if (parts[0].equalsIgnoreCase(coding)) {
        return parts.length < 2 || !parts[1].matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  private static String decoded(String text) throws IOException {
    return URLDecoder.decode(text, "UTF-8");
  }

  /** How what a source gave is shown. */
  private interface Form<T> {
    HttpResponse of(T given) throws IOException, Refused;
  }
}
