package dev.atalaya.agent.trace;

import org.jspecify.annotations.Nullable;

/**
 * The templates in use, found by what was sent and where it goes.
 *
 * <p>By datasource, of which 400 are kept: texts as sent (1,000 entries, 4 MB), normalised texts,
 * and hashes of texts over 10 KB, which are not kept. An evicted template is made again when its
 * statement comes again, with the same series.
 */
final class Templates {
  private static final int LONG_TEXT = 10 * 1024;
  private static final int URLS = 1_000;
  private static final int DATASOURCES = 400;

  private final Meters meters;
  private final Recent<String, Datasource> byUrl = new Recent<>(URLS, 1 << 20);
  private final Recent<Datasource, Source> sources = new Recent<>(DATASOURCES, DATASOURCES);

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
    Datasource known = byUrl.get(url, url.length());
    if (known != null) return known;
    DatasourceUrl parsed = DatasourceUrl.parse(url, properties);
    Datasource datasource =
        new Datasource(
            parsed.system(), parsed.dialect(), parsed.host(), parsed.port(), parsed.namespace());
    return byUrl.put(url, source(datasource).datasource, url.length());
  }

  Datasource redis(@Nullable String address, int database) {
    String key = "redis://" + address + "/" + database;
    Datasource known = byUrl.get(key, key.length());
    if (known != null) return known;
    int colon = address == null ? -1 : address.lastIndexOf(':');
    String host = address == null || colon < 0 ? address : address.substring(0, colon);
    int port = address == null || colon < 0 ? 6379 : parsePort(address.substring(colon + 1));
    String namespace = database < 0 ? null : String.valueOf(database);
    Source made = source(new Datasource("redis", SqlDialect.OTHER, host, port, namespace));
    return byUrl.put(key, made.datasource, key.length());
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
        datasource, command, text == null || !keyed ? null : text.substring(command.length() + 1));
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
    Source known = sources.get(datasource, 1);
    return known != null ? known : sources.put(datasource, new Source(datasource, meters), 1);
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
