package dev.atalaya.agent.console;

import dev.atalaya.agent.json.Json;
import dev.atalaya.agent.page.Pages;
import dev.atalaya.agent.page.Query;
import dev.atalaya.agent.page.Source;
import dev.atalaya.agent.page.Value;
import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Changes of the live options: those that the API is asked for, and those of the pages' forms. */
final class Changes {
  private static final String IGNORED = "atalaya.ignore.fingerprints";
  private static final Pattern PROBLEM = Pattern.compile("[\\w-]{1,64}");

  private final Function<Map<String, String>, @Nullable String> setter;
  private final @Nullable Source settings;
  private final Pages pages;

  /** {@code settings}: the options as they are, where there are pages of them. */
  Changes(
      Function<Map<String, String>, @Nullable String> setter,
      @Nullable Source settings,
      Pages pages) {
    this.setter = setter;
    this.settings = settings;
    this.pages = pages;
  }

  /** Sets all, or says why not. */
  HttpResponse config(Map<String, String> fields) {
    String wrong = setter.apply(fields);
    if (wrong != null) return wrong(wrong);
    return HttpResponse.json(
        200, Json.write(Collections.singletonMap("set", new ArrayList<>(fields.keySet()))));
  }

  static HttpResponse wrong(@Nullable String why) {
    return HttpResponse.json(400, Json.write(Collections.singletonMap("error", why)));
  }

  /** Of a form that has all of them, sets what is not so already. */
  HttpResponse settings(Map<String, String> form) {
    Map<String, String> now = now();
    Map<String, String> changed = new LinkedHashMap<>(form);
    changed.entrySet().removeIf(one -> one.getValue().trim().equals(now.get(one.getKey())));
    return set(changed, form, "/settings");
  }

  /** Adds the form's {@code problem} to what is ignored, or takes it out. */
  HttpResponse ignore(Map<String, String> form) {
    String problem = form.getOrDefault("problem", "");
    if (!PROBLEM.matcher(problem).matches()) return wrong("no problem is named");
    String value = now().getOrDefault(IGNORED, "");
    List<String> ignored = new ArrayList<>(Arrays.asList(value.split("\\s*,\\s*")));
    ignored.removeIf(one -> one.isEmpty() || one.equals(problem));
    if (!"no".equals(form.get("ignored"))) ignored.add(problem);
    Map<String, String> changed = Collections.singletonMap(IGNORED, String.join(",", ignored));
    return set(changed, changed, "/problems/" + problem);
  }

  /** Back to the page; what is wrong is said where the settings are. */
  private HttpResponse set(Map<String, String> changed, Map<String, String> form, String page) {
    String wrong = changed.isEmpty() ? null : setter.apply(changed);
    if (wrong == null) return HttpResponse.seeOther(page);
    String shown = pages.page("settings", Query.of(form).noted(wrong));
    return shown == null ? wrong(wrong) : HttpResponse.html(400, shown);
  }

  private Map<String, String> now() {
    Map<String, String> now = new LinkedHashMap<>();
    Object json = settings == null ? null : settings.get(Query.ALL);
    for (Value one : new Value(json).all("settings")) {
      now.put(one.text("key"), one.text("value").trim());
    }
    return now;
  }

  /**
   * Of a body as {@code {"key":"value"}}, or as a form. Throws IllegalArgumentException for
   * another.
   */
  static Map<String, String> fields(String given) {
    Map<String, String> fields = new LinkedHashMap<>();
    String body = given.trim();
    if (body.startsWith("{")) {
      Object parsed = Json.parse(body);
      if (!(parsed instanceof Map)) throw new IllegalArgumentException("no JSON object");
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) parsed).entrySet()) {
        Object value = entry.getValue();
        if (value instanceof Map || value instanceof List || value == null) {
          throw new IllegalArgumentException("the value of " + entry.getKey() + " is no text");
        }
        fields.put(String.valueOf(entry.getKey()), Json.text(value));
      }
    } else {
      for (String pair : body.split("[&\n]")) {
        int equals = pair.indexOf('=');
        if (equals < 1) throw new IllegalArgumentException("expected {\"key\":\"value\"}");
        fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, "UTF-8");
    } catch (UnsupportedEncodingException never) {
      throw new IllegalStateException(never);
    }
  }
}
