package dev.atalaya.agent.trace;

import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.sql.DatasourceUrl;
import dev.atalaya.agent.sql.SqlDialect;
import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.state.BoundedCache;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The templates in use, found by what was sent and where it goes.
 *
 * <p>By datasource, of which 400 are kept: texts as sent (1,000 entries, 4 MB), normalised texts,
 * and hashes of texts over 10 KB, which are not kept. An evicted template is made again when its
 * statement comes again, with the same series.
 */
public final class Templates {
  private static final int LONG_TEXT = 10 * 1024;
  private static final int URLS = 1_000;
  private static final int DATASOURCES = 400;
  private static final byte[] NO_CONTEXTS = {};

  private final Meters meters;
  private final BoundedCache<String, Datasource> byUrl = new BoundedCache<>(URLS, 1 << 20);
  private final BoundedCache<Datasource, Source> sources =
      new BoundedCache<>(DATASOURCES, DATASOURCES);

  Templates(Meters meters) {
    this.meters = meters;
  }

  Meters meters() {
    return meters;
  }

  /** The template of a statement that is sent without having been prepared, until it is sent. */
  Wording plain(Datasource datasource) {
    return source(datasource).plain;
  }

  Datasource datasource(String url, java.util.@Nullable Properties properties) {
    Datasource known = byUrl.get(url, url.length());
    if (known != null) return known;
    DatasourceUrl parsed = DatasourceUrl.parse(url, properties);
    Datasource datasource =
        new Datasource(
            OperationFamily.SQL,
            parsed.system(),
            parsed.dialect(),
            parsed.host(),
            parsed.port(),
            parsed.namespace());
    return byUrl.put(url, source(datasource).datasource, url.length());
  }

  /** Where commands of a library go; the same object each time while it is known. */
  public Datasource datasource(
      OperationFamily family,
      String system,
      @Nullable String host,
      int port,
      @Nullable String namespace) {
    return source(new Datasource(family, system, SqlDialect.OTHER, host, port, namespace))
        .datasource;
  }

  Wording sql(Datasource datasource, String sql) {
    Source source = source(datasource);
    if (sql.length() > LONG_TEXT) {
      Long hash = Hash.of64(sql);
      Wording known = source.byHash.get(hash, 1);
      return known != null ? known : source.byHash.put(hash, normalised(source, sql), 1);
    }
    Wording known = source.bySql.get(sql, sql.length());
    return known != null ? known : source.bySql.put(sql, normalised(source, sql), sql.length());
  }

  /** A command with what is shown of its arguments; {@code batch} for several sent as one. */
  public Template command(
      Datasource datasource,
      String name,
      String text,
      SqlText.Kind effect,
      Purpose purpose,
      boolean batch) {
    Source source = source(datasource);
    Template known = source.byText.get(text, text.length());
    if (known != null) return known;
    Template made =
        new Template(
            datasource, text, name, name, null, effect, purpose, NO_CONTEXTS, batch, false, meters);
    return source.byText.put(text, made, text.length());
  }

  /** All that are kept and have a text, and their batches. */
  void forEach(Consumer<Template> visitor) {
    sources.forEach(source -> source.byText.forEach(template -> template.visit(visitor)));
  }

  private Wording normalised(Source source, String sql) {
    SqlText text = SqlText.of(sql, source.datasource.dialect);
    Template known = source.byText.get(key(text), text.text().length());
    String kept = sql.length() > LONG_TEXT ? null : sql;
    return new Wording(known != null ? known : template(source, text), kept, text);
  }

  private static String key(SqlText text) {
    return text.ignoreHint() ? text.text() + "\0" : text.text();
  }

  private Template template(Source source, SqlText text) {
    Template made =
        new Template(
            source.datasource,
            text.text(),
            text.summary(),
            text.operation(),
            text.collection(),
            text.kind(),
            Purpose.WORK,
            text.contexts(),
            false,
            text.ignoreHint(),
            meters);
    return source.byText.put(key(text), made, text.text().length());
  }

  private Source source(Datasource datasource) {
    Source known = sources.get(datasource, 1);
    return known != null ? known : sources.put(datasource, new Source(datasource, meters), 1);
  }

  private static final class Source {
    final Datasource datasource;
    final Wording plain;
    final BoundedCache<String, Wording> bySql = new BoundedCache<>(1_000, 4 << 20);
    final BoundedCache<String, Template> byText = new BoundedCache<>(1_000, 4 << 20);
    final BoundedCache<Long, Wording> byHash = new BoundedCache<>(1_000, 1_000);

    Source(Datasource datasource, Meters meters) {
      this.datasource = datasource;
      this.plain =
          new Wording(
              new Template(
                  datasource,
                  null,
                  datasource.system,
                  null,
                  null,
                  null,
                  Purpose.WORK,
                  NO_CONTEXTS,
                  false,
                  false,
                  meters));
    }
  }
}
