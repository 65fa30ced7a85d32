package dev.atalaya.agent.trace;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The templates in use, found by what was sent and where it goes.
 *
 * <p>By datasource: texts as sent (1,000 entries, 4 MB), normalised texts, and hashes of texts over
 * 10 KB, which are not kept. An evicted template is made again when its statement comes again, with
 * the same series.
 */
final class Templates {
  private static final int LONG_TEXT = 10 * 1024;
  private static final int DATASOURCES = 1_000;

  private final Meters meters;
  private final ConcurrentMap<String, Source> byUrl = new ConcurrentHashMap<>();
  private final ConcurrentMap<Datasource, Source> sources = new ConcurrentHashMap<>();

  Templates(Meters meters) {
    this.meters = meters;
  }

  Meters meters() {
    return meters;
  }

  /** The template of a statement that is sent without having been prepared, until it is sent. */
  Template plain(Datasource datasource) {
    return source(datasource).plain;
  }

  Datasource datasource(String url, java.util.@Nullable Properties properties) {
    Source known = byUrl.get(url);
    if (known != null) return known.datasource;
    DatasourceUrl parsed = DatasourceUrl.parse(url, properties);
    Datasource datasource =
        new Datasource(
            parsed.system(), parsed.dialect(), parsed.host(), parsed.port(), parsed.namespace());
    Source made = source(datasource);
    if (byUrl.size() < DATASOURCES) byUrl.put(url, made);
    return made.datasource;
  }

  Datasource redis(@Nullable String address, int database) {
    String key = "redis://" + address + "/" + database;
    Source known = byUrl.get(key);
    if (known != null) return known.datasource;
    int colon = address == null ? -1 : address.lastIndexOf(':');
    String host = address == null || colon < 0 ? address : address.substring(0, colon);
    int port = address == null || colon < 0 ? 6379 : parsePort(address.substring(colon + 1));
    String namespace = database < 0 ? null : String.valueOf(database);
    Source made = source(new Datasource("redis", SqlDialect.OTHER, host, port, namespace));
    if (byUrl.size() < DATASOURCES) byUrl.put(key, made);
    return made.datasource;
  }

  Template sql(Datasource datasource, String sql) {
    Source source = source(datasource);
    if (sql.length() > LONG_TEXT) {
      Long hash = Hash.of64(sql);
      Template known = source.byHash.get(hash, 1);
      return known != null ? known : source.byHash.put(hash, normalised(source, sql), 1);
    }
    Template known = source.bySql.get(sql, sql.length());
    return known != null ? known : source.bySql.put(sql, normalised(source, sql), sql.length());
  }

  Template redis(Datasource datasource, String command, @Nullable String pattern) {
    Source source = source(datasource);
    String text = pattern == null ? command : command + " " + pattern;
    Template known = source.byText.get(text, text.length());
    if (known != null) return known;
    return source.byText.put(
        text, new Template(datasource, text, command, command, null, null, meters), text.length());
  }

  /** The same command as {@code template}, sent to another server. */
  Template redisAt(Datasource datasource, Template template) {
    String command = template.summary;
    String text = template.text;
    boolean keyed = text != null && text.length() > command.length();
    return redis(
        datasource,
        command,
        text == null || !keyed ? null : text.substring(command.length() + 1));
  }

  private Template normalised(Source source, String sql) {
    SqlText text = SqlText.of(sql, source.datasource.dialect);
    Template known = source.byText.get(text.text(), text.text().length());
    if (known != null) return known;
    Template made =
        new Template(
            source.datasource,
            text.text(),
            text.summary(),
            text.operation(),
            text.collection(),
            text.kind(),
            meters);
    return source.byText.put(text.text(), made, text.text().length());
  }

  private Source source(Datasource datasource) {
    Source known = sources.get(datasource);
    if (known != null) return known;
    Source made = new Source(datasource, meters);
    if (sources.size() >= DATASOURCES) return made;
    Source first = sources.putIfAbsent(datasource, made);
    return first != null ? first : made;
  }

  private static int parsePort(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException none) {
      return 0;
    }
  }

  private static final class Source {
    final Datasource datasource;
    final Template plain;
    final Recent<String, Template> bySql = new Recent<>(1_000, 4 << 20);
    final Recent<String, Template> byText = new Recent<>(1_000, 4 << 20);
    final Recent<Long, Template> byHash = new Recent<>(1_000, 1_000);

    Source(Datasource datasource, Meters meters) {
      this.datasource = datasource;
      this.plain = new Template(datasource, null, datasource.system, null, null, null, meters);
    }
  }
}
