package dev.atalaya.agent.console;

import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Metrics as Prometheus reads them. */
final class Exposition {
  private Exposition() {}

  /** In the format that the request accepts, zipped where it accepts that. */
  static HttpResponse of(HttpRequest request, Enumeration<MetricFamilySamples> families)
      throws IOException, Refused {
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
}
