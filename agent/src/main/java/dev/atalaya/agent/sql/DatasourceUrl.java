package dev.atalaya.agent.sql;

import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where a JDBC URL leads: system, host, port and database, never a user or a password.
 *
 * <p>Any text is understood as far as that goes. A part that may hold credentials is left out.
 */
public final class DatasourceUrl {
  private static final int LONGEST = 255;

  /** Drivers that hand on to the one whose URL follows. */
  private static final String[] WRAPPERS = {
    "jdbc:",
    "p6spy:",
    "log4jdbc:",
    "tc:",
    "otel:",
    "opentracing:",
    "tracing:",
    "datasource-proxy:",
    "jdbc-secretsmanager:",
    "aws-wrapper:",
    "pool:",
    "c3p0:"
  };

  private final SqlDialect dialect;
  private final String system;
  private @Nullable String host;
  private int port;
  private @Nullable String namespace;

  private DatasourceUrl(SqlDialect dialect, String system) {
    this.dialect = dialect;
    this.system = system;
  }

  public static DatasourceUrl parse(@Nullable String jdbcUrl, @Nullable Properties info) {
    String url = jdbcUrl == null ? "" : unwrapped(jdbcUrl.trim());
    int colon = url.indexOf(':');
    String protocol = (colon < 0 ? url : url.substring(0, colon)).toLowerCase(Locale.ROOT);
    String rest = colon < 0 ? "" : url.substring(colon + 1);
    DatasourceUrl result = read(protocol, rest, info == null ? new Properties() : info);
    if (result.host != null && !result.host.isEmpty() && !hostname(result.host)) {
      result.host = null;
      result.port = 0;
    }
    result.host = bounded(result.host);
    result.namespace = bounded(result.namespace);
    return result;
  }

  /** Whether the URL's driver hands on to another one. */
  public static boolean wraps(String jdbcUrl) {
    String url = jdbcUrl.trim();
    int begin = url.regionMatches(true, 0, "jdbc:", 0, 5) ? 5 : 0;
    for (String wrapper : WRAPPERS) {
      if (url.regionMatches(true, begin, wrapper, 0, wrapper.length())) return true;
    }
    return false;
  }

  public SqlDialect dialect() {
    return dialect;
  }

  /** Semantic conventions' {@code db.system.name}. */
  public String system() {
    return system;
  }

  public @Nullable String host() {
    return host;
  }

  /** The system's default where the URL has none; 0 where there is no server, or none is known. */
  public int port() {
    return port;
  }

  /** Semantic conventions' {@code db.namespace}: the database, after its instance if it has one. */
  public @Nullable String namespace() {
    return namespace;
  }

  private static DatasourceUrl read(String protocol, String rest, Properties info) {
    switch (protocol) {
      case "postgresql":
      case "pgsql":
      case "edb":
        return of(SqlDialect.POSTGRESQL).postgresql(rest, 5432, info);
      case "redshift":
        return new DatasourceUrl(SqlDialect.POSTGRESQL, "aws.redshift")
            .postgresql(rest, 5439, info);
      case "yugabytedb":
        return of(SqlDialect.POSTGRESQL).postgresql(rest, 5433, info);
      case "mysql":
      case "mysql+srv":
        return of(SqlDialect.MYSQL).server(rest, 3306, "localhost");
      case "mariadb":
        return of(SqlDialect.MARIADB).server(rest, 3306, "localhost");
      case "h2":
        return of(SqlDialect.H2).embedded(rest, 9092);
      case "hsqldb":
        return of(SqlDialect.HSQLDB).embedded(rest, 9001);
      case "derby":
        return of(SqlDialect.DERBY).embedded(rest, 1527);
      case "sqlite":
        return of(SqlDialect.SQLITE).embedded(rest, 0);
      case "oracle":
        return of(SqlDialect.ORACLE).oracle(rest);
      case "sqlserver":
      case "microsoft":
        return of(SqlDialect.SQLSERVER).sqlServer(rest, info);
      case "jtds":
        return rest.startsWith("sybase")
            ? of(SqlDialect.OTHER).server(rest, 7100, null)
            : of(SqlDialect.SQLSERVER).sqlServer(rest, info);
      case "db2":
      case "db2j":
        return of(SqlDialect.DB2).server(rest, 50000, null);
      case "as400":
        return of(SqlDialect.DB2).server(rest, 0, null);
      case "clickhouse":
      case "ch":
        return new DatasourceUrl(SqlDialect.OTHER, "clickhouse").server(rest, 8123, null);
      case "firebird":
      case "firebirdsql":
        return new DatasourceUrl(SqlDialect.OTHER, "firebirdsql").server(rest, 3050, null);
      case "hive2":
        return new DatasourceUrl(SqlDialect.OTHER, "hive").server(rest, 10000, null);
      case "informix-sqli":
        return new DatasourceUrl(SqlDialect.OTHER, "ibm.informix").server(rest, 0, null);
      case "sap":
        return new DatasourceUrl(SqlDialect.OTHER, "sap.hana").server(rest, 0, null);
      case "teradata":
      case "trino":
        return new DatasourceUrl(SqlDialect.OTHER, protocol).server(rest, 0, null);
      default:
        return of(SqlDialect.OTHER).server(rest, 0, null);
    }
  }

