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
import java.io.IOException;
import java.net.InetAddress;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
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
        return get(request, true, metrics, families -> Exposition.of(request, families));
      case "/mcp":
        return mcp(request);
      case "/api/config":
        return post(request, Changes::config);
      case "/ignore":
        return post(request, Changes::ignore);
      case "/settings":
        boolean posted = request.method.equals("POST");
        return posted ? post(request, Changes::settings) : html(request);
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
    Pages shown = pages();
    String name = name(request.path, 1);
    if (!shown.has(name)) return NOT_FOUND;
    Query query = query(request, 1);
    return get(
        request,
        access.isLoopback(),
        () -> shown.page(name, query),
        page -> HttpResponse.html(200, page));
  }

  private Pages pages() {
    Pages made = pages;
    if (made == null) pages = made = new Pages(sources);
    return made;
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
      HttpRequest request, BiFunction<Changes, Map<String, String>, HttpResponse> change)
      throws IOException, Refused {
    Function<Map<String, String>, @Nullable String> setter = config;
    if (setter == null) return NOT_FOUND;
    if (!request.method.equals("POST")) {
      return HttpResponse.text(405, "method not allowed").with("Allow", "POST");
    }
    access.checkOrigin(request);
    access.checkToken(request);
    try {
      Map<String, String> fields = Changes.fields(request.body());
      return change.apply(new Changes(setter, sources.get("settings"), pages()), fields);
    } catch (IllegalArgumentException malformed) {
      return Changes.wrong(malformed.getMessage());
    }
  }

  /** How what a source gave is shown. */
  private interface Form<T> {
    HttpResponse of(T given) throws IOException, Refused;
  }
}