  private static DatasourceUrl of(SqlDialect dialect) {
    return new DatasourceUrl(dialect, dialect.systemName());
  }

  /** {@code jdbc:tc:postgresql:16:///db} hands on {@code postgresql:///db}. */
  private static String unwrapped(String url) {
    String inner = url;
    boolean container = false;
    boolean again = true;
    while (again) {
      again = false;
      for (String wrapper : WRAPPERS) {
        if (!inner.regionMatches(true, 0, wrapper, 0, wrapper.length())) continue;
        inner = inner.substring(wrapper.length());
        container |= wrapper.equals("tc:");
        again = true;
      }
    }
    int slashes = inner.indexOf("://");
    int colon = inner.indexOf(':');
    if (container && colon >= 0 && colon < slashes) {
      inner = inner.substring(0, colon) + inner.substring(slashes);
    }
    return inner;
  }

  // ---- One method per way of writing -----------------------------------------------------------

  private DatasourceUrl postgresql(String rest, int defaultPort, Properties info) {
    server(rest, defaultPort, "localhost");
    if (rest.indexOf("//") < 0) namespace = name(rest.startsWith("/") ? rest.substring(1) : rest);
    if (namespace == null) namespace = info.getProperty("PGDBNAME");
    String schema = property(rest, "currentSchema", "?&");
    if (schema == null) schema = info.getProperty("currentSchema");
    if (schema != null && namespace != null) {
      int comma = schema.indexOf(',');
      namespace = namespace + '|' + (comma < 0 ? schema : schema.substring(0, comma));
    }
    return this;
  }

  /** {@code //user:password@host:port,host2/name?..}, and without {@code //} a local name. */
  private DatasourceUrl server(String rest, int defaultPort, @Nullable String defaultHost) {
    int slashes = rest.indexOf("//");
    port = defaultPort;
    if (slashes < 0) {
      host = defaultHost;
      if (defaultHost == null) {
        port = 0;
        namespace = name(rest);
      }
      return this;
    }
    int options = first(rest, "?;", slashes);
    String place = rest.substring(slashes + 2, options);
    place = place.substring(place.lastIndexOf('@') + 1);
    int slash = endOfHosts(place);
    hosts(place.substring(0, slash), defaultPort);
    if (host != null && host.isEmpty()) host = defaultHost;
    if (host == null && defaultHost == null) port = 0;
    if (slash < place.length()) namespace = name(place.substring(slash + 1));
    return this;
  }

  /** MySQL's long form may have slashes within its parentheses. */
  private static int endOfHosts(String place) {
    int depth = 0;
    for (int i = 0; i < place.length(); i++) {
      char c = place.charAt(i);
      if (c == '(') depth++;
      else if (c == ')') depth--;
      else if (c == '/' && depth <= 0) return i;
    }
    return place.length();
  }

  /** The first of {@code host:port,host2:port2}, {@code [::1]:port} or {@code (host=h)(port=p)}. */
  private void hosts(String hosts, int defaultPort) {
    if (hosts.indexOf('(') >= 0) {
      String named = property(hosts, "host", "(,");
      host = named == null ? "" : named;
      port = number(property(hosts, "port", "(,"), defaultPort);
      return;
    }
    String one = hosts.substring(0, first(hosts, ",", 0));
    int bracket = one.startsWith("[") ? one.indexOf(']') : -1;
    int colon = bracket < 0 ? one.indexOf(':') : one.indexOf(':', bracket);
    host = bracket > 0 ? one.substring(1, bracket) : colon < 0 ? one : one.substring(0, colon);
    port = defaultPort;
    if (colon < 0 || colon + 1 == one.length()) return;
    port = number(one.substring(colon + 1), -1);
    if (port < 0) { // what follows is no port, so what comes before may be a user
      host = null;
      port = 0;
    }
  }

  /** {@code mem:name;..}, {@code file:path/name;..}, or {@code tcp://host:port/path/name;..}. */
  private DatasourceUrl embedded(String rest, int defaultPort) {
    String place = rest.substring(0, first(rest, "?;", 0));
    int slashes = defaultPort == 0 ? -1 : place.indexOf("//");
    boolean remote = slashes == 0 || slashes > 0 && place.charAt(slashes - 1) == ':';
    if (remote && !place.startsWith("file:")) server(place, defaultPort, null);
    int end = place.length();
    while (end > 0 && "/\\:".indexOf(place.charAt(end - 1)) >= 0) end--;
    int start = end;
    while (start > 0 && "/\\:!".indexOf(place.charAt(start - 1)) < 0) start--;
    boolean nameless = place.endsWith(":") && !place.equals(":memory:");
    boolean named = !nameless && !(remote && start <= place.indexOf("//") + 2);
    namespace = named && end > start ? place.substring(start, end) : null;
    return this;
  }

  private DatasourceUrl oracle(String rest) {
    String place = rest.substring(rest.lastIndexOf('@') + 1);
    if (rest.indexOf('@') < 0) return this;
    port = 1521;
    if (place.indexOf('(') >= 0) {
      host = property(place, "host", "(");
      port = number(property(place, "port", "("), 1521);
      String service = property(place, "service_name", "(");
      namespace = service != null ? service : property(place, "sid", "(");
      return this;
    }
    place = place.substring(0, first(place, "?;", 0));
    int slashes = place.indexOf("//");
    boolean url = slashes >= 0;
    if (url) place = place.substring(slashes + 2);
    int slash = place.indexOf('/');
    int colon = place.startsWith("[") ? place.indexOf(':', place.indexOf(']')) : place.indexOf(':');
    int sid = colon < 0 ? -1 : place.indexOf(':', colon + 1);
    if (slash >= 0) {
      hosts(place.substring(0, slash), 1521);
      String service = name(place.substring(slash + 1));
      int instance = service == null ? -1 : service.indexOf('/');
      namespace = service == null || instance < 0 ? service : service.substring(0, instance);
    } else if (sid >= 0) {
      hosts(place.substring(0, sid), 1521);
      namespace = name(place.substring(sid + 1));
    } else if (colon >= 0 || url) {
      hosts(place, 1521);
    } else { // a name of tnsnames.ora
      namespace = name(place);
      port = 0;
    }
    return this;
  }

  private DatasourceUrl sqlServer(String rest, Properties info) {
    int slashes = Math.max(0, rest.indexOf("//"));
    String options = rest.substring(first(rest, ";", slashes));
    String place = rest.substring(rest.startsWith("//", slashes) ? slashes + 2 : slashes);
    place = place.substring(0, first(place, ";", 0));
    place = place.substring(place.lastIndexOf('@') + 1);
    String path = place.substring(first(place, "/", 0));
    place = place.substring(0, place.length() - path.length());
    String instance = option(options, info, "instanceName", "instance");
    int backslash = place.indexOf('\\');
    if (backslash >= 0) {
      int colon = first(place, ":", backslash);
      instance = place.substring(backslash + 1, colon);
      place = place.substring(0, backslash) + place.substring(colon);
    }
    hosts(place, instance == null ? 1433 : 0);
    if (host != null && host.isEmpty()) host = option(options, info, "serverName", "server");
    port = number(option(options, info, "portNumber", "port"), port);
    String database = option(options, info, "databaseName", "database");
    if (database == null && path.length() > 1) database = name(path.substring(1));
    namespace =
        instance == null ? database : database == null ? instance : instance + '|' + database;
    return this;
  }

  // ---- Parts -----------------------------------------------------------------------------------

  private static @Nullable String option(
      String options, Properties info, String name, String otherName) {
    String value = property(options, name, ";");
    if (value == null) value = property(options, otherName, ";");
    if (value == null) value = info.getProperty(name);
    return value != null ? value : info.getProperty(otherName);
  }

  /** The value of {@code name=value} after one of the marks, in any case; null where it is not. */
  private static @Nullable String property(String text, String name, String marks) {
    for (int i = 0; i < text.length(); i++) {
      if (marks.indexOf(text.charAt(i)) < 0) continue;
      int at = blank(text, i + 1);
      if (!text.regionMatches(true, at, name, 0, name.length())) continue;
      at = blank(text, at + name.length());
      if (at >= text.length() || text.charAt(at) != '=') continue;
      int start = blank(text, at + 1);
      boolean braces = start < text.length() && text.charAt(start) == '{';
      int end = braces ? first(text, "}", ++start) : first(text, ";,&)", start);
      String value = text.substring(start, end).trim();
      return value.isEmpty() ? null : value;
    }
    return null;
  }

  private static int blank(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) <= ' ') i++;
    return i;
  }

  /** Up to where options begin, or an Oracle server mode, or DB2's properties. */
  private static @Nullable String name(String text) {
    String name = text.substring(0, first(text, "?;:&#,( ", 0));
    return name.isEmpty() || name.indexOf('@') >= 0 ? null : name;
  }

  private static int first(String text, String marks, int from) {
    for (int i = from; i < text.length(); i++) if (marks.indexOf(text.charAt(i)) >= 0) return i;
    return text.length();
  }

  private static int number(@Nullable String digits, int otherwise) {
    if (digits == null || digits.isEmpty() || digits.length() > 5) return otherwise;
    int number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(i), 10);
      if (digit < 0) return otherwise;
      number = 10 * number + digit;
    }
    return number > 65535 ? otherwise : number;
  }

  private static boolean hostname(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (!Character.isLetterOrDigit(c) && ".-_:%".indexOf(c) < 0) return false;
    }
    return true;
  }

  private static @Nullable String bounded(@Nullable String text) {
    if (text == null || text.isEmpty()) return null;
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
